import type { Day } from '../../../core/time/index.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import type { ReportContext } from './context.ts';

/** What a unit was called on a day; after its end, its last name. */
export const unitName = (directory: UnitDirectory, unitId: string, day: Day): string =>
  (directory.unitOn(unitId, day) ?? directory.historyOf(unitId).at(-1))?.name ?? '';

/** Who stands behind the references of acts (`staff:<id>`, `system:<name>`), in words. */
export async function staffNames(ctx: ReportContext, refs: readonly string[]): Promise<(ref: string) => string> {
  const ids = refs.flatMap((ref) => (ref.startsWith('staff:') ? [ref.slice(6)] : []));
  const names = await ctx.ports.staffNames([...new Set(ids)]);
  return (ref) =>
    names.get(ref.slice(6))?.name ?? (ref.startsWith('system:exchange-') ? 'Hệ thống cấp trên' : 'Hệ thống');
}
