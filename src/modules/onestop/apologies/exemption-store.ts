import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';

export type Exemption = {
  readonly id: string;
  readonly version: number;
  readonly dossierId: string;
  readonly dossierCode: string;
  readonly state: 'requested' | 'approved' | 'refused';
  readonly authorityUnitId: string;
  readonly unitId: string;
  /** The broken promise it is about. */
  readonly dueAt: Date;
  /** Kind of reason; null for those asked before there were kinds. */
  readonly reasonCode: string | null;
  readonly reason: string;
  /** In words; empty where files show it. */
  readonly evidence: string;
  /** As they were named when the exemption was asked for. */
  readonly files: readonly { readonly id: string; readonly name: string }[];
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionNote: string | null;
};

const FIELDS = sql.raw(
  `e.id, e.version, e.dossier_id "dossierId", e.dossier_code "dossierCode", e.state, e.authority_unit_id "authorityUnitId", e.unit_id "unitId",
  e.due_at "dueAt", e.reason_code "reasonCode", e.reason, e.evidence, e.files, e.requested_by "requestedBy", e.requested_at "requestedAt", e.decided_by "decidedBy",
  e.decided_at "decidedAt", e.decision_note "decisionNote"`,
);

export async function insertExemption(
  db: Db,
  e: Omit<Exemption, 'version' | 'state' | 'decidedBy' | 'decidedAt' | 'decisionNote'>,
): Promise<void> {
  await sql`insert into apologies.exemption (id, dossier_id, dossier_code, state, authority_unit_id, unit_id, due_at, reason_code, reason, evidence, files, requested_by, requested_at)
    values (${e.id}, ${e.dossierId}, ${e.dossierCode}, 'requested', ${e.authorityUnitId}, ${e.unitId}, ${e.dueAt}, ${e.reasonCode}, ${e.reason}, ${e.evidence}, ${JSON.stringify(e.files)}::jsonb,
      ${e.requestedBy}, ${e.requestedAt})`.execute(db);
}

export async function findExemption(db: Db, id: string): Promise<Exemption | undefined> {
  const { rows } = await sql<Exemption>`select ${FIELDS} from apologies.exemption e where e.id = ${id}::uuid`.execute(
    db,
  );
  return rows[0];
}

export async function findExemptions(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Exemption>> {
  const { rows } =
    await sql<Exemption>`select ${FIELDS} from apologies.exemption e where e.id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** All of some dossiers, oldest first. */
export async function exemptionsOf(db: Db, dossierIds: readonly string[]): Promise<readonly Exemption[]> {
  const { rows } =
    await sql<Exemption>`select ${FIELDS} from apologies.exemption e where e.dossier_id = any(${[...dossierIds]}::uuid[]) order by e.id`.execute(
      db,
    );
  return rows;
}

/** Decides an open request at the version seen. @returns false where somebody was faster. */
export async function saveDecision(
  db: Db,
  id: string,
  version: number,
  decision: {
    readonly state: 'approved' | 'refused';
    readonly by: string;
    readonly at: Date;
    readonly note: string | null;
  },
): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update apologies.exemption set version = version + 1, state = ${decision.state}, decided_by = ${decision.by},
      decided_at = ${decision.at}, decision_note = ${decision.note}
    where id = ${id}::uuid and version = ${version} and state = 'requested'`.execute(db);
  return numAffectedRows === 1n;
}
