import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

export type HoldRow = {
  readonly id: string;
  readonly dossierId: string;
  readonly unitId: string;
  readonly reason: string;
  readonly setBy: string;
  readonly setAt: Date;
};

/** The hold in force on a dossier. */
export async function findHold(db: Db, dossierId: string): Promise<HoldRow | undefined> {
  const { rows } = await sql<HoldRow>`select id, dossier_id "dossierId", unit_id "unitId", reason, set_by "setBy",
    set_at "setAt" from retention.hold where dossier_id = ${dossierId}::uuid and lifted_at is null`.execute(db);
  return rows[0];
}

export async function insertHold(trx: Db, hold: HoldRow): Promise<void> {
  await sql`insert into retention.hold (id, dossier_id, unit_id, reason, set_by, set_at)
    values (${hold.id}, ${hold.dossierId}, ${hold.unitId}, ${hold.reason}, ${hold.setBy}, ${hold.setAt})`.execute(trx);
}

/** @returns false where no hold was in force. */
export async function endHold(
  trx: Db,
  dossierId: string,
  lifted: { readonly by: string; readonly at: Date; readonly reason: string },
): Promise<boolean> {
  const { rows } = await sql`update retention.hold set lifted_by = ${lifted.by}, lifted_at = ${lifted.at},
      lift_reason = ${lifted.reason} where dossier_id = ${dossierId}::uuid and lifted_at is null returning id`.execute(
    trx,
  );
  return rows.length > 0;
}

export type DecisionKind = 'erasure' | 'disposal';

export type DecisionRecord = {
  readonly id: string;
  readonly kind: DecisionKind;
  readonly scope: 'dossier' | 'person' | 'list';
  readonly status: 'proposed' | 'approved' | 'rejected';
  readonly version: number;
  readonly reason: string;
  readonly counts: Record<string, number>;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionNumber: string | null;
  readonly decisionDay: string | null;
  readonly rejectReason: string | null;
  readonly dossiers: number;
};

export type ItemRecord = {
  readonly dossierId: string;
  readonly code: string;
  readonly procedureCode: string;
  readonly receivedByUnitId: string;
  readonly decidedByUnitId: string;
};

const DECISION = sql.raw(`n.id, n.kind, n.scope, n.status, n.version, n.reason, n.counts, n.proposed_by "proposedBy",
  n.proposed_at "proposedAt", n.decided_by "decidedBy", n.decided_at "decidedAt", n.decision_number "decisionNumber",
  n.decision_day "decisionDay", n.reject_reason "rejectReason",
  (select count(*)::int from retention.decision_item i where i.decision_id = n.id) dossiers`);

export type NewDecision = Pick<
  DecisionRecord,
  'id' | 'kind' | 'scope' | 'reason' | 'counts' | 'proposedBy' | 'proposedAt'
>;

export async function insertDecision(trx: Db, decision: NewDecision, items: readonly ItemRecord[]): Promise<void> {
  const { id, kind, scope, reason, counts, proposedBy, proposedAt } = decision;
  await sql`insert into retention.decision (id, kind, scope, status, version, reason, counts, proposed_by, proposed_at)
    values (${id}, ${kind}, ${scope}, 'proposed', 1, ${reason}, ${JSON.stringify(counts)}::jsonb, ${proposedBy}, ${proposedAt})`.execute(
    trx,
  );
  await sql`insert into retention.decision_item (decision_id, dossier_id, code, procedure_code, received_by_unit_id, decided_by_unit_id)
    select ${id}::uuid, t."dossierId", t.code, t."procedureCode", t."receivedByUnitId", t."decidedByUnitId"
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as t("dossierId" uuid, code text, "procedureCode" text,
      "receivedByUnitId" uuid, "decidedByUnitId" uuid)`.execute(trx);
}

const within = (alias: string, unitIds: readonly string[]) => {
  const units = sql`any(${[...unitIds]}::uuid[])`;
  return sql`(${sql.ref(`${alias}.decided_by_unit_id`)} = ${units} or ${sql.ref(`${alias}.received_by_unit_id`)} = ${units})`;
};

/** A decision about at least one dossier of the units. */
export async function findDecision(
  db: Db,
  id: string,
  unitIds: readonly string[],
): Promise<DecisionRecord | undefined> {
  const { rows } = await sql<DecisionRecord>`select ${DECISION} from retention.decision n where n.id = ${id}::uuid
    and exists (select 1 from retention.decision_item i where i.decision_id = n.id and ${within('i', unitIds)})`.execute(
    db,
  );
  return rows[0];
}

/** Youngest first. */
export async function findDecisions(
  db: Db,
  filters: {
    readonly kind: DecisionKind;
    readonly status: string | undefined;
    readonly unitIds: readonly string[];
    readonly before: string | undefined;
    readonly limit: number;
  },
): Promise<readonly DecisionRecord[]> {
  const { kind, status, unitIds, before, limit } = filters;
  const { rows } = await sql<DecisionRecord>`select ${DECISION} from retention.decision n
    where n.kind = ${kind} and (${status ?? null}::text is null or n.status = ${status ?? null})
      and (${before ?? null}::uuid is null or n.id < ${before ?? null}::uuid)
      and exists (select 1 from retention.decision_item i where i.decision_id = n.id and ${within('i', unitIds)})
    order by n.id desc limit ${limit}`.execute(db);
  return rows;
}

export async function findItems(db: Db, decisionId: string): Promise<readonly ItemRecord[]> {
  const { rows } = await sql<ItemRecord>`select dossier_id "dossierId", code, procedure_code "procedureCode",
      received_by_unit_id "receivedByUnitId", decided_by_unit_id "decidedByUnitId"
    from retention.decision_item where decision_id = ${decisionId}::uuid order by dossier_id`.execute(db);
  return rows;
}

export type Verdict = {
  readonly status: 'approved' | 'rejected';
  readonly by: string;
  readonly at: Date;
  readonly decisionNumber: string | null;
  readonly decisionDay: string | null;
  readonly rejectReason: string | null;
};

/** @returns false where somebody decided it before, or changed it. */
export async function decide(trx: Db, id: string, version: number, verdict: Verdict): Promise<boolean> {
  const { rows } = await sql`update retention.decision set status = ${verdict.status}, version = version + 1,
      decided_by = ${verdict.by}, decided_at = ${verdict.at}, decision_number = ${verdict.decisionNumber},
      decision_day = ${verdict.decisionDay}::date, reject_reason = ${verdict.rejectReason}
    where id = ${id}::uuid and version = ${version} and status = 'proposed' returning id`.execute(trx);
  return rows.length > 0;
}

/** What was taken, and that it is done; the dossiers leave the list of those due. */
export async function markDone(
  trx: Db,
  decisionId: string,
  counts: Readonly<Record<string, number>>,
  at: Date,
): Promise<void> {
  await sql`update retention.decision set counts = ${JSON.stringify(counts)}::jsonb where id = ${decisionId}::uuid`.execute(
    trx,
  );
  await sql`update retention.decision_item set done_at = ${at} where decision_id = ${decisionId}::uuid`.execute(trx);
  await sql`delete from retention.due where dossier_id in (select dossier_id from retention.decision_item
    where decision_id = ${decisionId}::uuid)`.execute(trx);
}

/** Those of the dossiers that stand in a proposal waiting for its decision, other than `except`. */
export async function findPending(db: Db, ids: readonly string[], except: string | null): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select distinct i.dossier_id id from retention.decision_item i
    join retention.decision n on n.id = i.decision_id
    where i.dossier_id = any(${[...ids]}::uuid[]) and n.status = 'proposed'
      and (${except}::uuid is null or n.id <> ${except}::uuid)`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** The decision by which a dossier was erased or disposed of. */
export async function findDone(
  db: Db,
  dossierId: string,
): Promise<{ kind: DecisionKind; decisionNumber: string; decisionDay: string } | undefined> {
  const { rows } = await sql<{ kind: DecisionKind; decisionNumber: string; decisionDay: string }>`select n.kind,
      n.decision_number "decisionNumber", n.decision_day "decisionDay"
    from retention.decision_item i join retention.decision n on n.id = i.decision_id
    where i.dossier_id = ${dossierId}::uuid and i.done_at is not null limit 1`.execute(db);
  return rows[0];
}
