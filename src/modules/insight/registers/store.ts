import { sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import { type Db, isDuplicate } from '../../../platform/db/open.ts';
import type { RegisterValues } from './rules/register.ts';

export type Entry = {
  readonly id: string;
  readonly version: number;
  readonly registerId: string;
  readonly unitId: string;
  readonly periodId: string;
  readonly lineKey: string;
  /** Counts in the figure; null: does not. */
  readonly counted: RegisterValues | null;
  /** As last entered, also after the closing; null: the line was taken out. */
  readonly current: RegisterValues | null;
  readonly enteredAt: Date;
  readonly lateDays: number;
  readonly changedAt: Date;
  readonly changedBy: string;
};

const FIELDS = sql.raw(`e.id, e.version, e.register_id "registerId", e.unit_id "unitId", e.period_id "periodId",
  e.line_key "lineKey", e.counted, e.current, e.entered_at "enteredAt", e.late_days "lateDays", e.changed_at "changedAt",
  e.changed_by "changedBy"`);

/** Entries of units in periods of registers, lines in the order of their keys. */
export async function listEntries(
  db: Db,
  registerIds: readonly string[],
  unitIds: readonly string[],
  periodIds: readonly string[],
): Promise<readonly Entry[]> {
  if (unitIds.length === 0 || periodIds.length === 0) return [];
  const { rows } = await sql<Entry>`select ${FIELDS} from registers.entry e
    where e.register_id = any(${[...registerIds]}) and e.unit_id = any(${[...unitIds]}::uuid[])
      and e.period_id = any(${[...periodIds]}) order by e.line_key, e.id`.execute(db);
  return rows;
}

/** Entries that stand and refer to a result whose code begins so; the newest periods first. */
export async function listReferring(
  db: Db,
  registerIds: readonly string[],
  unitIds: readonly string[],
  code: string,
  limit: number,
): Promise<readonly Entry[]> {
  const { rows } = await sql<Entry>`select ${FIELDS} from registers.entry e
    where e.register_id = any(${[...registerIds]}) and e.unit_id = any(${[...unitIds]}::uuid[]) and e.current is not null
      and exists (select 1 from jsonb_each_text(e.current) held where starts_with(held.value, ${code}))
    order by e.period_id desc, e.line_key, e.id limit ${limit}`.execute(db);
  return rows;
}

export async function findEntry(db: Db, id: string): Promise<Entry | undefined> {
  const { rows } = await sql<Entry>`select ${FIELDS} from registers.entry e where e.id = ${id}::uuid`.execute(db);
  return rows[0];
}

const json = (values: RegisterValues | null): string | null => values && JSON.stringify(values);

/** A first entry. @returns false where there is one already */
export async function insertEntry(db: Db, one: Omit<Entry, 'version'>): Promise<boolean> {
  const { rows } = await sql`insert into registers.entry
      (id, register_id, unit_id, period_id, line_key, counted, current, entered_at, late_days, changed_at, changed_by)
    values (${one.id}::uuid, ${one.registerId}, ${one.unitId}::uuid, ${one.periodId}, ${one.lineKey}, ${json(one.counted)}::jsonb,
      ${json(one.current)}::jsonb, ${one.enteredAt}, ${one.lateDays}, ${one.changedAt}, ${one.changedBy})
    on conflict (register_id, unit_id, period_id, line_key) do nothing returning id`.execute(db);
  return rows.length === 1;
}

export type EntryChange = Pick<
  Entry,
  'lineKey' | 'counted' | 'current' | 'enteredAt' | 'lateDays' | 'changedAt' | 'changedBy'
>;

/** Changes an entry at the version that was seen. @returns `taken`: another line of its place has the key */
export async function changeEntry(
  db: Db,
  id: string,
  version: number,
  one: EntryChange,
): Promise<'done' | 'stale' | 'taken'> {
  try {
    const { rows } = await sql`update registers.entry set version = version + 1, line_key = ${one.lineKey},
        counted = ${json(one.counted)}::jsonb, current = ${json(one.current)}::jsonb, entered_at = ${one.enteredAt},
        late_days = ${one.lateDays}, changed_at = ${one.changedAt}, changed_by = ${one.changedBy}
      where id = ${id}::uuid and version = ${version} returning id`.execute(db);
    return rows.length === 1 ? 'done' : 'stale';
  } catch (error) {
    if (isDuplicate(error)) return 'taken';
    throw error;
  }
}

export type EntryVersion = {
  readonly no: number;
  readonly content: RegisterValues | null;
  readonly isCounted: boolean;
  readonly origin: 'typed' | 'import';
  readonly reason: string;
  readonly evidence: string;
  readonly at: Date;
  readonly by: string;
};

export async function insertVersion(db: Db, entryId: string, one: EntryVersion): Promise<void> {
  await sql`insert into registers.entry_version (entry_id, no, content, is_counted, origin, reason, evidence, at, by)
    values (${entryId}::uuid, ${one.no}, ${json(one.content)}::jsonb, ${one.isCounted}, ${one.origin}, ${one.reason},
      ${one.evidence}, ${one.at}, ${one.by})`.execute(db);
}

/** Every version, newest first. */
export async function listVersions(db: Db, entryId: string): Promise<readonly EntryVersion[]> {
  const { rows } = await sql<EntryVersion>`select no, content, is_counted "isCounted", origin, reason, evidence, at, by
    from registers.entry_version where entry_id = ${entryId}::uuid order by no desc`.execute(db);
  return rows;
}

export type Opening = {
  readonly id: string;
  readonly registerId: string;
  readonly periodId: string;
  readonly unitId: string;
  readonly untilDay: Day;
  readonly reason: string;
  readonly at: Date;
  readonly by: string;
};

export async function insertOpening(db: Db, one: Opening): Promise<void> {
  await sql`insert into registers.opening (id, register_id, period_id, unit_id, until_day, reason, at, by)
    values (${one.id}::uuid, ${one.registerId}, ${one.periodId}, ${one.unitId}::uuid, ${one.untilDay}::date, ${one.reason},
      ${one.at}, ${one.by})`.execute(db);
}

export async function listOpenings(
  db: Db,
  registerIds: readonly string[],
  periodIds: readonly string[],
): Promise<readonly Opening[]> {
  const { rows } = await sql<Opening>`select id, register_id "registerId", period_id "periodId", unit_id "unitId",
      until_day "untilDay", reason, at, by
    from registers.opening where register_id = any(${[...registerIds]}) and period_id = any(${[...periodIds]}) order by at`.execute(
    db,
  );
  return rows;
}

/** Where something is not entered. */
export type ReminderPlace = { readonly registerId: string; readonly periodId: string; readonly unitId: string };

/** Marks these places as reminded of today. @returns those nobody was reminded of after `last` */
export async function takeReminders(
  db: Db,
  places: readonly ReminderPlace[],
  today: Day,
  last: Day,
): Promise<readonly ReminderPlace[]> {
  if (places.length === 0) return [];
  const { rows } =
    await sql<ReminderPlace>`insert into registers.reminder as r (register_id, period_id, unit_id, reminded_on)
    select p.*, ${today}::date from unnest(${places.map((one) => one.registerId)}::text[],
      ${places.map((one) => one.periodId)}::text[], ${places.map((one) => one.unitId)}::uuid[]) p
    on conflict (register_id, period_id, unit_id) do update set reminded_on = excluded.reminded_on
      where r.reminded_on <= ${last}::date
    returning register_id "registerId", period_id "periodId", unit_id "unitId"`.execute(db);
  return rows;
}
