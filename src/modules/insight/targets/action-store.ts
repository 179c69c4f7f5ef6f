import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { ActionAct, ActionState } from './rules/action.ts';

export type ActionRow = {
  readonly id: string;
  readonly version: number;
  readonly originType: string;
  readonly originId: string;
  readonly originLabel: string;
  readonly unitId: string;
  readonly title: string;
  readonly ownerStaffId: string;
  readonly dueDay: Day;
  readonly state: ActionState;
  readonly createdAt: Date;
};

const FIELDS =
  sql.raw(`a.id, a.version, a.origin_type "originType", a.origin_id "originId", a.origin_label "originLabel",
  a.unit_id "unitId", a.title, a.owner_staff_id "ownerStaffId", a.due_day "dueDay", a.state, a.created_at "createdAt"`);

/** Actions of these units, and those the person answers for wherever they are. */
export type ActionScope = { readonly unitIds: readonly string[]; readonly staffId: string | null };

const within = ({ unitIds, staffId }: ActionScope): RawBuilder<boolean> =>
  sql<boolean>`(a.unit_id = any(${[...unitIds]}::uuid[]) or a.owner_staff_id = ${staffId}::uuid)`;

export async function findAction(db: Db, scope: ActionScope, id: string): Promise<ActionRow | undefined> {
  const { rows } =
    await sql<ActionRow>`select ${FIELDS} from targets.action a where a.id = ${id}::uuid and ${within(scope)}`.execute(
      db,
    );
  return rows[0];
}

export type ActionFilter = {
  readonly unitId?: string | undefined;
  readonly originType?: string | undefined;
  readonly originIds?: readonly string[] | undefined;
  readonly mine?: boolean | undefined;
  /** `running`: open or being worked on; `late`: running and past the due day. */
  readonly only?: 'running' | 'late' | 'done' | 'dropped' | undefined;
  readonly q?: string | undefined;
  readonly today: Day;
};

/** Running ones by due day, then the newest of the rest. */
export async function listActions(
  db: Db,
  scope: ActionScope,
  filter: ActionFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ rows: readonly ActionRow[]; total: number }> {
  const running = sql`a.state in ('open', 'doing')`;
  const only = {
    running,
    late: sql`(${running} and a.due_day < ${filter.today}::date)`,
    done: sql`a.state = 'done'`,
    dropped: sql`a.state = 'dropped'`,
  };
  const where = sql`${within(scope)} ${filter.only ? sql`and ${only[filter.only]}` : sql``}
    ${filter.unitId ? sql`and a.unit_id = ${filter.unitId}::uuid` : sql``}
    ${filter.originType ? sql`and a.origin_type = ${filter.originType}` : sql``}
    ${filter.originIds ? sql`and a.origin_id = any(${[...filter.originIds]}::text[])` : sql``}
    ${filter.mine ? sql`and a.owner_staff_id = ${scope.staffId}::uuid` : sql``}
    ${filter.q ? sql`and platform.fold(a.title || ' ' || a.origin_label) like '%' || platform.fold(${likely(filter.q)}) || '%'` : sql``}`;
  const { rows } = await sql<ActionRow & { n: number }>`select ${FIELDS}, count(*) over ()::int n from targets.action a
    where ${where} order by ${running} desc, case when ${running} then a.due_day end, a.id desc
    offset ${page.offset} limit ${page.limit}`.execute(db);
  if (rows.length === 0 && page.offset > 0) {
    const { rows: counted } = await sql<{
      n: number;
    }>`select count(*)::int n from targets.action a where ${where}`.execute(db);
    return { rows: [], total: counted[0]?.n ?? 0 };
  }
  return { rows: rows.map(({ n: _, ...row }) => row), total: rows[0]?.n ?? 0 };
}

const likely = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

export async function insertAction(
  db: Db,
  one: Omit<ActionRow, 'version' | 'state'> & { readonly createdBy: string },
): Promise<void> {
  await sql`insert into targets.action
      (id, origin_type, origin_id, origin_label, unit_id, title, owner_staff_id, due_day, state, created_at, created_by)
    values (${one.id}::uuid, ${one.originType}, ${one.originId}, ${one.originLabel}, ${one.unitId}::uuid, ${one.title},
      ${one.ownerStaffId}::uuid, ${one.dueDay}::date, 'open', ${one.createdAt}, ${one.createdBy})`.execute(db);
}

/** Changes an action at the version that was seen. @returns false where somebody was faster. */
export async function changeAction(
  db: Db,
  id: string,
  version: number,
  change: {
    readonly state: ActionState;
    readonly ownerStaffId?: string | undefined;
    readonly dueDay?: Day | undefined;
  },
): Promise<boolean> {
  const { rows } = await sql`update targets.action set version = version + 1, state = ${change.state},
      owner_staff_id = coalesce(${change.ownerStaffId ?? null}::uuid, owner_staff_id),
      due_day = coalesce(${change.dueDay ?? null}::date, due_day),
      reminded_on = case when ${change.dueDay ?? null}::date is null then reminded_on end
    where id = ${id}::uuid and version = ${version} returning id`.execute(db);
  return rows.length === 1;
}

export type ActionNote = {
  readonly act: 'create' | ActionAct;
  readonly state: ActionState;
  readonly text: string;
  readonly at: Date;
  readonly by: string;
};

export async function insertNote(db: Db, actionId: string, one: ActionNote): Promise<void> {
  await sql`insert into targets.action_note (action_id, seq, act, state, text, at, by)
    select ${actionId}::uuid, coalesce(max(seq), 0) + 1, ${one.act}, ${one.state}, ${one.text}, ${one.at}, ${one.by}
    from targets.action_note where action_id = ${actionId}::uuid`.execute(db);
}

/** Oldest first, by action. */
export async function listNotes(
  db: Db,
  actionIds: readonly string[],
): Promise<readonly (ActionNote & { readonly actionId: string })[]> {
  if (actionIds.length === 0) return [];
  const { rows } = await sql<ActionNote & { actionId: string }>`select action_id "actionId", act, state, text, at, by
    from targets.action_note where action_id = any(${[...actionIds]}::uuid[]) order by action_id, seq`.execute(db);
  return rows;
}

/** Running actions whose due day has come and that were not reminded of within `everyDays` days. Locks them. */
export async function takeDue(db: Db, today: Day, everyDays: number, limit: number): Promise<readonly ActionRow[]> {
  const { rows } = await sql<ActionRow>`with due as (select id from targets.action
      where state in ('open', 'doing') and due_day <= ${today}::date
        and (reminded_on is null or reminded_on <= ${today}::date - ${everyDays}::int)
      order by id limit ${limit} for update skip locked)
    update targets.action a set reminded_on = ${today}::date from due where a.id = due.id returning ${FIELDS}`.execute(
    db,
  );
  return rows;
}

/** Running and late actions by where they come from. */
export async function countActions(
  db: Db,
  originType: string,
  originIds: readonly string[],
  today: Day,
): Promise<ReadonlyMap<string, { readonly running: number; readonly late: number }>> {
  if (originIds.length === 0) return new Map();
  const { rows } = await sql<{ originId: string; running: number; late: number }>`select a.origin_id "originId",
      count(*)::int running, (count(*) filter (where a.due_day < ${today}::date))::int late
    from targets.action a where a.origin_type = ${originType} and a.origin_id = any(${[...originIds]}::text[])
      and a.state in ('open', 'doing') group by a.origin_id`.execute(db);
  return new Map(rows.map(({ originId, ...count }) => [originId, count]));
}
