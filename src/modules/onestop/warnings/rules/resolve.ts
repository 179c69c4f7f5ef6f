import type { Day } from '../../../../core/time/index.ts';
import type { LadderDefinition } from './definition.ts';

/** A ladder with what it holds for. `definition` null: the scope goes back to the wider ladder. */
export type ScopedLadder = {
  readonly id: string;
  readonly name: string;
  readonly procedureCode: string | null;
  readonly unitId: string | null;
  /** First day in force, inclusive. */
  readonly validFrom: Day;
  readonly definition: LadderDefinition | null;
};

/**
 * The ladder of a dossier on a day: the narrowest scope wins — procedure and unit, procedure, nearest unit, everything
 * — and within a scope the one that came into force last.
 * @param unitPath the deciding unit and those above it, nearest first
 */
export function resolveLadder(
  ladders: readonly ScopedLadder[],
  procedureCode: string,
  unitPath: readonly string[],
  day: Day,
): (ScopedLadder & { readonly definition: LadderDefinition }) | undefined {
  const near = (unitId: string | null): number => (unitId === null ? unitPath.length : unitPath.indexOf(unitId));
  const fits = ladders
    .filter((one) => one.validFrom <= day && (one.procedureCode ?? procedureCode) === procedureCode)
    .filter((one) => near(one.unitId) >= 0)
    .sort((a, b) => rankOf(a, near) - rankOf(b, near) || (a.validFrom < b.validFrom ? 1 : -1));
  let scope: string | undefined;
  for (const one of fits) {
    const own = `${one.procedureCode}/${one.unitId}`;
    if (own === scope) continue;
    scope = own;
    if (one.definition !== null) return { ...one, definition: one.definition };
  }
  return undefined;
}

const PROCEDURE_FIRST = 1000;

function rankOf(one: ScopedLadder, near: (unitId: string | null) => number): number {
  if (one.procedureCode === null) return PROCEDURE_FIRST + near(one.unitId);
  return near(one.unitId);
}
