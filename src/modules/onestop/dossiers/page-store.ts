import { sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import type { ActionKind } from './rules/state.ts';

export type Parts = {
  readonly parties: readonly {
    seq: number;
    role: string;
    personId: string | null;
    snapshot: Record<string, unknown>;
  }[];
  readonly components: {
    code: string;
    name: string;
    required: boolean;
    provided: boolean;
    originals: number;
    copies: number;
    source: string;
    files: { id: string; name: string }[];
  }[];
  readonly supplements: {
    stage: string;
    reason: string;
    items: { code: string | null; name: string; what: string }[];
    requestedAt: Date;
    deadline: string | null;
    answeredAt: Date | null;
  }[];
  readonly supportingUnits: readonly string[];
  readonly money: readonly MoneyRow[];
};

type RawParts = {
  parties: Parts['parties'] | null;
  components: Parts['components'] | null;
  supplements:
    | (Omit<Parts['supplements'][number], 'requestedAt' | 'answeredAt'> & {
        requestedAt: string;
        answeredAt: string | null;
      })[]
    | null;
  units: string[] | null;
  money: (Omit<MoneyRow, 'occurredAt'> & { occurredAt: string })[] | null;
};

/** Parties, papers, requests, supporting units and money of one dossier, in one round trip. The caller has checked the scope. */
export async function readParts(db: Db, dossierId: string): Promise<Parts> {
  const { rows } = await sql<RawParts>`select
    (select jsonb_agg(jsonb_build_object('seq', p.seq, 'role', p.role, 'personId', p.person_id, 'snapshot', p.snapshot) order by p.seq)
      from dossiers.party p where p.dossier_id = ${dossierId}::uuid) parties,
    (select jsonb_agg(jsonb_build_object('code', c.code, 'name', c.name, 'required', c.required, 'provided', c.provided, 'originals', c.originals,
      'copies', c.copies, 'source', c.source, 'files', c.file_references) order by c.seq) from dossiers.component c where c.dossier_id = ${dossierId}::uuid) components,
    (select jsonb_agg(jsonb_build_object('stage', s.stage, 'reason', s.reason, 'items', s.items, 'requestedAt', s.requested_at, 'deadline', s.deadline,
      'answeredAt', s.answered_at) order by s.seq) from dossiers.supplement s where s.dossier_id = ${dossierId}::uuid) supplements,
    (select array_agg(u.unit_id) from dossiers.supporting_unit u where u.dossier_id = ${dossierId}::uuid) units,
    (select jsonb_agg(jsonb_build_object('id', m.id, 'kind', m.kind, 'feeId', m.fee_id, 'amountVnd', m.amount_vnd, 'method', m.method,
      'platform', m.platform, 'reference', m.reference, 'occurredAt', m.occurred_at) order by m.id) from dossiers.money_entry m where m.dossier_id = ${dossierId}::uuid) money`.execute(
    db,
  );
  const raw = rows[0];
  return {
    parties: raw?.parties ?? [],
    components: raw?.components ?? [],
    supplements: (raw?.supplements ?? []).map((s) => ({
      ...s,
      requestedAt: new Date(s.requestedAt),
      answeredAt: s.answeredAt ? new Date(s.answeredAt) : null,
    })),
    supportingUnits: raw?.units ?? [],
    money: (raw?.money ?? []).map((m) => ({ ...m, occurredAt: new Date(m.occurredAt) })),
  };
}

export type HistoryRow = {
  readonly seq: number;
  readonly kind: ActionKind;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly actor: string;
  readonly actorUnitId: string | null;
  readonly note: string | null;
  readonly detail: Record<string, unknown>;
  readonly change: Record<string, unknown>;
};

/** The action log of one dossier in order. */
export async function readHistory(db: Db, dossierId: string): Promise<HistoryRow[]> {
  const { rows } =
    await sql<HistoryRow>`select seq, kind, occurred_at "occurredAt", recorded_at "recordedAt", actor, actor_unit_id "actorUnitId", note, detail, change
    from dossiers.action where dossier_id = ${dossierId}::uuid order by seq`.execute(db);
  return rows;
}

type MoneyRow = {
  readonly id: string;
  readonly kind: string;
  readonly feeId: string | null;
  readonly amountVnd: number;
  readonly method: string | null;
  readonly platform: string | null;
  readonly reference: string | null;
  readonly occurredAt: Date;
};

export type TaskView = {
  readonly seq: number;
  readonly stepId: string;
  readonly unitId: string;
  readonly staffId: string | null;
  readonly startedAt: Date;
  readonly dueAt: Date | null;
  readonly endedAt: Date | null;
};

export async function readTasks(db: Db, dossierId: string): Promise<TaskView[]> {
  const { rows } =
    await sql<TaskView>`select seq, step_id "stepId", unit_id "unitId", staff_id "staffId", started_at "startedAt", due_at "dueAt", ended_at "endedAt"
    from dossiers.task where dossier_id = ${dossierId}::uuid order by seq`.execute(db);
  return rows;
}
