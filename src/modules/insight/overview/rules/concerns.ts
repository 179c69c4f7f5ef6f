import type { Day } from '../../../../core/time/index.ts';

/** What a leader is told about, the gravest first. */
export const CONCERN_KINDS = [
  'apology-owed',
  'late',
  'action-late',
  'report-late',
  'finding-late',
  'target-behind',
  'register-late',
  'at-risk',
] as const;
export type ConcernKind = (typeof CONCERN_KINDS)[number];

/** One thing that is wrong: what, how many, since when, with whom, and what it is called. */
export type Concern = {
  readonly kind: ConcernKind;
  /** `red`: broken already; `amber`: will break if nothing is done. */
  readonly light: 'red' | 'amber';
  readonly count: number;
  /** Day on which the oldest of it went wrong; null where there is none to name. */
  readonly since: Day | null;
  readonly unitId: string | null;
  readonly unitName: string;
  /** Person or office that has to act; null: the unit. */
  readonly who: string | null;
  /** Name of the target, report, action or finding, or the step where dossiers stand. */
  readonly subject: string | null;
  /** What it is about, for a link: id of the target, report, finding or action. */
  readonly refId: string | null;
};

/**
 * The order in which a leader with five minutes reads: what is broken before what may break, then by gravity of its
 * kind (people's dossiers before papers), then the older (a thing without a day after those with one), then the more.
 * @example late dossiers since 10/8 before a report late since 3/8, both before any amber one.
 */
export function rankConcerns(concerns: readonly Concern[]): Concern[] {
  const rank = { red: 0, amber: 1 } as const;
  return [...concerns].sort(
    (a, b) =>
      rank[a.light] - rank[b.light] ||
      CONCERN_KINDS.indexOf(a.kind) - CONCERN_KINDS.indexOf(b.kind) ||
      compareDays(a.since, b.since) ||
      b.count - a.count ||
      (a.unitName < b.unitName ? -1 : 1),
  );
}

function compareDays(a: Day | null, b: Day | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
