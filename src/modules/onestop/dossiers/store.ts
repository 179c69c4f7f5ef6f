import type { Told } from './also.ts';
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

export const STATE_RECORD = `status text, outcome text, received_by_unit_id uuid, decided_by_unit_id uuid, submitted_at timestamptz,
  received_at timestamptz, due_original timestamptz, due_current timestamptz, clock_status text, clock_events jsonb,
  ended_at timestamptz, returned_at timestamptz, punctuality text, lateness_minutes integer, reappointments smallint,
  reappointed_at timestamptz, reappointed_from timestamptz, reappointed_due timestamptz, reappointed_after smallint,
  late_original boolean, lateness_original_minutes integer, step_id text, step_seq integer,
  holder_unit_id uuid, holder_role text, holder_staff_id uuid, step_from text, step_started_at timestamptz,
  step_due_at timestamptz, step_read_at timestamptz, completion_requests integer, result jsonb`;
export const FACT_RECORD = `id uuid, code text, version integer, procedure_code text, procedure_revision_id uuid, case_id text, area text,
  regime_id text, channel text, parent_id uuid, subject text, form_values jsonb, citizen_account_id uuid, guest boolean,
  follow_digest bytea, result_method text, result_address text, fees jsonb, calendar_revision_id uuid, assurance text,
  copies integer, retention_code text`;

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

export const ACTION_RECORD =
  'seq integer, kind text, occurred_at timestamptz, recorded_at timestamptz, actor text, actor_unit_id uuid, assurance text, note text, change jsonb, detail jsonb';
export const TASK_RECORD =
  'seq integer, step_id text, unit_id uuid, role text, staff_id uuid, started_at timestamptz, due_at timestamptz, ended_at timestamptz, ended_by text';
export const SEGMENT_RECORD =
  'seq integer, kind text, reason text, step_id text, holder_unit_id uuid, holder_staff_id uuid, started_at timestamptz, ended_at timestamptz, calendar_revision_id uuid';
/** Names of a record's columns, in order. */
export const namesOf = (record: string): string =>
  record
    .split(',')
    .map((part) => part.trim().split(' ')[0])
    .join(', ');
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
  readonly told: Told;
};

/** The facts as columns of `dossiers.dossier`. */
export const factColumns = (facts: DossierFacts, version: number): Record<string, unknown> => ({
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
  readonly told: Told;
};

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
