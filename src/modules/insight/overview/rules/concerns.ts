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

export const STANDING_MEASURES = ['percent', 'count', 'points', 'band'] as const;
export const STANDING_RELATIONS = ['at-least', 'above', 'at-most', 'below', 'not-below', 'not-above', 'band'] as const;

/** How a target stands, in the words of its own page; `forecast`: what the end of the period will show. */
export type Standing = {
  readonly measure: (typeof STANDING_MEASURES)[number];
  readonly decimals: number;
  readonly value: number | null;
  readonly band: string | null;
  readonly bound: 'above' | 'below' | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly goal: {
    readonly relation: (typeof STANDING_RELATIONS)[number];
    readonly value: number | null;
    readonly band: string | null;
    readonly reference: string | null;
  };
  readonly forecast: { readonly value: number; readonly met: boolean; readonly outOfReach: boolean } | null;
};

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
  /** Last day on which it can still be put right; left out where there is none or it is broken already. */
  readonly by?: Day;
  /** Of a target: what was reached, what has to be, and where it will end. */
  readonly standing?: Standing;
  /** How many more things of the kind the line stands for beside those named in `subject`. */
  readonly more?: number;
  /** Set where one line stands for what is not named: at how many units. */
  readonly otherUnits?: number;
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
      // The line for the others closes its kind.
      (a.otherUnits ?? 0) - (b.otherUnits ?? 0) ||
      compareDays(a.since, b.since) ||
      b.count - a.count ||
      (a.unitName < b.unitName ? -1 : 1),
  );
}

/** Units of one kind at most; what is beyond becomes one line. */
const MOST_UNITS = 4;
/** Single things (reports, targets …) of one kind and light at most; what is beyond becomes one line. */
const MOST_THINGS = 10;

/**
 * Folds what nobody reads line by line, so that no kind crowds out another: of each kind the units with most stay, and the
 * single things that come first; the others become one line with their sum and oldest day. No count is lost.
 */
export function foldConcerns(concerns: readonly Concern[]): Concern[] {
  return CONCERN_KINDS.flatMap((kind): Concern[] => {
    const all = concerns.filter((one) => one.kind === kind);
    const units = all
      .filter((one) => one.refId === null)
      .sort((a, b) => b.count - a.count || compareDays(a.since, b.since) || (a.unitName < b.unitName ? -1 : 1));
    const things = (['red', 'amber'] as const).flatMap((light) => {
      const ranked = rankConcerns(all.filter((one) => one.refId !== null && one.light === light));
      return foldAfter(ranked, MOST_THINGS);
    });
    return [...things, ...foldAfter(units, MOST_UNITS)];
  });
}

/** Makes one line of all after the first `most`; one line more is shown as it is. */
function foldAfter(lines: readonly Concern[], most: number): readonly Concern[] {
  const [first, ...rest] = lines.length > most + 1 ? lines.slice(most) : [];
  if (!first) return lines;
  const { kind, light } = first;
  const folded = [first, ...rest];
  const others: Concern = {
    kind,
    light,
    count: folded.reduce((sum, one) => sum + one.count, 0),
    since: folded.map((one) => one.since).sort(compareDays)[0] ?? null,
    unitId: null,
    unitName: '',
    who: null,
    subject: null,
    refId: null,
    otherUnits: new Set(folded.map((one) => one.unitId)).size,
  };
  return [...lines.slice(0, most), others];
}

function compareDays(a: Day | null, b: Day | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
