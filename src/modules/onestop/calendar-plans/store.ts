import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Direction, Policy } from './rules/judge.ts';
import type { PlanStatus } from './rules/stages.ts';

export const NOTHING_COUNTED = '00000000-0000-0000-0000-000000000000';

export type Plan = {
  readonly id: string;
  readonly version: number;
  readonly calendarCode: string;
  readonly toRevisionId: string;
  readonly fromRevisionIds: readonly string[];
  readonly unitId: string | null;
  readonly unitIds: readonly string[] | null;
  readonly cause: 'revision' | 'assignment';
  /** First day of the calendar at the unit it was assigned to; only where that is the cause. */
  readonly assignedFrom: Day | null;
  readonly receivedUnitIds: readonly string[] | null;
  readonly policy: Policy;
  readonly reason: string;
  readonly status: PlanStatus;
  readonly countedTo: string;
  readonly countedAt: Date | null;
  readonly madeAt: Date;
  readonly madeBy: string;
  readonly decisionNumber: string | null;
  readonly decisionReason: string | null;
  readonly acceptLate: boolean;
  readonly applyOrderedAt: Date | null;
  readonly applyOrderedBy: string | null;
  readonly appliedAt: Date | null;
  readonly revertReason: string | null;
  readonly revertOrderedAt: Date | null;
  readonly revertOrderedBy: string | null;
  readonly revertedAt: Date | null;
};
export type ItemState = 'listed' | 'kept' | 'moved' | 'skipped' | 'restored' | 'changed';
export type Item = {
  readonly dossierId: string;
  readonly code: string;
  readonly dossierVersion: number;
  readonly receivedByUnitId: string;
  readonly decidedByUnitId: string;
  readonly dueBefore: Date | null;
  readonly dueAfter: Date | null;
  readonly movedMinutes: number;
  readonly movedDays: number;
  readonly direction: Direction;
  readonly becomesLate: boolean;
  readonly state: ItemState;
  readonly why: string | null;
  readonly movedVersion: number | null;
};

const PLAN = {
  id: 'uuid',
  version: 'integer',
  calendarCode: 'text',
  toRevisionId: 'uuid',
  fromRevisionIds: 'uuid[]',
  unitId: 'uuid',
  unitIds: 'uuid[]',
  cause: 'text',
  assignedFrom: 'date',
  receivedUnitIds: 'uuid[]',
  policy: 'text',
  reason: 'text',
  status: 'text',
  countedTo: 'uuid',
  countedAt: 'timestamptz',
  madeAt: 'timestamptz',
  madeBy: 'text',
  decisionNumber: 'text',
  decisionReason: 'text',
  acceptLate: 'boolean',
  applyOrderedAt: 'timestamptz',
  applyOrderedBy: 'text',
  appliedAt: 'timestamptz',
  revertReason: 'text',
  revertOrderedAt: 'timestamptz',
  revertOrderedBy: 'text',
  revertedAt: 'timestamptz',
} as const satisfies Record<keyof Plan, string>;
const ITEM = {
  dossierId: 'uuid',
  code: 'text',
  dossierVersion: 'integer',
  receivedByUnitId: 'uuid',
  decidedByUnitId: 'uuid',
  dueBefore: 'timestamptz',
  dueAfter: 'timestamptz',
  movedMinutes: 'integer',
  movedDays: 'integer',
  direction: 'text',
  becomesLate: 'boolean',
  state: 'text',
  why: 'text',
  movedVersion: 'integer',
} as const satisfies Record<keyof Item, string>;

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const aliased = (columns: object, of: string): RawBuilder<unknown> =>
  sql.raw(
    Object.keys(columns)
      .map((name) => `${of}.${snake(name)} "${name}"`)
      .join(', '),
  );
const named = (columns: object): RawBuilder<unknown> => sql.raw(Object.keys(columns).map(snake).join(', '));

/** Plans somebody may see: those that touch one of their units. */
export async function listPlans(db: Db, unitIds: readonly string[], offset: number, limit: number): Promise<Plan[]> {
  const { rows } = await sql<Plan>`select ${aliased(PLAN, 'p')} from calendar_plan.plan p
    where ${touches(unitIds)} order by p.id desc offset ${offset} limit ${limit}`.execute(db);
  return rows;
}

export async function countPlans(db: Db, unitIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int n from calendar_plan.plan p where ${touches(unitIds)}`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function findPlan(db: Db, id: string, unitIds: readonly string[]): Promise<Plan | undefined> {
  const { rows } = await sql<Plan>`select ${aliased(PLAN, 'p')} from calendar_plan.plan p
    where p.id = ${id}::uuid and ${touches(unitIds)}`.execute(db);
  return rows[0];
}

const touches = (unitIds: readonly string[]): RawBuilder<boolean> =>
  sql`(p.unit_ids is null or p.unit_ids && ${[...unitIds]}::uuid[])`;

export async function insertPlan(db: Db, plan: Plan): Promise<void> {
  const row = Object.fromEntries(Object.entries(plan).map(([name, value]) => [snake(name), value]));
  const record = Object.entries(PLAN)
    .map(([name, type]) => `${snake(name)} ${type}`)
    .join(', ');
  // Arrays travel as JSON lists; `jsonb_to_record` makes them arrays again.
  await sql`insert into calendar_plan.plan (${named(PLAN)})
    select ${named(PLAN)} from jsonb_to_record(${JSON.stringify(row)}::jsonb) t(${sql.raw(record)})`.execute(db);
}

/** Whether a plan of this id was ever made. */
export async function isKnown(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from calendar_plan.plan where id = ${id}::uuid`.execute(db);
  return rows.length > 0;
}

/** Changes a plan at the version that was seen. @returns false where somebody was faster. */
export async function changePlan(db: Db, id: string, version: number, change: Partial<Plan>): Promise<boolean> {
  const sets = Object.entries(change).map(
    ([name, value]) => sql`${sql.ref(snake(name))} = ${value}::${sql.raw(PLAN[name as keyof Plan])}`,
  );
  const { rows } = await sql`update calendar_plan.plan set version = version + 1, ${sql.join(sets)}
    where id = ${id}::uuid and version = ${version} returning id`.execute(db);
  return rows.length === 1;
}

/** Notes what the timer did; people's versions stay valid. */
export async function notePlan(db: Db, id: string, change: Partial<Plan>): Promise<void> {
  const sets = Object.entries(change).map(
    ([name, value]) => sql`${sql.ref(snake(name))} = ${value}::${sql.raw(PLAN[name as keyof Plan])}`,
  );
  await sql`update calendar_plan.plan set ${sql.join(sets)} where id = ${id}::uuid`.execute(db);
}

/** A plan with work for a timer, locked until the transaction ends; another process's plan is passed over. */
export async function lockWork(db: Db): Promise<Plan | undefined> {
  const { rows } = await sql<Plan>`select ${aliased(PLAN, 'p')} from calendar_plan.plan p
    where p.status in ('counting', 'applying', 'reverting') order by p.id limit 1 for update skip locked`.execute(db);
  return rows[0];
}

export async function saveItems(db: Db, planId: string, items: readonly Item[]): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map((item) =>
    Object.fromEntries(Object.entries(item).map(([name, value]) => [snake(name), value])),
  );
  const record = Object.entries(ITEM)
    .map(([name, type]) => `${snake(name)} ${type}`)
    .join(', ');
  const sets = Object.keys(ITEM)
    .filter((name) => name !== 'dossierId')
    .map((name) => `${snake(name)} = excluded.${snake(name)}`)
    .join(', ');
  await sql`insert into calendar_plan.item (plan_id, ${named(ITEM)})
    select ${planId}::uuid, ${named(ITEM)} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) t(${sql.raw(record)})
    on conflict (plan_id, dossier_id) do update set ${sql.raw(sets)}`.execute(db);
}

export async function removeItems(db: Db, planId: string): Promise<void> {
  await sql`delete from calendar_plan.item where plan_id = ${planId}::uuid`.execute(db);
}

/** The next items in a state, by dossier: writers of dossiers lock in the same order. */
export async function nextItems(db: Db, planId: string, state: ItemState, limit: number): Promise<Item[]> {
  const { rows } = await sql<Item>`select ${aliased(ITEM, 'i')} from calendar_plan.item i
    where i.plan_id = ${planId}::uuid and i.state = ${state} order by i.dossier_id limit ${limit}`.execute(db);
  return rows;
}

/** Which of these dossiers the plan has already. */
export async function knownItems(db: Db, planId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select dossier_id id from calendar_plan.item
    where plan_id = ${planId}::uuid and dossier_id = any(${[...ids]}::uuid[])`.execute(db);
  return new Set(rows.map((row) => row.id));
}

export type ItemFilter = {
  readonly direction?: Direction | undefined;
  readonly state?: ItemState | undefined;
  readonly unitId?: string | undefined;
  readonly becomesLate?: boolean | undefined;
  readonly code?: string | undefined;
};

const matching = (planId: string, mine: readonly string[], filter: ItemFilter): RawBuilder<boolean> =>
  sql<boolean>`i.plan_id = ${planId}::uuid and i.decided_by_unit_id = any(${[...mine]}::uuid[])
    ${filter.direction ? sql`and i.direction = ${filter.direction}` : sql``}
    ${filter.state ? sql`and i.state = ${filter.state}` : sql``}
    ${filter.unitId ? sql`and i.decided_by_unit_id = ${filter.unitId}::uuid` : sql``}
    ${filter.becomesLate === undefined ? sql`` : sql`and i.becomes_late = ${filter.becomesLate}`}
    ${filter.code ? sql`and position(upper(${filter.code}) in i.code) > 0` : sql``}`;

/** Items of the reader's units (`mine`), in the order of units and codes. */
export async function listItems(
  db: Db,
  planId: string,
  mine: readonly string[],
  filter: ItemFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ rows: Item[]; total: number }> {
  const where = matching(planId, mine, filter);
  const { rows } = await sql<Item>`select ${aliased(ITEM, 'i')} from calendar_plan.item i where ${where}
    order by i.decided_by_unit_id, i.code offset ${page.offset} limit ${page.limit}`.execute(db);
  const { rows: counted } = await sql<{
    n: number;
  }>`select count(*)::int n from calendar_plan.item i where ${where}`.execute(db);
  return { rows, total: counted[0]?.n ?? 0 };
}

export type UnitTotals = {
  readonly unitId: string;
  readonly later: number;
  readonly earlier: number;
  readonly same: number;
  readonly unknown: number;
  readonly becomesLate: number;
  readonly listed: number;
  readonly kept: number;
  readonly moved: number;
  readonly skipped: number;
  readonly restored: number;
  readonly changed: number;
  readonly movedMinutes: number;
};

/** Figures of a plan by deciding unit. @param mine only these units; null: all (for the plan's own bookkeeping). */
export async function unitTotals(db: Db, planId: string, mine: readonly string[] | null): Promise<UnitTotals[]> {
  const { rows } = await sql<UnitTotals>`select i.decided_by_unit_id "unitId",
      count(*) filter (where i.direction = 'later')::int later, count(*) filter (where i.direction = 'earlier')::int earlier,
      count(*) filter (where i.direction = 'same')::int same, count(*) filter (where i.direction = 'unknown')::int unknown,
      count(*) filter (where i.becomes_late)::int "becomesLate",
      count(*) filter (where i.state = 'listed')::int listed, count(*) filter (where i.state = 'kept')::int kept,
      count(*) filter (where i.state = 'moved')::int moved, count(*) filter (where i.state = 'skipped')::int skipped,
      count(*) filter (where i.state = 'restored')::int restored, count(*) filter (where i.state = 'changed')::int changed,
      coalesce(sum(i.moved_minutes) filter (where i.state in ('listed', 'moved')), 0)::int "movedMinutes"
    from calendar_plan.item i where i.plan_id = ${planId}::uuid
      and (${mine === null} or i.decided_by_unit_id = any(${[...(mine ?? [])]}::uuid[]))
    group by i.decided_by_unit_id order by 1`.execute(db);
  return rows;
}
