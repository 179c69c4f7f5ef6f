import type { ReportContext } from './context.ts';

/** Who stands behind the references of acts (`staff:<id>`, `system:<name>`), in words. */
export async function staffNames(ctx: ReportContext, refs: readonly string[]): Promise<(ref: string) => string> {
  const ids = refs.flatMap((ref) => (ref.startsWith('staff:') ? [ref.slice(6)] : []));
  const names = await ctx.ports.staffNames([...new Set(ids)]);
  return (ref) =>
    names.get(ref.slice(6))?.name ?? (ref.startsWith('system:exchange-') ? 'Hệ thống cấp trên' : 'Hệ thống');
}
