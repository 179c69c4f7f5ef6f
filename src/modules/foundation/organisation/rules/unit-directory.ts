import type { Day } from '../../../../core/time/index.ts';
import { covers } from './period.ts';
import type { CodeScheme, Succession, UnitCode, UnitLevel, UnitType, UnitVersion } from './unit.ts';

/** Which units a role reaches from where it is granted: the unit alone; with its offices; or everything below. */
export type Reach = 'unit' | 'authority' | 'subtree';

/**
 * All units with their history, in memory (14,000 units are about 10 MB): every question is answered for a day, without
 * the database. Unknown ids give undefined or an empty list.
 */
export type UnitDirectory = {
  /** The unit as it was on the day; undefined before it began and after it ended. */
  unitOn(unitId: string, day: Day): UnitVersion | undefined;
  /** Every version of the unit, oldest first. */
  historyOf(unitId: string): readonly UnitVersion[];
  byCode(scheme: CodeScheme, code: string, day: Day): UnitVersion | undefined;
  /** Every period in which somebody held the code. */
  holdersOf(scheme: CodeScheme, code: string): readonly UnitCode[];
  codeOn(unitId: string, scheme: CodeScheme, day: Day): string | undefined;
  codesOf(unitId: string): readonly UnitCode[];
  /** Direct children on the day, by name. */
  childrenOn(unitId: string | null, day: Day): readonly UnitVersion[];
  /** The unit and its ancestors on the day, nearest first. */
  pathOn(unitId: string, day: Day): readonly UnitVersion[];
  /** Nearest administrative unit: itself or an ancestor. The people's committee a desk or an office belongs to. */
  authorityOn(unitId: string, day: Day): UnitVersion | undefined;
  /** The office of a kind (`tu-phap`, `mot-cua` …) under an administrative unit: the office of that kind, else one that serves it. */
  officeOn(authorityId: string, kind: string, day: Day): UnitVersion | undefined;
  /** Ids reached from a unit, itself included; empty where it is closed on the day. */
  reachOn(unitId: string, reach: Reach, day: Day): readonly string[];
  levelOn(level: UnitLevel, day: Day): readonly UnitVersion[];
  /** Ids of all units that are or once were of a type. */
  everOfType(type: UnitType): readonly string[];
  /** Ids of all units whose last day was before the day. */
  endedBefore(day: Day): readonly string[];
  /** Changes by which a unit went into others, and those by which it came of others; in the order of `successions`. */
  changesFrom(unitId: string): readonly Succession[];
  changesTo(unitId: string): readonly Succession[];
  readonly successions: readonly Succession[];
  readonly unitCount: number;
};

/** The unit as it was on the day, else as it was last: who bears a figure of the past may have ended since. */
export const lastVersionOn = (directory: UnitDirectory, unitId: string, day: Day): UnitVersion | undefined =>
  directory.unitOn(unitId, day) ?? directory.historyOf(unitId).at(-1);

/** What a unit was called on the day; where it was not there then, its last name; empty for an unknown id. */
export const unitNameOn = (directory: UnitDirectory, unitId: string, day: Day): string =>
  lastVersionOn(directory, unitId, day)?.name ?? '';

const byName = new Intl.Collator('vi');
const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

/** Builds the directory; the input is kept, not copied. */
export function buildUnitDirectory(
  versions: readonly UnitVersion[],
  codes: readonly UnitCode[],
  successions: readonly Succession[],
): UnitDirectory {
  const ofUnit = new Map<string, UnitVersion[]>();
  const ofParent = new Map<string | null, UnitVersion[]>();
  const ofCode = new Map<string, UnitCode[]>();
  const codesOfUnit = new Map<string, UnitCode[]>();
  const fromUnit = new Map<string, Succession[]>();
  const toUnit = new Map<string, Succession[]>();
  for (const version of versions) {
    push(ofUnit, version.unitId, version);
    push(ofParent, version.parentId, version);
  }
  for (const code of codes) {
    push(ofCode, `${code.scheme} ${code.code}`, code);
    push(codesOfUnit, code.unitId, code);
  }
  for (const change of successions) {
    for (const id of new Set(change.from)) push(fromUnit, id, change);
    for (const id of new Set(change.to)) push(toUnit, id, change);
  }
  for (const list of ofUnit.values()) list.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  for (const list of ofParent.values()) list.sort((a, b) => byName.compare(a.name, b.name));

  const unitOn = (unitId: string, day: Day): UnitVersion | undefined => ofUnit.get(unitId)?.find((v) => covers(v, day));
  const childrenOn = (unitId: string | null, day: Day): readonly UnitVersion[] =>
    (ofParent.get(unitId) ?? []).filter((v) => covers(v, day));
  const pathOn = (unitId: string, day: Day): readonly UnitVersion[] => {
    const path: UnitVersion[] = [];
    for (let at = unitOn(unitId, day); at && !path.includes(at); ) {
      path.push(at);
      at = at.parentId === null ? undefined : unitOn(at.parentId, day);
    }
    return path;
  };
  const reachOn = (unitId: string, reach: Reach, day: Day): readonly string[] => {
    if (!unitOn(unitId, day)) return [];
    const reached = new Set([unitId]);
    if (reach === 'unit') return [unitId];
    // A Set grows while it is walked, so this is a breadth-first search.
    for (const id of reached) {
      for (const child of childrenOn(id, day)) {
        if (reach === 'subtree' || child.type !== 'administrative') reached.add(child.unitId);
      }
    }
    return [...reached];
  };

  return {
    unitOn,
    childrenOn,
    pathOn,
    reachOn,
    historyOf: (unitId) => ofUnit.get(unitId) ?? [],
    byCode: (scheme, code, day) => {
      const found = ofCode.get(`${scheme} ${code}`)?.find((c) => covers(c, day));
      return found && unitOn(found.unitId, day);
    },
    holdersOf: (scheme, code) => ofCode.get(`${scheme} ${code}`) ?? [],
    codeOn: (unitId, scheme, day) => codesOfUnit.get(unitId)?.find((c) => c.scheme === scheme && covers(c, day))?.code,
    codesOf: (unitId) => codesOfUnit.get(unitId) ?? [],
    authorityOn: (unitId, day) => pathOn(unitId, day).find((v) => v.type === 'administrative'),
    officeOn: (authorityId, kind, day) => {
      const offices = reachOn(authorityId, 'authority', day).flatMap((id) => unitOn(id, day) ?? []);
      const own = offices.filter((v) => v.type !== 'administrative');
      return own.find((v) => v.kind === kind) ?? own.find((v) => v.serves.includes(kind));
    },
    levelOn: (level, day) =>
      versions
        .filter((v) => v.level === level && v.type === 'administrative' && covers(v, day))
        .sort((a, b) => byName.compare(a.name, b.name)),
    everOfType: (type) => [...ofUnit].filter(([, of]) => of.some((v) => v.type === type)).map(([unitId]) => unitId),
    endedBefore: (day) =>
      [...ofUnit].flatMap(([unitId, of]) => {
        const last = of.at(-1)?.validTo;
        return last && last < day ? [unitId] : [];
      }),
    changesFrom: (unitId) => fromUnit.get(unitId) ?? [],
    changesTo: (unitId) => toUnit.get(unitId) ?? [],
    successions,
    unitCount: ofUnit.size,
  };
}
