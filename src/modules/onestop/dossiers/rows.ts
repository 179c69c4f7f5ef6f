import { type RawBuilder, sql } from 'kysely';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { type CompiledCalendar, clockLight } from '../../../core/working-time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { DossierContext } from './context.ts';
import type { DossierRowType } from './contract.ts';
import type { StoredDossier } from './load.ts';
import { type DossierStatus, nationalStatus, statusName } from './rules/status.ts';

type RawRow = {
  id: string;
  code: string;
  version: number;
  procedure_code: string;
  procedure_revision_id: string;
  subject: string;
  owner_name: string | null;
  status: DossierStatus;
  channel: 'desk' | 'online' | 'post';
  received_by_unit_id: string;
  submitted_at: Date;
  received_at: Date | null;
  due_current: Date | null;
  clock_status: string;
  step_id: string | null;
  step_started_at: Date | null;
  step_due_at: Date | null;
  step_read_at: Date | null;
  holder_unit_id: string | null;
  holder_staff_id: string | null;
};

/** Reads rows of the lists with an arbitrary (scoped) condition and order. */
export async function readRows(
  db: Db,
  where: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  limit: number,
): Promise<RawRow[]> {
  const { rows } = await sql<RawRow>`
    select d.id, d.code, d.version, d.procedure_code, d.procedure_revision_id, d.subject, d.status, d.channel, d.received_by_unit_id,
      d.submitted_at, d.received_at, d.due_current, d.clock_status, d.step_id, d.step_started_at, d.step_due_at, d.step_read_at, d.holder_unit_id, d.holder_staff_id,
      (select p.snapshot->>'fullName' from dossiers.party p where p.dossier_id = d.id and p.role = 'owner' order by p.seq limit 1) owner_name
    from dossiers.dossier d where ${where} order by ${order} limit ${limit}`.execute(db);
  return rows;
}

/** The row of a dossier that is at hand already. */
export function rowOf({ id, code, version, state, ...dossier }: StoredDossier, ownerName: string | null): RawRow {
  const { step } = state;
  return {
    id,
    code,
    version,
    procedure_code: dossier.procedureCode,
    procedure_revision_id: dossier.procedureRevisionId,
    subject: dossier.subject,
    owner_name: ownerName,
    status: state.status,
    channel: dossier.channel,
    received_by_unit_id: state.receivedByUnitId,
    submitted_at: state.submittedAt,
    received_at: state.receivedAt,
    due_current: state.dueCurrent,
    clock_status: state.clock.status,
    step_id: step?.id ?? null,
    step_started_at: step?.startedAt ?? null,
    step_due_at: step?.dueAt ?? null,
    step_read_at: step?.readAt ?? null,
    holder_unit_id: step?.unitId ?? null,
    holder_staff_id: step?.staffId ?? null,
  };
}

/** Rows as the screens show them: names of procedures, units and people, and the traffic light of the current step. */
export async function presentRows(ctx: DossierContext, rows: readonly RawRow[], now: Date): Promise<DossierRowType[]> {
  const today = dayOf(now);
  const unitIds = [...new Set(rows.flatMap((row) => (row.holder_unit_id ? [row.holder_unit_id] : [])))];
  const staffIds = [...new Set(rows.flatMap((row) => (row.holder_staff_id ? [row.holder_staff_id] : [])))];
  const [units, staff, procedures, calendars] = await Promise.all([
    unitIds.length > 0 ? ctx.ports.unitNames(unitIds, today) : new Map<string, string>(),
    staffIds.length > 0 ? ctx.ports.staffNames(staffIds) : new Map<string, { name: string; title: string }>(),
    eachOnce(
      rows.map((row) => row.procedure_revision_id),
      async (id) => (await ctx.ports.getProcedureRevision(id)).definition,
    ),
    eachOnce(
      rows.filter((row) => mayGlow(row, now)).map((row) => row.received_by_unit_id),
      async (unitId) => (await ctx.ports.calendarFor(unitId, today)).calendar,
    ),
  ]);
  return rows.map((row): DossierRowType => {
    const definition = procedures.get(row.procedure_revision_id);
    return {
      id: row.id,
      code: row.code,
      version: row.version,
      procedureCode: row.procedure_code,
      procedureName: definition?.name ?? '',
      subject: row.subject,
      ownerName: row.owner_name ?? '',
      status: row.status,
      statusName: statusName(row.status),
      nationalStatus: nationalStatus(row.status),
      channel: row.channel,
      submittedAt: toIso(row.submitted_at),
      receivedAt: row.received_at ? toIso(row.received_at) : null,
      dueAt: row.due_current ? toIso(row.due_current) : null,
      stepName: definition?.steps.find((step) => step.id === row.step_id)?.name ?? null,
      stepDueAt: row.step_due_at ? toIso(row.step_due_at) : null,
      holderUnitId: row.holder_unit_id,
      holderUnitName: row.holder_unit_id ? (units.get(row.holder_unit_id) ?? null) : null,
      holderStaffId: row.holder_staff_id,
      holderStaffName: row.holder_staff_id ? (staff.get(row.holder_staff_id)?.name ?? null) : null,
      unread: row.step_id !== null && row.step_read_at === null,
      light: lightOf(row, calendars.get(row.received_by_unit_id), now),
    };
  });
}

/** Asks once for each id. */
async function eachOnce<T>(ids: readonly string[], ask: (id: string) => Promise<T>): Promise<ReadonlyMap<string, T>> {
  return new Map(await Promise.all([...new Set(ids)].map(async (id) => [id, await ask(id)] as const)));
}

/** Runs and is not yet late: only then the calendar tells the light. */
const mayGlow = (row: RawRow, now: Date): boolean =>
  row.clock_status === 'running' && row.received_at !== null && !(row.due_current !== null && now > row.due_current);

function lightOf(row: RawRow, calendar: CompiledCalendar | undefined, now: Date): DossierRowType['light'] {
  if (row.clock_status === 'paused') return 'paused';
  if (row.clock_status !== 'running' || row.received_at === null) return 'none';
  if (!calendar || !mayGlow(row, now)) return 'red';
  const byDossier = clockLight(calendar, { startedAt: row.received_at, dueAt: row.due_current, now }).light;
  if (row.step_started_at === null || row.step_due_at === null) return byDossier;
  const byStep = clockLight(calendar, { startedAt: row.step_started_at, dueAt: row.step_due_at, now }).light;
  const rank = { none: 0, paused: 0, green: 1, amber: 2, red: 3 } as const;
  return rank[byStep] > rank[byDossier] ? byStep : byDossier;
}
