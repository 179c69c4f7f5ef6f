import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Questionnaire } from './rules/questionnaire.ts';
import type { Quota } from './rules/sample.ts';
import type { Channel, SurveyState } from './rules/states.ts';

export type Survey = {
  readonly id: string;
  readonly version: number;
  readonly code: string;
  readonly name: string;
  readonly unitId: string;
  readonly state: SurveyState;
  readonly formId: string;
  readonly form: Questionnaire;
  readonly formDigest: string;
  readonly unitIds: readonly string[];
  readonly finishedFrom: Day;
  readonly finishedTo: Day;
  readonly openFrom: Day;
  readonly openTo: Day;
  readonly quota: Quota;
  readonly seed: string;
  readonly weighted: boolean;
  readonly walkIns: boolean;
  readonly minimum: number;
  readonly papersDropped: number;
  readonly results: string | null;
  readonly digest: string | null;
};

const FIELDS = sql.raw(`s.id, s.version, s.code, s.name, s.unit_id "unitId", s.state, s.form_id "formId", s.form,
  s.form_digest "formDigest", s.unit_ids "unitIds", s.finished_from "finishedFrom", s.finished_to "finishedTo",
  s.open_from "openFrom", s.open_to "openTo", s.quota, s.seed, s.weighted, s.walk_ins "walkIns", s.minimum,
  s.papers_dropped "papersDropped", s.results, s.digest`);

/** Surveys somebody may see: held by their units, or about them. */
const within = (unitIds: readonly string[]) =>
  sql<boolean>`(s.unit_id = any(${[...unitIds]}::uuid[]) or s.unit_ids && ${[...unitIds]}::uuid[])`;

export async function findSurvey(db: Db, unitIds: readonly string[], id: string): Promise<Survey | undefined> {
  const { rows } =
    await sql<Survey>`select ${FIELDS} from surveys.survey s where s.id = ${id}::uuid and ${within(unitIds)}`.execute(
      db,
    );
  return rows[0];
}

/** A survey by the short code of its public pages. */
export async function findSurveyByCode(db: Db, code: string): Promise<Survey | undefined> {
  const { rows } = await sql<Survey>`select ${FIELDS} from surveys.survey s where s.code = ${code}`.execute(db);
  return rows[0];
}

/** Locks a survey against acts and answers until the end of the transaction. */
export async function lockSurvey(trx: Db, id: string): Promise<Survey | undefined> {
  const { rows } =
    await sql<Survey>`select ${FIELDS} from surveys.survey s where s.id = ${id}::uuid for update`.execute(trx);
  return rows[0];
}

/** Which closed surveys count: the one of an id, or those whose dossiers were finished in days (inclusive). */
export type ClosedWish = {
  readonly surveyId?: string;
  /** The last of their days lies between these. */
  readonly endedIn?: Span;
  /** All of their days lie between these. */
  readonly within?: Span;
};
export type Span = { readonly from: Day; readonly to: Day };

const wished = ({ surveyId, endedIn, within }: ClosedWish) => sql`s.state = 'closed' and s.form->>'kind' = 'index'
    ${surveyId === undefined ? sql`` : sql`and s.id = ${surveyId}::uuid`}
    ${endedIn ? sql`and s.finished_to between ${endedIn.from}::date and ${endedIn.to}::date` : sql``}
    ${within ? sql`and s.finished_from >= ${within.from}::date and s.finished_to <= ${within.to}::date` : sql``}`;

/** The last days of dossiers of closed surveys with an index that ask of several units. */
export async function listClosedDays(db: Db, wish: ClosedWish): Promise<Day[]> {
  const { rows } = await sql<{ day: Day }>`select distinct s.finished_to "day" from surveys.survey s
    where ${wished(wish)} and cardinality(s.unit_ids) > 1`.execute(db);
  return rows.map((row) => row.day);
}

/**
 * Closed surveys with an index that ask of a unit or of all below it, the last closed first.
 * @param below authorities below the unit by the last day of the dossiers
 */
export async function listClosedIndices(
  db: Db,
  unitId: string,
  below: readonly { readonly day: Day; readonly unitIds: readonly string[] }[],
  wish: ClosedWish,
): Promise<Survey[]> {
  const all = below
    .filter(({ unitIds }) => unitIds.length > 0)
    .map(({ day, unitIds }) => sql`or s.finished_to = ${day}::date and s.unit_ids @> ${[...unitIds]}::uuid[]`);
  const { rows } = await sql<Survey>`select ${FIELDS} from surveys.survey s where ${wished(wish)}
    and (s.unit_ids @> array[${unitId}::uuid] ${sql.join(all, sql` `)})
    order by s.closed_on desc, s.id desc`.execute(db);
  return rows;
}

/** A survey that is being answered, and the authorities it asks of. */
export type RunningSurvey = Pick<Survey, 'id' | 'name' | 'unitId' | 'unitIds' | 'finishedTo' | 'openTo'>;

/** Open surveys with an index, by the last day of their dossiers (inclusive); the oldest first. */
export async function listRunningIndices(db: Db, endedIn: Span): Promise<readonly RunningSurvey[]> {
  const { rows } = await sql<RunningSurvey>`select s.id, s.name, s.unit_id "unitId", s.open_to "openTo",
      s.finished_to "finishedTo", s.unit_ids "unitIds" from surveys.survey s where s.state = 'open'
      and s.form->>'kind' = 'index' and s.finished_to between ${endedIn.from}::date and ${endedIn.to}::date
    order by s.id`.execute(db);
  return rows;
}

/** One closed survey as everybody may read it, with the frozen results. */
export type ClosedSurvey = { readonly code: string; readonly closedOn: Day; readonly results: string };

/** Closed surveys of everybody, the last closed first; `q` is looked for in their names and those of who asked. */
export async function listClosedSurveys(
  db: Db,
  q: string,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ rows: ClosedSurvey[]; total: number }> {
  const pattern = `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const where = sql`s.state = 'closed' ${
    q === ''
      ? sql``
      : sql`and platform.fold(s.name || ' ' || coalesce(s.results::json->>'unitName', '')) like platform.fold(${pattern})`
  }`;
  const { rows } = await sql<ClosedSurvey>`select s.code, s.closed_on "closedOn", s.results from surveys.survey s
    where ${where} order by s.closed_on desc, s.id desc offset ${page.offset} limit ${page.limit}`.execute(db);
  const counted = await sql<{ n: number }>`select count(*)::int n from surveys.survey s where ${where}`.execute(db);
  return { rows, total: counted.rows[0]?.n ?? 0 };
}

export type ListedSurvey = Survey & { readonly drawn: number; readonly answered: number };
const ORDERS = { new: sql`s.id desc`, name: sql`s.name, s.id`, ends: sql`s.open_to desc, s.id desc` };

export async function listSurveys(
  db: Db,
  unitIds: readonly string[],
  filter: {
    readonly q?: string | undefined;
    readonly state?: SurveyState | undefined;
    readonly sort?: keyof typeof ORDERS | undefined;
  },
  page: { readonly offset: number; readonly limit: number },
): Promise<{ rows: ListedSurvey[]; total: number }> {
  const pattern = `%${(filter.q ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`;
  const where = sql`${within(unitIds)} ${filter.state ? sql`and s.state = ${filter.state}` : sql``}
    ${filter.q ? sql`and platform.fold(s.name) like platform.fold(${pattern})` : sql``}`;
  const { rows } = await sql<ListedSurvey>`select ${FIELDS},
      (select coalesce(sum(t.drawn), 0)::int from surveys.stratum t where t.survey_id = s.id) drawn,
      (select coalesce(sum(p.n), 0)::int from surveys.progress p where p.survey_id = s.id) answered
    from surveys.survey s where ${where} order by ${ORDERS[filter.sort ?? 'new']} offset ${page.offset} limit ${page.limit}`.execute(
    db,
  );
  const counted = await sql<{ n: number }>`select count(*)::int n from surveys.survey s where ${where}`.execute(db);
  return { rows, total: counted.rows[0]?.n ?? 0 };
}

export type NewSurvey = Omit<Survey, 'version' | 'state' | 'papersDropped' | 'results' | 'digest'>;

export async function insertSurvey(db: Db, one: NewSurvey, by: string, at: Date): Promise<void> {
  await sql`insert into surveys.survey (id, code, name, unit_id, state, form_id, form, form_digest, unit_ids, finished_from,
      finished_to, open_from, open_to, quota, seed, weighted, walk_ins, minimum, created_at, created_by)
    values (${one.id}::uuid, ${one.code}, ${one.name}, ${one.unitId}::uuid, 'draft', ${one.formId}, ${JSON.stringify(one.form)}::jsonb,
      ${one.formDigest}, ${[...one.unitIds]}::uuid[], ${one.finishedFrom}::date, ${one.finishedTo}::date, ${one.openFrom}::date,
      ${one.openTo}::date, ${JSON.stringify(one.quota)}::jsonb, ${one.seed}, ${one.weighted}, ${one.walkIns}, ${one.minimum}, ${at}, ${by})`.execute(
    db,
  );
}

/** Moves a survey on at the version seen. @returns false where somebody was faster */
export async function moveSurvey(trx: Db, id: string, version: number, state: SurveyState): Promise<boolean> {
  const done = await sql`update surveys.survey set state = ${state}, version = version + 1
    where id = ${id}::uuid and version = ${version}`.execute(trx);
  return done.numAffectedRows === 1n;
}

/** Other days of answering of a survey the caller holds. */
export async function moveDays(
  trx: Db,
  id: string,
  days: { readonly openFrom: Day; readonly openTo: Day },
): Promise<void> {
  await sql`update surveys.survey set open_from = ${days.openFrom}::date, open_to = ${days.openTo}::date,
    version = version + 1 where id = ${id}::uuid`.execute(trx);
}

/** Takes a survey nobody was asked yet away with its sample; the caller holds it. */
export async function deleteSurvey(trx: Db, id: string): Promise<void> {
  await sql`delete from surveys.sampled where survey_id = ${id}::uuid`.execute(trx);
  await sql`delete from surveys.stratum where survey_id = ${id}::uuid`.execute(trx);
  await sql`delete from surveys.survey where id = ${id}::uuid`.execute(trx);
}

/** Closes: results are kept, who was drawn is forgotten. */
export async function closeSurvey(
  trx: Db,
  survey: Pick<Survey, 'id' | 'version'>,
  frozen: { readonly results: string; readonly digest: string; readonly papersDropped: number; readonly on: Day },
): Promise<boolean> {
  const done = await sql`update surveys.survey set state = 'closed', version = version + 1, results = ${frozen.results},
      digest = ${frozen.digest}, papers_dropped = ${frozen.papersDropped}, closed_on = ${frozen.on}::date
    where id = ${survey.id}::uuid and version = ${survey.version} and state = 'open'`.execute(trx);
  if (done.numAffectedRows !== 1n) return false;
  // The digest stays so that the link still gets an honest answer; whose it was, whether it was used and what it was told is gone.
  await sql`update surveys.sampled set dossier_id = null, used = false, invited = false, told_until = null,
      calls = 0, call_outcome = null
    where survey_id = ${survey.id}::uuid`.execute(trx);
  return true;
}

export type StoredStratum = {
  readonly no: number;
  readonly unitId: string;
  readonly groupId: string;
  readonly frame: number;
  readonly quota: number;
  readonly drawn: number;
};

export async function listStrata(db: Db, surveyId: string): Promise<StoredStratum[]> {
  const { rows } = await sql<StoredStratum>`select no, unit_id "unitId", group_id "groupId", frame, quota, drawn
    from surveys.stratum where survey_id = ${surveyId}::uuid order by no`.execute(db);
  return rows;
}

/** Puts the sample in the place of the one before. */
export async function replaceSample(
  trx: Db,
  surveyId: string,
  strata: readonly StoredStratum[],
  drawn: readonly { readonly ticket: Buffer; readonly stratumNo: number; readonly dossierId: string }[],
): Promise<void> {
  await sql`delete from surveys.sampled where survey_id = ${surveyId}::uuid`.execute(trx);
  await sql`delete from surveys.stratum where survey_id = ${surveyId}::uuid`.execute(trx);
  await sql`insert into surveys.stratum (survey_id, no, unit_id, group_id, frame, quota, drawn)
    select ${surveyId}::uuid, x.* from unnest(${strata.map((s) => s.no)}::int[], ${strata.map((s) => s.unitId)}::uuid[],
      ${strata.map((s) => s.groupId)}::text[], ${strata.map((s) => s.frame)}::int[], ${strata.map((s) => s.quota)}::int[],
      ${strata.map((s) => s.drawn)}::int[]) x`.execute(trx);
  // By ticket, which is random: not even the order of the rows tells the order of drawing.
  const rows = [...drawn].sort((a, b) => Buffer.compare(a.ticket, b.ticket));
  for (let at = 0; at < rows.length; at += 5000) {
    const some = rows.slice(at, at + 5000);
    await sql`insert into surveys.sampled (ticket, survey_id, stratum_no, dossier_id)
      select x.t, ${surveyId}::uuid, x.n, x.d from unnest(${some.map((r) => r.ticket)}::bytea[], ${some.map((r) => r.stratumNo)}::int[],
        ${some.map((r) => r.dossierId)}::uuid[]) x(t, n, d)`.execute(trx);
  }
}

export type Progress = { readonly stratumNo: number; readonly channel: Channel; readonly n: number };

export async function listProgress(db: Db, surveyId: string): Promise<Progress[]> {
  const { rows } = await sql<Progress>`select stratum_no "stratumNo", channel, n from surveys.progress
    where survey_id = ${surveyId}::uuid order by stratum_no, channel`.execute(db);
  return rows;
}

/** How many of the counted came to a counter without having been drawn. */
export async function countWalkIns(db: Db, surveyId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int n from surveys.sampled
    where survey_id = ${surveyId}::uuid and walk_in and used`.execute(db);
  return rows[0]?.n ?? 0;
}
