import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Answers } from './rules/answers.ts';

export type Paper = {
  readonly id: string;
  readonly version: number;
  readonly ticket: Buffer;
  readonly first: Answers;
  readonly firstBy: string;
  readonly second: Answers | null;
};

const FIELDS = sql.raw('p.id, p.version, p.ticket, p.first, p.first_by "firstBy", p.second');
const PLACED = sql.raw(`surveys.paper p join surveys.sampled t on t.ticket = p.ticket
  join surveys.stratum x on x.survey_id = t.survey_id and x.no = t.stratum_no`);

/** Papers about dossiers of these units; null: of all the survey is about. */
const about = (unitIds: readonly string[] | null) =>
  unitIds === null ? sql`` : sql`and x.unit_id = any(${[...unitIds]}::uuid[])`;

/** The paper of a ticket, locked. */
export async function lockPaper(trx: Db, ticket: Buffer): Promise<Paper | undefined> {
  const { rows } =
    await sql<Paper>`select ${FIELDS} from surveys.paper p where p.ticket = ${ticket} for update`.execute(trx);
  return rows[0];
}

export async function lockPaperById(
  trx: Db,
  surveyId: string,
  unitIds: readonly string[] | null,
  id: string,
): Promise<Paper | undefined> {
  const { rows } = await sql<Paper>`select ${FIELDS} from ${PLACED}
    where p.survey_id = ${surveyId}::uuid and p.id = ${id}::uuid ${about(unitIds)} for update of p`.execute(trx);
  return rows[0];
}

/** @returns false where somebody has entered this paper meanwhile */
export async function insertPaper(
  trx: Db,
  one: { id: string; surveyId: string; ticket: Buffer; first: Answers; firstBy: string; on: Day },
): Promise<boolean> {
  const done = await sql`insert into surveys.paper (id, survey_id, ticket, first, first_by, entered_on)
    values (${one.id}::uuid, ${one.surveyId}::uuid, ${one.ticket}, ${JSON.stringify(one.first)}::jsonb, ${one.firstBy}, ${one.on}::date)
    on conflict (ticket) do nothing`.execute(trx);
  return done.numAffectedRows === 1n;
}

export async function setSecond(trx: Db, id: string, second: Answers, by: string): Promise<void> {
  await sql`update surveys.paper set second = ${JSON.stringify(second)}::jsonb, second_by = ${by}, version = version + 1
    where id = ${id}::uuid`.execute(trx);
}

/** Forgets the paper of a ticket that waits, where there is one. */
export async function forgetPaper(trx: Db, ticket: Buffer): Promise<void> {
  await sql`delete from surveys.paper where ticket = ${ticket}`.execute(trx);
}

/** Forgets the papers of a survey that were not entered to the end. @returns how many */
export async function dropPapers(trx: Db, surveyId: string): Promise<number> {
  const done = await sql`delete from surveys.paper where survey_id = ${surveyId}::uuid`.execute(trx);
  return Number(done.numAffectedRows ?? 0);
}

/** How many papers of a survey wait for somebody: for the second entry, or for a decision. */
export async function countPapers(db: Db, surveyId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int n from surveys.paper
    where survey_id = ${surveyId}::uuid`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Papers waiting for somebody: how many for the second entry, and those that differ. */
export async function listPapers(
  db: Db,
  surveyId: string,
  unitIds: readonly string[] | null,
): Promise<{ waiting: number; differing: Paper[] }> {
  const here = sql`from ${PLACED} where p.survey_id = ${surveyId}::uuid ${about(unitIds)}`;
  const counted = await sql<{ n: number }>`select count(*)::int n ${here} and p.second is null`.execute(db);
  const { rows } = await sql<Paper>`select ${FIELDS} ${here} and p.second is not null order by p.id limit 500`.execute(
    db,
  );
  return { waiting: counted.rows[0]?.n ?? 0, differing: rows };
}
