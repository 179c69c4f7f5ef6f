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

const FIELDS = sql.raw('id, version, ticket, first, first_by "firstBy", second');

/** The paper of a ticket, locked. */
export async function lockPaper(trx: Db, ticket: Buffer): Promise<Paper | undefined> {
  const { rows } = await sql<Paper>`select ${FIELDS} from surveys.paper where ticket = ${ticket} for update`.execute(
    trx,
  );
  return rows[0];
}

export async function lockPaperById(trx: Db, surveyId: string, id: string): Promise<Paper | undefined> {
  const { rows } = await sql<Paper>`select ${FIELDS} from surveys.paper
    where survey_id = ${surveyId}::uuid and id = ${id}::uuid for update`.execute(trx);
  return rows[0];
}

export async function insertPaper(
  trx: Db,
  one: { id: string; surveyId: string; ticket: Buffer; first: Answers; firstBy: string; on: Day },
): Promise<void> {
  await sql`insert into surveys.paper (id, survey_id, ticket, first, first_by, entered_on)
    values (${one.id}::uuid, ${one.surveyId}::uuid, ${one.ticket}, ${JSON.stringify(one.first)}::jsonb, ${one.firstBy}, ${one.on}::date)`.execute(
    trx,
  );
}

export async function setSecond(trx: Db, id: string, second: Answers, by: string): Promise<void> {
  await sql`update surveys.paper set second = ${JSON.stringify(second)}::jsonb, second_by = ${by}, version = version + 1
    where id = ${id}::uuid`.execute(trx);
}

export async function deletePaper(trx: Db, id: string): Promise<void> {
  await sql`delete from surveys.paper where id = ${id}::uuid`.execute(trx);
}

/** Forgets the papers of a survey that were not entered to the end. @returns how many */
export async function dropPapers(trx: Db, surveyId: string): Promise<number> {
  const done = await sql`delete from surveys.paper where survey_id = ${surveyId}::uuid`.execute(trx);
  return Number(done.numAffectedRows ?? 0);
}

/** Papers waiting for somebody: how many for the second entry, and those that differ. */
export async function listPapers(db: Db, surveyId: string): Promise<{ waiting: number; differing: Paper[] }> {
  const { rows } =
    await sql<Paper>`select ${FIELDS} from surveys.paper where survey_id = ${surveyId}::uuid order by id limit 500`.execute(
      db,
    );
  return { waiting: rows.filter((row) => row.second === null).length, differing: rows.filter((row) => row.second) };
}
