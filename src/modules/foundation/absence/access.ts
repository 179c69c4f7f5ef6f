import { type Actor, holds, type StaffActor } from '../../../core/access/actor.ts';
import { dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { AbsenceContext } from './context.ts';

export const MANAGE = 'absence.manage';

/** A member of staff; nobody else is absent here. */
export function staffOnly(actor: Actor): StaffActor {
  if (actor.kind !== 'staff') throw new AppError('access/forbidden');
  return actor;
}

export type Person = {
  readonly staffId: string;
  readonly name: string;
  readonly title: string;
  readonly unitIds: readonly string[];
};

/**
 * Somebody in office whose absence the actor may record: oneself, or a person with a position in a unit answered for.
 * @throws AppError row/missing for everybody else.
 */
export async function getPerson(ctx: AbsenceContext, actor: StaffActor, staffId: string, at: Date): Promise<Person> {
  const found = (await ctx.organisation.servingOn([staffId], dayOf(at))).get(staffId);
  if (!found || !mayRecord(actor, found)) throw new AppError('row/missing');
  return found;
}

export const mayRecord = (
  actor: StaffActor,
  person: { readonly staffId: string; readonly unitIds: readonly string[] },
): boolean => actor.staffId === person.staffId || person.unitIds.some((unitId) => holds(actor, MANAGE, unitId));

/**
 * Units the actor may hand over of a person's: `null` all of them. Who answers for one of several units hands over no
 * rights that lie in the others: nobody gives what he does not have.
 */
export function lendableUnits(
  actor: StaffActor,
  person: Person,
  rights: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] | null {
  if (actor.staffId === person.staffId) return null;
  const all = new Set([...person.unitIds, ...[...rights.values()].flatMap((units) => [...units])]);
  const own = [...all].filter((unitId) => holds(actor, MANAGE, unitId));
  return own.length === all.size ? null : person.unitIds.filter((unitId) => own.includes(unitId));
}
