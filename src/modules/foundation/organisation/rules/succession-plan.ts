import { addDays, type Day } from '../../../../core/time/index.ts';
import type { SuccessionKind, UnitVersion } from './unit.ts';
import type { UnitDirectory } from './unit-directory.ts';

/** What somebody wants to record. `date` is the first day of the new state. */
export type SuccessionDraft = {
  readonly date: Day;
  readonly kind: SuccessionKind;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** End the former units with their offices on the day before; else they must have been ended already. */
  readonly endFrom: boolean;
  /** Only with `rename`: the unit goes on under this name. */
  readonly newName?: string | undefined;
};

export type SuccessionProblem =
  | 'from-missing'
  | 'to-missing'
  | 'still-open'
  | 'units-below'
  | 'one-to-one'
  | 'needs-two'
  | 'needs-one'
  | 'name-missing'
  | 'already-then';

export type SuccessionPlan = {
  readonly problems: readonly { readonly code: SuccessionProblem; readonly name: string }[];
  /** Units that end on the day before, as they are then: the former ones and the offices below them. */
  readonly ending: readonly UnitVersion[];
  /** Who takes over from an ending unit: for an office the one of the same kind; none where people must decide. */
  readonly heirs: ReadonlyMap<string, UnitVersion | undefined>;
};

/**
 * What recording would do, without doing it. Open dossiers of an ending unit go to its heir; where several units follow
 * (a split, a district that became communes) there is none and the dossiers are for people to move.
 */
export function planSuccession(units: UnitDirectory, draft: SuccessionDraft): SuccessionPlan {
  const last = addDays(draft.date, -1);
  const problems: { code: SuccessionProblem; name: string }[] = [];
  const nameOf = (id: string): string => units.historyOf(id).at(-1)?.name ?? id;
  const tell = (code: SuccessionProblem, id = ''): void => {
    problems.push({ code, name: id === '' ? '' : nameOf(id) });
  };
  for (const id of draft.from) if (!units.unitOn(id, last)) tell('from-missing', id);
  for (const id of draft.to) if (!units.unitOn(id, draft.date)) tell('to-missing', id);
  checkShape(draft, tell);
  if (draft.kind === 'rename') {
    const [id] = draft.from;
    if (id !== undefined && units.historyOf(id).some((v) => v.validFrom === draft.date)) tell('already-then', id);
    return { problems, ending: [], heirs: new Map() };
  }
  const goesOn = (id: string): boolean => draft.to.includes(id) || !units.unitOn(id, draft.date);
  const leaving = draft.from.filter((id) => !goesOn(id));
  if (!draft.endFrom) {
    if (draft.kind !== 'split') for (const id of leaving) tell('still-open', id);
    return { problems, ending: [], heirs: new Map() };
  }
  const ending = leaving.flatMap((id) => withOffices(units, id, draft.date));
  const gone = new Set(ending.map((unit) => unit.unitId));
  for (const unit of ending) {
    const below = units.childrenOn(unit.unitId, draft.date).find((child) => !gone.has(child.unitId));
    if (below) tell('units-below', below.unitId);
  }
  const [only, ...others] = draft.to.flatMap((id) => units.unitOn(id, draft.date) ?? []);
  const heir = (unit: UnitVersion): UnitVersion | undefined => {
    if (!only || others.length > 0) return undefined;
    return leaving.includes(unit.unitId) ? only : (units.officeOn(only.unitId, unit.kind, draft.date) ?? only);
  };
  return { problems, ending, heirs: new Map(ending.map((unit) => [unit.unitId, heir(unit)])) };
}

function checkShape(draft: SuccessionDraft, tell: (code: SuccessionProblem) => void): void {
  const { kind, from, to } = draft;
  if (kind === 'rename') {
    if (from.length !== 1 || to.some((id) => id !== from[0])) tell('one-to-one');
    if (!draft.newName?.trim()) tell('name-missing');
  }
  if (kind === 'split' && (from.length !== 1 || to.length < 2)) tell('needs-two');
  if (kind === 'merge' && to.length !== 1) tell('needs-one');
}

/** The unit and everything below it but administrative units: those do not end with it. */
function withOffices(units: UnitDirectory, unitId: string, day: Day): UnitVersion[] {
  const unit = units.unitOn(unitId, day);
  if (!unit) return [];
  const offices = units.childrenOn(unitId, day).filter((child) => child.type !== 'administrative');
  return [unit, ...offices.flatMap((office) => withOffices(units, office.unitId, day))];
}
