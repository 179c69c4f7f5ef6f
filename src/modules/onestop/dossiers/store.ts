import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../platform/db/open.ts';
import type { Action, DossierState } from './rules/state.ts';

/** Columns that never change after reception of the first version. */
export type DossierFacts = {
  readonly id: string;
  readonly code: string;
  readonly procedureCode: string;
  readonly procedureRevisionId: string;
  readonly caseId: string | null;
  readonly area: string;
  readonly regimeId: string;
  readonly channel: 'desk' | 'online' | 'post';
  readonly parentId: string | null;
  readonly subject: string;
  readonly formValues: unknown;
  readonly citizenAccountId: string | null;
  readonly guest: boolean;
  readonly followDigest: string | null;
  readonly resultMethod: 'desk' | 'post' | 'electronic';
  readonly resultAddress: string | null;
  readonly fees: readonly unknown[];
  readonly calendarRevisionId: string | null;
  readonly assurance: string;
  readonly copies: number;
  readonly retentionCode: string | null;
};

/** The state as the columns of `dossiers.dossier`. Instants as ISO text: everything goes in one JSON parameter. */
export function stateColumns(state: DossierState): Record<string, unknown> {
  return {
    status: state.status,
    outcome: state.outcome,
    received_by_unit_id: state.receivedByUnitId,
    decided_by_unit_id: state.decidedByUnitId,
    submitted_at: state.submittedAt,
    received_at: state.receivedAt,
    due_original: state.dueOriginal,
    due_current: state.dueCurrent,
    clock_status: state.clock.status,
    clock_events: state.clock.events,
    ended_at: state.endedAt,
    returned_at: state.returnedAt,
    punctuality: state.punctuality,
    lateness_minutes: state.latenessMinutes,
    reappointments: state.reappointment ? 1 : 0,
    reappointed_at: state.reappointment?.at ?? null,
    reappointed_from: state.reappointment?.previousDueAt ?? null,
    reappointed_due: state.reappointment?.dueAt ?? null,
    reappointed_after: state.reappointment?.after ?? null,
    late_original: state.lateOriginal,
    lateness_original_minutes: state.latenessOriginalMinutes,
    step_id: state.step?.id ?? null,
    step_seq: state.stepSeq,
    holder_unit_id: state.step?.unitId ?? null,
    holder_role: state.step?.role ?? null,
    holder_staff_id: state.step?.staffId ?? null,
    step_from: state.step?.from ?? null,
    step_started_at: state.step?.startedAt ?? null,
    step_due_at: state.step?.dueAt ?? null,
    step_read_at: state.step?.readAt ?? null,
    completion_requests: state.completionRequests,
    result: state.result,
  };
}

const STATE_RECORD = `status text, outcome text, received_by_unit_id uuid, decided_by_unit_id uuid, submitted_at timestamptz,
  received_at timestamptz, due_original timestamptz, due_current timestamptz, clock_status text, clock_events jsonb,
  ended_at timestamptz, returned_at timestamptz, punctuality text, lateness_minutes integer, reappointments smallint,
  reappointed_at timestamptz, reappointed_from timestamptz, reappointed_due timestamptz, reappointed_after smallint,
  late_original boolean, lateness_original_minutes integer, step_id text, step_seq integer,
  holder_unit_id uuid, holder_role text, holder_staff_id uuid, step_from text, step_started_at timestamptz,
  step_due_at timestamptz, step_read_at timestamptz, completion_requests integer, result jsonb`;
const STATE_NAMES = STATE_RECORD.split(',').map((part) => part.trim().split(' ')[0] ?? '');
const FACT_RECORD = `id uuid, code text, version integer, procedure_code text, procedure_revision_id uuid, case_id text, area text,
  regime_id text, channel text, parent_id uuid, subject text, form_values jsonb, citizen_account_id uuid, guest boolean,
  follow_digest bytea, result_method text, result_address text, fees jsonb, calendar_revision_id uuid, assurance text,
  copies integer, retention_code text`;
const FACT_NAMES = FACT_RECORD.split(',').map((part) => part.trim().split(' ')[0] ?? '');
const INSERTED = [...FACT_NAMES, ...STATE_NAMES].join(', ');
const UPDATED = STATE_NAMES.map((name) => `${name} = s.${name}`).join(', ');

export type PartyRow = { seq: number; role: string; person_id: string | null; snapshot: unknown };
export type ComponentRow = {
  seq: number;
  code: string;
  name: string;
  originals: number;
  copies: number;
  required: boolean;
  provided: boolean;
  source: string;
  file_references: readonly { id: string; name: string }[];
  note: string | null;
};
export type ActionRow = {
  seq: number;
  kind: string;
  occurred_at: Date;
  recorded_at: Date;
  actor: string;
  actor_unit_id: string | null;
  assurance: string;
  note: string | null;
  change: unknown;
  detail: unknown;
};
export type TaskRow = {
  seq: number;
  step_id: string;
  unit_id: string;
  role: string;
  staff_id: string | null;
  started_at: Date;
  due_at: Date | null;
  ended_at: Date | null;
  ended_by: string | null;
};
export type SegmentRow = {
  seq: number;
  kind: 'run' | 'pause';
  reason: string | null;
  step_id: string | null;
  holder_unit_id: string | null;
  holder_staff_id: string | null;
  started_at: Date;
  ended_at: Date | null;
  calendar_revision_id: string | null;
};
export type SearchKeyRow = { kind: string; value: string };
export type NewPerson = {
  readonly id: string;
  readonly full_name: string;
  readonly birth_date: string | null;
  readonly gender: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly address: string | null;
  readonly identity_type: string | null;
  readonly identity_number: string | null;
  /** Parties (by seq) that are this person. */
  readonly party_seqs: readonly number[];
};

const ACTION_RECORD =
  'seq integer, kind text, occurred_at timestamptz, recorded_at timestamptz, actor text, actor_unit_id uuid, assurance text, note text, change jsonb, detail jsonb';
const TASK_RECORD =
  'seq integer, step_id text, unit_id uuid, role text, staff_id uuid, started_at timestamptz, due_at timestamptz, ended_at timestamptz, ended_by text';
const SEGMENT_RECORD =
  'seq integer, kind text, reason text, step_id text, holder_unit_id uuid, holder_staff_id uuid, started_at timestamptz, ended_at timestamptz, calendar_revision_id uuid';
const namesOf = (record: string): string =>
  record
    .split(',')
    .map((part) => part.trim().split(' ')[0])
    .join(', ');
const recordset = (rows: unknown, record: string): RawBuilder<unknown> =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(${sql.raw(record)})`;

export type NewDossier = {
  readonly facts: DossierFacts;
  readonly state: DossierState;
  readonly parties: readonly PartyRow[];
  readonly people: readonly NewPerson[];
  readonly components: readonly ComponentRow[];
  readonly actions: readonly ActionRow[];
  readonly tasks: readonly TaskRow[];
  readonly segments: readonly SegmentRow[];
  readonly searchKeys: readonly SearchKeyRow[];
  readonly names: readonly string[];
  readonly supportingUnits: readonly { unit_id: string; purpose: string }[];
  readonly also: readonly Also[];
};

/**
 * An insert of another module (audit, outbox, idempotency) that rides in the same statement. It must hang on `guard`
 * (an SQL condition), so that a stale command writes nothing at all.
 */
export type Also = { readonly name: string; insert(guard: RawBuilder<unknown>): RawBuilder<unknown> };

const factColumns = (facts: DossierFacts, version: number): Record<string, unknown> => ({
  id: facts.id,
  code: facts.code,
  version,
  procedure_code: facts.procedureCode,
  procedure_revision_id: facts.procedureRevisionId,
  case_id: facts.caseId,
  area: facts.area,
  regime_id: facts.regimeId,
  channel: facts.channel,
  parent_id: facts.parentId,
  subject: facts.subject,
  form_values: facts.formValues,
  citizen_account_id: facts.citizenAccountId,
  guest: facts.guest,
  follow_digest: facts.followDigest,
  result_method: facts.resultMethod,
  result_address: facts.resultAddress,
  fees: facts.fees,
  calendar_revision_id: facts.calendarRevisionId,
  assurance: facts.assurance,
  copies: facts.copies,
  retention_code: facts.retentionCode,
});

const joined = (also: readonly Also[], guard: RawBuilder<unknown>): RawBuilder<unknown> =>
  also.length === 0 ? sql`` : sql`, ${sql.join(also.map((a) => sql`${sql.ref(a.name)} as (${a.insert(guard)})`))}`;

/**
 * Inserts a whole dossier by ONE statement, hence one round trip and one transaction: the price of the domain is rows,
 * not conversations. A known identity number is linked to its person; a new one makes a person.
 */
export async function insertDossier(db: Db, dossier: NewDossier): Promise<void> {
  const { facts, state } = dossier;
  const row = { ...factColumns(facts, dossier.actions.length), ...stateColumns(state) };
  await sql`
    with d as (
      insert into dossiers.dossier (${sql.raw(INSERTED)})
      select ${sql.raw(INSERTED)} from jsonb_to_record(${JSON.stringify(row)}::jsonb) as t(${sql.raw(`${FACT_RECORD}, ${STATE_RECORD}`)})
    ), c as (
      insert into dossiers.code (code, dossier_id) values (${facts.code}, ${facts.id}::uuid)
    ), given as (
      select t.*, (select i.person_id from dossiers.person_identity i where i.type = t.identity_type and i.number = t.identity_number and i.issuer = '') known
      from jsonb_to_recordset(${JSON.stringify(dossier.people)}::jsonb)
        as t(id uuid, full_name text, birth_date text, gender text, phone text, email text, address text, identity_type text, identity_number text, party_seqs jsonb)
    ), p as (
      insert into dossiers.person (id, full_name, birth_date, gender, phone, email, address)
      select id, full_name, birth_date, gender, phone, email, address from given where known is null
    ), pi as (
      insert into dossiers.person_identity (type, number, person_id)
      select identity_type, identity_number, id from given where known is null and identity_number is not null
      on conflict do nothing
    ), pa as (
      insert into dossiers.party (dossier_id, seq, role, person_id, snapshot)
      select ${facts.id}::uuid, t.seq, t.role, coalesce(t.person_id, (select coalesce(g.known, g.id) from given g where g.party_seqs @> to_jsonb(t.seq))), t.snapshot
      from ${recordset(dossier.parties, 'seq smallint, role text, person_id uuid, snapshot jsonb')}
    ), co as (
      insert into dossiers.component (dossier_id, seq, code, name, originals, copies, required, provided, source, file_references, note)
      select ${facts.id}::uuid, t.* from ${recordset(
        dossier.components,
        'seq smallint, code text, name text, originals smallint, copies smallint, required boolean, provided boolean, source text, file_references jsonb, note text',
      )}
    ), a as (
      insert into dossiers.action (dossier_id, ${sql.raw(namesOf(ACTION_RECORD))})
      select ${facts.id}::uuid, t.* from ${recordset(dossier.actions, ACTION_RECORD)}
    ), ta as (
      insert into dossiers.task (dossier_id, ${sql.raw(namesOf(TASK_RECORD))})
      select ${facts.id}::uuid, t.* from ${recordset(dossier.tasks, TASK_RECORD)}
    ), se as (
      insert into dossiers.clock_segment (dossier_id, ${sql.raw(namesOf(SEGMENT_RECORD))})
      select ${facts.id}::uuid, t.* from ${recordset(dossier.segments, SEGMENT_RECORD)}
    ), su as (
      insert into dossiers.supporting_unit (dossier_id, unit_id, purpose)
      select ${facts.id}::uuid, t.* from ${recordset(dossier.supportingUnits, 'unit_id uuid, purpose text')}
    ), sk as (
      insert into dossiers.search_key (kind, value, dossier_id, received_by_unit_id, decided_by_unit_id)
      select t.kind, t.value, ${facts.id}::uuid, ${state.receivedByUnitId}::uuid, ${state.decidedByUnitId}::uuid
      from ${recordset(dossier.searchKeys, 'kind text, value text')} on conflict do nothing
    ), sn as (
      insert into dossiers.search_name (value) select n from unnest(${[...dossier.names]}::text[]) n on conflict do nothing
    )${joined(dossier.also, sql`true`)}
    select 1`.execute(db);
}

export type SavedStep = {
  readonly id: string;
  readonly version: number;
  readonly state: DossierState;
  /** Facts that reception settles; null where this is no reception. */
  readonly received: { readonly regimeId: string; readonly calendarRevisionId: string } | null;
  readonly actions: readonly ActionRow[];
  /** Task of this seq is closed at `at` by `by`; 0: none. */
  readonly closedTask: { readonly seq: number; readonly at: Date; readonly by: string } | null;
  readonly tasks: readonly TaskRow[];
  readonly assignedTask: { readonly seq: number; readonly staffId: string | null } | null;
  readonly closeSegmentAt: Date | null;
  readonly segments: readonly Omit<SegmentRow, 'seq'>[];
  readonly also: readonly Also[];
};

/**
 * Saves a decided command by one statement, guarded by the version that was read.
 * @returns false where somebody was faster (version differs): nothing was written, the rows below hang on the update.
 */
export async function saveStep(db: Db, step: SavedStep): Promise<boolean> {
  const next = step.version + step.actions.length;
  const { rows } = await sql<{ id: string }>`
    with s as (
      select * from jsonb_to_record(${JSON.stringify(stateColumns(step.state))}::jsonb) as t(${sql.raw(STATE_RECORD)})
    ), u as (
      update dossiers.dossier d set version = ${next}, ${sql.raw(UPDATED)},
        regime_id = coalesce(${step.received?.regimeId ?? null}, d.regime_id),
        calendar_revision_id = coalesce(${step.received?.calendarRevisionId ?? null}::uuid, d.calendar_revision_id) from s
      where d.id = ${step.id}::uuid and d.version = ${step.version} returning d.id
    ), a as (
      insert into dossiers.action (dossier_id, ${sql.raw(namesOf(ACTION_RECORD))})
      select u.id, t.* from u, ${recordset(step.actions, ACTION_RECORD)}
    ), ct as (
      update dossiers.task k set ended_at = ${step.closedTask?.at ?? null}::timestamptz, ended_by = ${step.closedTask?.by ?? null}
      from u where k.dossier_id = u.id and k.seq = ${step.closedTask?.seq ?? -1} and k.ended_at is null
    ), at as (
      update dossiers.task k set staff_id = ${step.assignedTask?.staffId ?? null}::uuid
      from u where k.dossier_id = u.id and k.seq = ${step.assignedTask?.seq ?? -1}
    ), ta as (
      insert into dossiers.task (dossier_id, ${sql.raw(namesOf(TASK_RECORD))})
      select u.id, t.* from u, ${recordset(step.tasks, TASK_RECORD)}
    ), cs as (
      update dossiers.clock_segment g set ended_at = ${step.closeSegmentAt}::timestamptz
      from u where g.dossier_id = u.id and g.ended_at is null and ${step.closeSegmentAt !== null}
    ), se as (
      insert into dossiers.clock_segment (dossier_id, ${sql.raw(namesOf(SEGMENT_RECORD))})
      select u.id, (select coalesce(max(x.seq), 0) from dossiers.clock_segment x where x.dossier_id = u.id) + t.n, t.kind, t.reason, t.step_id,
        t.holder_unit_id, t.holder_staff_id, t.started_at, t.ended_at, t.calendar_revision_id
      from u, ${recordset(
        step.segments.map((segment, index) => ({ ...segment, n: index + 1 })),
        'n integer, kind text, reason text, step_id text, holder_unit_id uuid, holder_staff_id uuid, started_at timestamptz, ended_at timestamptz, calendar_revision_id uuid',
      )}
    )${joined(step.also, sql`exists (select 1 from u)`)}
    select id from u`.execute(db);
  return rows.length === 1;
}

/** Turns decided actions into rows. `firstSeq` is the version before plus one. */
export function actionRows(
  actions: readonly Action[],
  firstSeq: number,
  by: { ref: string; unitId: string | null; assurance: string },
  recordedAt: Date,
): ActionRow[] {
  return actions.map((action, index) => ({
    seq: firstSeq + index,
    kind: action.kind,
    occurred_at: action.at,
    recorded_at: recordedAt,
    actor: by.ref,
    actor_unit_id: by.unitId,
    assurance: by.assurance,
    note: action.note ?? null,
    change: action.change,
    detail: action.detail ?? {},
  }));
}
