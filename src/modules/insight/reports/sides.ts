import { type Actor, holds, unitsFor } from '../../../core/access/actor.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import { isOpen, type Side } from './rules/acts.ts';
import type { Assignment, ReportScope } from './store.ts';

export const FILL = 'report.fill';
export const RECEIVE = 'report.receive';

/** Reports somebody has to do with: of units she fills in for, in whatever role, and those she receives. */
export const seenBy = (actor: Actor): ReportScope => ({
  fill: unitsFor(actor, FILL),
  receive: unitsFor(actor, RECEIVE),
});

/**
 * Units somebody fills reports in for. A role that reaches from a unit down to everything below it holds the right there,
 * too; but who receives what a unit sends is not who drafts it: that is only somebody with a post in the unit, or who stands
 * in for one. (The inspector of a province receives from its communes and fills in for the province.)
 */
export function unitsFilled(actor: Actor, directory: UnitDirectory): ReadonlySet<string> {
  if (actor.kind !== 'staff') return new Set();
  const posts = new Set(actor.unitIds.map((unitId) => authorityOf(directory, unitId)));
  const held = [actor.ownUnitsByPermission ?? actor.unitsByPermission, ...(actor.actingFor ?? []).map(rightsOf)];
  return new Set(
    held.flatMap((rights) => {
      const receives = rights.get(RECEIVE);
      const isReceived = (unitId: string): boolean => above(directory, unitId).some((id) => receives?.has(id));
      return [...(rights.get(FILL) ?? [])].filter((unitId) => posts.has(unitId) || !isReceived(unitId));
    }),
  );
}

const rightsOf = ({ unitsByPermission }: { readonly unitsByPermission: ReadonlyMap<string, ReadonlySet<string>> }) =>
  unitsByPermission;

/** On which sides of a report somebody stands. */
export function sidesOf(
  actor: Actor,
  { unitId, receiverUnitId }: Pick<Assignment, 'unitId' | 'receiverUnitId'>,
  directory: UnitDirectory,
): readonly Side[] {
  const sides: Side[] = [];
  if (unitsFilled(actor, directory).has(unitId)) sides.push('unit');
  if (holds(actor, RECEIVE, receiverUnitId ?? unitId)) sides.push('receiver');
  return sides;
}

/**
 * What of a report somebody may look at: 0, the draft, is its unit's own until it is sent; everybody else sees what was
 * sent last. Undefined: nothing was sent yet, so that only state and deadline are known.
 */
export function shownNo({
  row,
  sides,
}: {
  readonly row: Pick<Assignment, 'state' | 'lastNo'>;
  readonly sides: readonly Side[];
}): number | undefined {
  if (isOpen(row.state) && sides.includes('unit')) return 0;
  return row.lastNo > 0 ? row.lastNo : undefined;
}

/** @throws AppError report/draft where somebody else's draft is asked for and nothing was sent */
export function requireShown(opened: Parameters<typeof shownNo>[0]): number {
  const no = shownNo(opened);
  if (no === undefined) throw new AppError('report/draft');
  return no;
}

function parentOf(directory: UnitDirectory, unitId: string): string | null {
  return directory.historyOf(unitId).at(-1)?.parentId ?? null;
}

/** Units above one, as they last stood. */
function above(directory: UnitDirectory, unitId: string): readonly string[] {
  const found: string[] = [];
  for (let id = parentOf(directory, unitId); id !== null && !found.includes(id); id = parentOf(directory, id))
    found.push(id);
  return found;
}

/** The administrative unit an office belongs to; of an administrative unit itself. */
function authorityOf(directory: UnitDirectory, unitId: string): string {
  const isAuthority = (id: string): boolean => directory.historyOf(id).at(-1)?.type === 'administrative';
  return isAuthority(unitId) ? unitId : (above(directory, unitId).find(isAuthority) ?? unitId);
}
