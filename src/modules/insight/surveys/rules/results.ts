import { Decimal, rounded } from '../../../../core/scoring/decimal.ts';
import type { Answers } from './answers.ts';
import { type Estimate, estimate, type Observation } from './estimate.ts';
import { hideGrid } from './hide.ts';
import { choicesOf, isScored, type Question, type Questionnaire } from './questionnaire.ts';
import { weightCells } from './weights.ts';

/** An answer as it is kept: its stratum and its content, nothing else. */
export type StoredAnswer = { readonly stratum: number; readonly answers: Answers };
export type ResultStratum = {
  readonly no: number;
  readonly unitId: string;
  readonly groupId: string;
  readonly frame: number;
};

/** An estimate of a place, or null: no data, or too few to be shown (`hidden`). `n` is null where hidden. */
export type Shown = { readonly n: number | null; readonly hidden: boolean; readonly result: Estimate | null };
export type Choice = { readonly id: string; readonly text: string; readonly n: number };
/** A unit above some of those asked, and all that are asked below it, itself with them where it is asked. */
export type Whole = { readonly unitId: string; readonly unitIds: readonly string[] };
type OfGroup = Shown & { readonly groupId: string; readonly frame: number };
/** `pooled`: how many authorities; `groups`: the same of each group of fields they decide in. */
type Together = Shown & {
  readonly unitId: string;
  readonly pooled: number;
  readonly frame: number;
  readonly groups: readonly OfGroup[];
};
export type Results = {
  readonly minimum: number;
  readonly weighted: boolean;
  /** Finished dossiers of the period in all strata. */
  readonly frame: number;
  readonly overall: Shown;
  readonly factors: readonly (Shown & { readonly id: string; readonly name: string })[];
  readonly criteria: readonly (Shown & {
    readonly id: string;
    readonly text: string;
    readonly factorId: string;
    /** Mean place on the scale, two decimals; null where the question has no scale or is not shown. */
    readonly mean: number | null;
    readonly spread: readonly Choice[] | null;
  })[];
  readonly units: readonly (Shown & { readonly unitId: string; readonly frame: number })[];
  /** What each of the wholes asked for found together. */
  readonly together: readonly Together[];
  readonly groups: readonly OfGroup[];
  /** Unit × group. */
  readonly cells: readonly (Shown & { readonly unitId: string; readonly groupId: string })[];
  /** Questions outside the index: how often each answer was chosen. */
  readonly others: readonly { readonly id: string; readonly text: string; readonly spread: readonly Choice[] | null }[];
};

type Observed = ReadonlyMap<number, readonly Observation[]>;

const NOTHING: Shown = { n: 0, hidden: false, result: null };
const HIDDEN: Shown = { n: null, hidden: true, result: null };

/**
 * All results of a survey from its answers. Pure: the same answers in whatever order give the same results.
 * @param minimum respondents below which a place shows nothing; see `hideGrid` for what is hidden with it
 * @param wholes units of which is told what those below them found together, in all and in each group of fields: hidden where
 * one of these is, for beside the others the sum would tell of those few
 */
export function resultsOf(
  questionnaire: Questionnaire,
  strata: readonly ResultStratum[],
  answers: readonly StoredAnswer[],
  { minimum, weighted }: { readonly minimum: number; readonly weighted: boolean },
  wholes: readonly Whole[] = [],
): Results {
  const byNo = new Map(strata.map((stratum) => [stratum.no, stratum]));
  const known = answers.filter((answer) => byNo.has(answer.stratum));
  const sizes = countBy(known, (answer) => answer.stratum);
  const sized = strata.map((stratum) => ({ ...stratum, size: sizes.get(stratum.no) ?? 0 }));
  const scored = questionnaire.questions.filter(isScored);
  const observeAll = (questions: readonly Question[]): Observed =>
    Map.groupBy(
      known.map((answer) => observe(questionnaire, questions, answer)),
      (one) => one.stratum,
    );
  const all = observeAll(scored);

  const frameOf = (keep: (stratum: ResultStratum) => boolean): number =>
    strata.filter(keep).reduce((sum, stratum) => sum + stratum.frame, 0);

  function estimateOf(keep: (stratum: ResultStratum) => boolean, observed: Observed = all): Shown {
    const places = sized.filter(keep);
    const mine = places.flatMap(({ no }) => observed.get(no) ?? []);
    // Of each domain anew: what is said of a group depends on its own dossiers and answers alone.
    const cells = weighted ? weightCells(places, minimum) : null;
    const result = estimate(mine, frameOf(keep), cells);
    if (!result) return NOTHING;
    return result.n < minimum ? HIDDEN : { n: result.n, hidden: false, result };
  }

  const unitIds = [...new Set(strata.map((stratum) => stratum.unitId))].sort();
  const groupIds = [...new Set(strata.map((stratum) => stratum.groupId))].sort();
  const people = (unitId: string | undefined, groupId: string | undefined): number =>
    strata
      .filter(
        (at) => (unitId === undefined || at.unitId === unitId) && (groupId === undefined || at.groupId === groupId),
      )
      .reduce((sum, at) => sum + (all.get(at.no) ?? []).filter((one) => one.possible > 0).length, 0);
  const grid = [...unitIds, undefined].map((unitId) =>
    [...groupIds, undefined].map((groupId) => people(unitId, groupId)),
  );
  const hidden = hideGrid(grid, minimum);
  const place = (y: number, x: number, keep: (stratum: ResultStratum) => boolean): Shown =>
    hidden[y]?.[x] ? HIDDEN : estimateOf(keep);
  const overall = place(unitIds.length, groupIds.length, () => true);
  const shownAtAll = overall.result !== null;

  return {
    minimum,
    weighted,
    frame: frameOf(() => true),
    overall,
    factors: questionnaire.factors.map(({ id, name }) => {
      const mine = scored.filter((question) => question.kind !== 'text' && question.factor === id);
      const observed = observeAll(mine);
      return { id, name, ...(shownAtAll ? estimateOf(() => true, observed) : overall) };
    }),
    criteria: scored.map((question) => {
      const observed = observeAll([question]);
      const shown = shownAtAll ? estimateOf(() => true, observed) : overall;
      return {
        id: question.id,
        text: question.text,
        factorId: question.kind === 'text' ? '' : (question.factor ?? ''),
        ...shown,
        mean: shown.result && question.kind === 'scale' ? meanOf(known, question.id) : null,
        spread: shown.result ? spreadOf(questionnaire, question, known) : null,
      };
    }),
    units: unitIds.map((unitId, y) => {
      const keep = (stratum: ResultStratum): boolean => stratum.unitId === unitId;
      return { unitId, frame: frameOf(keep), ...place(y, groupIds.length, keep) };
    }),
    together: wholes.map((whole) => {
      const inside = new Set(whole.unitIds);
      const keep = (stratum: ResultStratum): boolean => inside.has(stratum.unitId);
      const isFew = (x: number): boolean => unitIds.some((unitId, y) => inside.has(unitId) && hidden[y]?.[x]);
      const { unitId, unitIds: below } = whole;
      return {
        unitId,
        pooled: below.length,
        frame: frameOf(keep),
        ...(isFew(groupIds.length) ? HIDDEN : estimateOf(keep)),
        groups: groupIds.flatMap((groupId, x) => {
          const keepGroup = (stratum: ResultStratum): boolean => keep(stratum) && stratum.groupId === groupId;
          if (!strata.some(keepGroup)) return [];
          return [{ groupId, frame: frameOf(keepGroup), ...(isFew(x) ? HIDDEN : estimateOf(keepGroup)) }];
        }),
      };
    }),
    groups: groupIds.map((groupId, x) => {
      const keep = (stratum: ResultStratum): boolean => stratum.groupId === groupId;
      return { groupId, frame: frameOf(keep), ...place(unitIds.length, x, keep) };
    }),
    cells: unitIds.flatMap((unitId, y) =>
      groupIds.flatMap((groupId, x) =>
        strata.some((stratum) => stratum.unitId === unitId && stratum.groupId === groupId)
          ? [
              {
                unitId,
                groupId,
                ...place(y, x, (stratum) => stratum.unitId === unitId && stratum.groupId === groupId),
              },
            ]
          : [],
      ),
    ),
    others: questionnaire.questions
      .filter((question) => question.kind !== 'text' && !isScored(question))
      .map((question) => ({
        id: question.id,
        text: question.text,
        spread:
          known.filter(({ answers: given }) => given[question.id] !== undefined).length < minimum
            ? null
            : spreadOf(questionnaire, question, known),
      })),
  };
}

/** Whole units so that everything stays exact: weights in hundredths, satisfaction in hundredths of a step of the scale. */
function observe(questionnaire: Questionnaire, questions: readonly Question[], answer: StoredAnswer): Observation {
  const steps = questionnaire.scale.length - 1;
  const most = 100 * steps;
  let gained = 0;
  let possible = 0;
  for (const question of questions) {
    const given = answer.answers[question.id];
    if (given === undefined || question.kind === 'text') continue;
    const weight = Math.round((question.weight ?? 1) * 100);
    possible += weight * most;
    gained += weight * gainOf(questionnaire, question, given, steps);
  }
  return { stratum: answer.stratum, gained, possible };
}

function gainOf(questionnaire: Questionnaire, question: Question, given: number | string, steps: number): number {
  switch (question.kind) {
    case 'scale': {
      const place = Number(given);
      if (questionnaire.index === 'mean') return (place - 1) * 100;
      return place >= questionnaire.satisfiedFrom ? 100 * steps : 0;
    }
    case 'choice':
      return (question.options.find((option) => option.id === given)?.value ?? 0) * steps;
    case 'yes-no':
      return given === question.good ? 100 * steps : 0;
    case 'text':
      return 0;
  }
}

function meanOf(answers: readonly StoredAnswer[], questionId: string): number {
  const places = answers.flatMap(({ answers: given }) => {
    const place = given[questionId];
    return typeof place === 'number' ? [place] : [];
  });
  return rounded(new Decimal(places.reduce((sum, place) => sum + place, 0)).div(Math.max(1, places.length)));
}

function spreadOf(questionnaire: Questionnaire, question: Question, answers: readonly StoredAnswer[]): Choice[] {
  const counts = countBy(answers, ({ answers: given }) => String(given[question.id] ?? ''));
  return choicesOf(questionnaire, question).map(({ id, text }) => ({ id, text, n: counts.get(id) ?? 0 }));
}

function countBy<T, K>(rows: readonly T[], keyOf: (row: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return counts;
}
