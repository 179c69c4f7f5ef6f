import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

/** A request to a head: say why this dossier will be late, or is. */
export type CauseRequest = {
  readonly id: string;
  readonly dossierId: string;
  readonly code: string;
  readonly rung: string;
  readonly subject: string;
  readonly stepId: string | null;
  readonly unitId: string;
  readonly staffId: string | null;
  readonly decidedByUnitId: string;
  readonly requestedAt: Date;
  readonly deadline: Date;
  readonly causeCode: string | null;
  readonly note: string | null;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
};

const COLUMNS =
  sql.raw(`id, dossier_id "dossierId", code, rung, subject, step_id "stepId", unit_id "unitId", staff_id "staffId",
  decided_by_unit_id "decidedByUnitId", requested_at "requestedAt", deadline, cause_code "causeCode", note,
  answered_at "answeredAt", answered_by "answeredBy"`);

/** @returns false where the same rung asked the same unit before, or an earlier request to it is still unanswered. */
export async function insertRequest(db: Db, request: CauseRequest): Promise<boolean> {
  const { rows } =
    await sql`insert into lateness.cause_request (id, dossier_id, code, rung, subject, step_id, unit_id, staff_id, decided_by_unit_id, requested_at, deadline)
    select ${request.id}::uuid, ${request.dossierId}::uuid, ${request.code}, ${request.rung}, ${request.subject}, ${request.stepId}, ${request.unitId}::uuid,
      ${request.staffId}::uuid, ${request.decidedByUnitId}::uuid, ${request.requestedAt}::timestamptz, ${request.deadline}::timestamptz
    where not exists (select 1 from lateness.cause_request o
      where o.dossier_id = ${request.dossierId}::uuid and o.unit_id = ${request.unitId}::uuid and o.answered_at is null)
    on conflict do nothing returning id`.execute(db);
  return rows.length === 1;
}

export async function findRequest(db: Db, id: string): Promise<CauseRequest | undefined> {
  const { rows } =
    await sql<CauseRequest>`select ${COLUMNS} from lateness.cause_request where id = ${id}::uuid`.execute(db);
  return rows[0];
}

export async function requestsOf(db: Db, dossierIds: readonly string[]): Promise<CauseRequest[]> {
  if (dossierIds.length === 0) return [];
  const { rows } = await sql<CauseRequest>`select ${COLUMNS} from lateness.cause_request
    where dossier_id = any(${[...dossierIds]}::uuid[]) order by requested_at, id`.execute(db);
  return rows;
}

/** Requests to the heads of the units nobody has answered yet, the most urgent first. */
export async function openRequests(db: Db, units: readonly string[], limit: number): Promise<CauseRequest[]> {
  const { rows } = await sql<CauseRequest>`select ${COLUMNS} from lateness.cause_request
    where unit_id = any(${[...units]}::uuid[]) and answered_at is null order by deadline, id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** Answers a request; false where somebody answered it meanwhile. */
export async function answerRequest(
  db: Db,
  id: string,
  answer: { readonly causeCode: string; readonly note: string | null; readonly at: Date; readonly by: string },
): Promise<boolean> {
  const { rows } = await sql`update lateness.cause_request set cause_code = ${answer.causeCode}, note = ${answer.note},
      answered_at = ${answer.at}, answered_by = ${answer.by}
    where id = ${id}::uuid and answered_at is null returning id`.execute(db);
  return rows.length === 1;
}
