import { sql } from 'kysely';
import type { Questionnaire } from '../../modules/insight/surveys/rules/questionnaire.ts';
import type { Db } from '../../platform/db/open.ts';

/** A survey as the table keeps it, without having been asked of anybody. */
export type SurveyRow = {
  readonly id: string;
  /** Eight characters; unique. */
  readonly code: string;
  readonly name: string;
  /** Who holds it. */
  readonly unitId: string;
  readonly unitIds: readonly string[];
  readonly finishedFrom: string;
  readonly finishedTo: string;
  readonly openFrom: string;
  readonly openTo: string;
  readonly weighted?: boolean;
  /** Absent: one that gives an index and asks nothing. */
  readonly form?: Questionnaire;
  /** Absent: it is being answered. */
  readonly closed?: { readonly on: string; readonly results: SurveyRowResults };
};
/** What readers by the door look at of frozen results. */
export type SurveyRowResults = {
  readonly overall?: unknown;
  readonly units?: readonly unknown[];
  readonly groups?: readonly unknown[];
  readonly cells?: readonly unknown[];
  readonly together?: readonly unknown[];
};

/** A figure of so many answers; the interval is a point either side. */
export const surveyFigure = (percent: number, n = 40) => ({ n, percent, low: percent - 1, high: percent + 1 });

/** Puts in a survey with a questionnaire that gives an index. */
export async function insertSurveyRow(db: Db, one: SurveyRow): Promise<void> {
  const state = one.closed ? 'closed' : 'open';
  await sql`insert into surveys.survey (id, code, name, unit_id, state, form_id, form, form_digest, unit_ids, finished_from,
      finished_to, open_from, open_to, quota, seed, weighted, walk_ins, minimum, results, digest, created_at, created_by, closed_on)
    values (${one.id}::uuid, ${one.code}, ${one.name}, ${one.unitId}::uuid, ${state}, 'thu', ${JSON.stringify(one.form ?? { kind: 'index', name: 'Phiếu mẫu', questions: [] })}::jsonb, 'x',
      ${[...one.unitIds]}::uuid[], ${one.finishedFrom}::date, ${one.finishedTo}::date, ${one.openFrom}::date, ${one.openTo}::date,
      '{}'::jsonb, 'x', ${one.weighted ?? false}, false, 5, ${one.closed ? frozenText(one.closed.results) : null}, ${one.closed ? 'x' : null}, now(),
      'system:test', ${one.closed?.on ?? null}::date)`.execute(db);
}

/** Closes a survey put in open. */
export async function closeSurveyRow(db: Db, id: string, on: string, results: SurveyRowResults): Promise<void> {
  await sql`update surveys.survey set state = 'closed', results = ${frozenText(results)}, digest = 'x', closed_on = ${on}::date
    where id = ${id}::uuid`.execute(db);
}

const frozenText = (results: SurveyRowResults): string =>
  JSON.stringify({ units: [], groups: [], cells: [], overall: { n: null, hidden: true, result: null }, ...results });
