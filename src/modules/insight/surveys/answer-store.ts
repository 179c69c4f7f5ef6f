import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Answers } from './rules/answers.ts';
import type { StoredAnswer } from './rules/results.ts';
import type { CallOutcome, Channel, SurveyState } from './rules/states.ts';

export type Ticket = {
  readonly surveyId: string;
  readonly surveyCode: string;
  readonly stratumNo: number;
  readonly unitId: string;
  readonly used: boolean;
};

export type HeldSurvey = { readonly state: SurveyState; readonly openFrom: Day; readonly openTo: Day };

const TICKET =
  sql.raw(`t.survey_id "surveyId", s.code "surveyCode", t.stratum_no "stratumNo", x.unit_id "unitId", t.used
  from surveys.sampled t join surveys.survey s on s.id = t.survey_id
  join surveys.stratum x on x.survey_id = t.survey_id and x.no = t.stratum_no`);

export async function findTicket(db: Db, digest: Buffer): Promise<Ticket | undefined> {
  const { rows } = await sql<Ticket>`select ${TICKET} where t.ticket = ${digest}`.execute(db);
  return rows[0];
}

/**
 * Marks a ticket as used and holds its survey open; what calls without an answer were noted of it is forgotten.
 * @returns false where it was used, by whatever channel
 */
export async function spendTicket(trx: Db, digest: Buffer): Promise<boolean> {
  const done = await sql`update surveys.sampled set used = true, calls = 0, call_outcome = null
    where ticket = ${digest} and not used`.execute(trx);
  return done.numAffectedRows === 1n;
}

/** Counts a call without an answer. @returns how many there were; undefined where an answer came meanwhile */
export async function noteCall(trx: Db, digest: Buffer, outcome: CallOutcome): Promise<number | undefined> {
  const { rows } = await sql<{ calls: number }>`update surveys.sampled set calls = calls + 1, call_outcome = ${outcome}
    where ticket = ${digest} and not used returning calls`.execute(trx);
  return rows[0]?.calls;
}

/**
 * Holds the survey until the end of the transaction: nobody closes it meanwhile, others may answer too.
 * @returns what it is now, after whoever held it before
 */
export async function holdSurvey(trx: Db, surveyId: string): Promise<HeldSurvey | undefined> {
  const { rows } = await sql<HeldSurvey>`select state, open_from "openFrom", open_to "openTo" from surveys.survey
    where id = ${surveyId}::uuid for share`.execute(trx);
  return rows[0];
}

/** Keeps an answer apart from who gave it; words apart from the rest; the count apart from both. */
export async function insertAnswer(
  trx: Db,
  at: { readonly surveyId: string; readonly stratumNo: number; readonly channel: Channel },
  content: Answers,
  remarks: readonly { readonly questionId: string; readonly words: string }[],
): Promise<void> {
  await sql`insert into surveys.answer (survey_id, stratum_no, content)
    values (${at.surveyId}::uuid, ${at.stratumNo}, ${JSON.stringify(content)}::jsonb)`.execute(trx);
  for (const { questionId, words } of remarks) {
    await sql`insert into surveys.remark (survey_id, question_id, words)
      values (${at.surveyId}::uuid, ${questionId}, ${words})`.execute(trx);
  }
  await sql`insert into surveys.progress as p (survey_id, stratum_no, channel, n)
    values (${at.surveyId}::uuid, ${at.stratumNo}, ${at.channel}, 1)
    on conflict (survey_id, stratum_no, channel) do update set n = p.n + 1`.execute(trx);
}

export async function listAnswers(db: Db, surveyId: string): Promise<StoredAnswer[]> {
  const { rows } = await sql<StoredAnswer>`select stratum_no stratum, content answers from surveys.answer
    where survey_id = ${surveyId}::uuid order by id`.execute(db);
  return rows;
}

/** The newest cannot be told: they are in the order of random ids. */
export async function listRemarks(
  db: Db,
  surveyId: string,
  limit: number,
): Promise<{ questionId: string; words: string }[]> {
  const { rows } = await sql<{ questionId: string; words: string }>`select question_id "questionId", words
    from surveys.remark where survey_id = ${surveyId}::uuid order by id limit ${limit}`.execute(db);
  return rows;
}

/**
 * Writes all answers and words of a survey anew in random order under new ids: neither the place of a row nor the
 * transaction that wrote it tells any longer who was there at that time.
 */
export async function mixAnswers(trx: Db, surveyId: string): Promise<void> {
  await sql`with gone as (delete from surveys.answer where survey_id = ${surveyId}::uuid returning survey_id, stratum_no, content)
    insert into surveys.answer (survey_id, stratum_no, content) select * from gone order by random()`.execute(trx);
  await sql`with gone as (delete from surveys.remark where survey_id = ${surveyId}::uuid returning survey_id, question_id, words)
    insert into surveys.remark (survey_id, question_id, words) select * from gone order by random()`.execute(trx);
}

/** Open surveys, to be mixed. */
export async function listOpenIds(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from surveys.survey where state = 'open'`.execute(db);
  return rows.map((row) => row.id);
}

/** Takes a dossier into the survey that came to a counter by itself. The same again changes nothing. */
export async function insertWalkIn(
  db: Db,
  one: { readonly ticket: Buffer; readonly surveyId: string; readonly stratumNo: number; readonly dossierId: string },
): Promise<void> {
  await sql`insert into surveys.sampled (ticket, survey_id, stratum_no, dossier_id, walk_in, invited)
    values (${one.ticket}, ${one.surveyId}::uuid, ${one.stratumNo}, ${one.dossierId}::uuid, true, true)
    on conflict do nothing`.execute(db);
}

export type SampledRow = {
  readonly dossierId: string;
  readonly unitId: string;
  readonly groupId: string;
  /** Calls without an answer so far, and what came of the last one. */
  readonly calls: number;
  readonly call: CallOutcome | null;
};

/** Dossiers of the sample that have not answered, in an order that tells nothing. */
export async function listUnanswered(
  db: Db,
  surveyId: string,
  unitIds: readonly string[] | null,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ rows: SampledRow[]; total: number }> {
  const from = sql`from surveys.sampled t join surveys.stratum x on x.survey_id = t.survey_id and x.no = t.stratum_no
    where t.survey_id = ${surveyId}::uuid and not t.used and not t.walk_in and t.dossier_id is not null
      ${unitIds === null ? sql`` : sql`and x.unit_id = any(${[...unitIds]}::uuid[])`}`;
  const { rows } = await sql<SampledRow>`select t.dossier_id "dossierId", x.unit_id "unitId", x.group_id "groupId",
      t.calls, t.call_outcome "call" ${from}
    order by t.stratum_no, t.ticket offset ${page.offset} limit ${page.limit}`.execute(db);
  const counted = await sql<{ n: number }>`select count(*)::int n ${from}`.execute(db);
  return { rows, total: counted.rows[0]?.n ?? 0 };
}

/** A dossier of the sample that is written to, with the last day it hears. */
export type ToBeTold = {
  readonly surveyId: string;
  readonly surveyName: string;
  readonly unitId: string;
  readonly dossierId: string;
  readonly until: Day;
};

/** Takes a batch of the sample that is to be invited: marked in the caller's transaction. */
export const takeUninvited = (trx: Db, limit: number, today: Day): Promise<ToBeTold[]> =>
  takeToBeTold(trx, sql`not t.invited`, limit, today);

/** Takes a batch of those invited, without an answer, who were told an earlier last day than there is now; marked likewise. */
export const takeToldEarlier = (trx: Db, limit: number, today: Day): Promise<ToBeTold[]> =>
  takeToBeTold(trx, sql`t.told_until < s.open_to`, limit, today);

async function takeToBeTold(trx: Db, which: RawBuilder<unknown>, limit: number, today: Day): Promise<ToBeTold[]> {
  const { rows } = await sql<ToBeTold>`with due as (
      select t.ticket, s.name, s.unit_id, s.open_to from surveys.sampled t join surveys.survey s on s.id = t.survey_id
      where s.state = 'open' and s.open_from <= ${today}::date and s.open_to >= ${today}::date
        and ${which} and not t.used and t.dossier_id is not null limit ${limit} for update of t skip locked)
    update surveys.sampled t set invited = true, told_until = due.open_to from due where t.ticket = due.ticket
    returning t.survey_id "surveyId", due.name "surveyName", due.unit_id "unitId", t.dossier_id "dossierId",
      due.open_to "until"`.execute(trx);
  return rows;
}
