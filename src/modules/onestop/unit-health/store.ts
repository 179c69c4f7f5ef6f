import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { RuleKind } from './rules/definition.ts';
import type { Facts, KnownFinding } from './rules/judge.ts';
import type { FindingState } from './rules/stages.ts';

export type StoredFinding = KnownFinding & {
  readonly version: number;
  readonly foundAt: Date;
  readonly deadline: Day;
  readonly checkedAt: Date;
  readonly reason: string | null;
  readonly evidence: string | null;
  readonly explainedBy: string | null;
  readonly decisionNote: string | null;
};

export type HistoryRow = {
  readonly kind: 'found' | 'changed' | 'reopened' | 'explained' | 'returned' | 'accepted' | 'closed';
  readonly at: Date;
  readonly actor: string;
  readonly note: string | null;
  readonly evidence: string | null;
};

const FINDING =
  sql.raw(`f.id, f.version, f.rule, f.unit_id "unitId", f.period, f.state, f.found_at "foundAt", f.deadline,
  f.measure, f.facts, f.checked_at "checkedAt", f.reason, f.evidence, f.explained_by "explainedBy",
  f.decision_note "decisionNote", f.closed_as "closedAs"`);
const uuids = (ids: readonly string[]): RawBuilder<unknown> => sql`any(${[...ids]}::uuid[])`;

/** Keeps other processes from looking at the same time, until the transaction ends. */
export async function lockLooking(trx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('unit_health'))`.execute(trx);
}

/** Findings not closed of any period, and all of the periods named; of all units where `unitIds` is undefined. */
export async function knownFindings(
  db: Db,
  unitIds: readonly string[] | undefined,
  periods: readonly string[],
): Promise<StoredFinding[]> {
  const mine = unitIds === undefined ? sql`true` : sql`f.unit_id = ${uuids(unitIds)}`;
  const { rows } = await sql<StoredFinding>`select ${FINDING} from unit_health.finding f
    where ${mine} and (f.state <> 'closed' or f.period = any(${[...periods]}::text[])) order by f.id`.execute(db);
  return rows;
}

export type FindingFilter = {
  readonly rule?: RuleKind | undefined;
  readonly state?: FindingState | 'unsettled' | undefined;
  readonly unitId?: string | undefined;
  readonly period?: string | undefined;
  readonly overdue?: boolean | undefined;
};

const OVERDUE = (today: Day): RawBuilder<unknown> =>
  sql`(f.state in ('open', 'returned') and f.deadline < ${today}::date)`;

function conditions(units: readonly string[], filter: FindingFilter, today: Day): RawBuilder<unknown> {
  const parts = [sql`f.unit_id = ${uuids(units)}`];
  if (filter.rule) parts.push(sql`f.rule = ${filter.rule}`);
  if (filter.state === 'unsettled') parts.push(sql`f.state <> 'closed'`);
  else if (filter.state) parts.push(sql`f.state = ${filter.state}`);
  if (filter.unitId) parts.push(sql`f.unit_id = ${filter.unitId}::uuid`);
  if (filter.period) parts.push(sql`f.period = ${filter.period}`);
  if (filter.overdue) parts.push(OVERDUE(today) as RawBuilder<boolean>);
  return sql.join(parts, sql` and `);
}

/** One page, what waits longest for its answer first, with the number of all that fit. */
export async function listFindings(
  db: Db,
  units: readonly string[],
  filter: FindingFilter,
  today: Day,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ rows: StoredFinding[]; total: number }> {
  const where = conditions(units, filter, today);
  const [{ rows }, counted] = await Promise.all([
    sql<StoredFinding>`select ${FINDING} from unit_health.finding f where ${where}
      order by (f.state = 'closed'), f.deadline, f.id limit ${page.limit} offset ${page.offset}`.execute(db),
    sql<{ n: number }>`select count(*) n from unit_health.finding f where ${where}`.execute(db),
  ]);
  return { rows, total: counted.rows[0]?.n ?? 0 };
}

/** Findings whose answer is overdue, the longest first. */
export async function listOverdue(
  db: Db,
  units: readonly string[],
  today: Day,
  limit: number,
): Promise<readonly StoredFinding[]> {
  const { rows } = await sql<StoredFinding>`select ${FINDING} from unit_health.finding f
    where f.unit_id = ${uuids(units)} and ${OVERDUE(today)} order by f.deadline, f.id limit ${limit}`.execute(db);
  return rows;
}

export async function sumFindings(
  db: Db,
  units: readonly string[],
  today: Day,
): Promise<{ unsettled: number; overdue: number; unitIds: string[] }> {
  const { rows } = await sql<{ unsettled: number; overdue: number; unitIds: string[] | null }>`
    select count(*) filter (where f.state <> 'closed') unsettled, count(*) filter (where ${OVERDUE(today)}) overdue,
      array_agg(distinct f.unit_id) "unitIds" from unit_health.finding f where f.unit_id = ${uuids(units)}`.execute(db);
  const row = rows[0];
  return { unsettled: row?.unsettled ?? 0, overdue: row?.overdue ?? 0, unitIds: row?.unitIds ?? [] };
}

export async function findFinding(
  db: Db,
  units: readonly string[],
  id: string,
  lock = false,
): Promise<StoredFinding | undefined> {
  const { rows } = await sql<StoredFinding>`select ${FINDING} from unit_health.finding f
    where f.id = ${id}::uuid and f.unit_id = ${uuids(units)} ${lock ? sql`for update` : sql``}`.execute(db);
  return rows[0];
}

export async function readHistory(db: Db, findingId: string): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`select kind, at, actor, note, evidence from unit_health.history
    where finding_id = ${findingId}::uuid order by seq`.execute(db);
  return rows;
}

/** @returns false where another process has made it. */
export async function insertFinding(
  trx: Db,
  finding: Pick<StoredFinding, 'id' | 'rule' | 'unitId' | 'period' | 'foundAt' | 'deadline' | 'measure' | 'facts'>,
): Promise<boolean> {
  const { rows } = await sql`insert into unit_health.finding
      (id, rule, unit_id, period, state, found_at, deadline, measure, facts, checked_at)
    values (${finding.id}, ${finding.rule}, ${finding.unitId}, ${finding.period}, 'open', ${finding.foundAt},
      ${finding.deadline}::date, ${finding.measure}, ${JSON.stringify(finding.facts)}::jsonb, ${finding.foundAt})
    on conflict on constraint finding_once do nothing returning id`.execute(trx);
  return rows.length > 0;
}

/** New facts; with `deadline` the finding is opened again and what was said of it before is left to its history. */
export async function updateFacts(
  trx: Db,
  id: string,
  now: { readonly measure: number; readonly facts: Facts; readonly at: Date; readonly deadline?: Day },
): Promise<void> {
  const again = now.deadline
    ? sql`, state = 'open', deadline = ${now.deadline}::date, closed_at = null, closed_as = null, reason = null, evidence = null,
        explained_at = null, explained_by = null, decided_at = null, decided_by = null, decision_note = null`
    : sql``;
  await sql`update unit_health.finding set version = version + 1, measure = ${now.measure},
    facts = ${JSON.stringify(now.facts)}::jsonb, checked_at = ${now.at} ${again} where id = ${id}::uuid`.execute(trx);
}

export async function markChecked(trx: Db, ids: readonly string[], at: Date): Promise<void> {
  await sql`update unit_health.finding set checked_at = ${at} where id = ${uuids(ids)}`.execute(trx);
}

export async function closeFinding(trx: Db, id: string, as: 'facts' | 'accepted', at: Date): Promise<void> {
  await sql`update unit_health.finding set version = version + 1, state = 'closed', closed_at = ${at}, closed_as = ${as}
    where id = ${id}::uuid`.execute(trx);
}

export async function saveExplanation(
  trx: Db,
  id: string,
  said: { readonly reason: string; readonly evidence: string; readonly at: Date; readonly by: string },
): Promise<void> {
  await sql`update unit_health.finding set version = version + 1, state = 'explained', reason = ${said.reason},
    evidence = ${said.evidence}, explained_at = ${said.at}, explained_by = ${said.by} where id = ${id}::uuid`.execute(
    trx,
  );
}

export async function saveDecision(
  trx: Db,
  id: string,
  decided: {
    readonly state: 'accepted' | 'returned';
    readonly note: string | null;
    readonly at: Date;
    readonly by: string;
    /** A returned explanation has a deadline of its own. */
    readonly deadline?: Day | undefined;
  },
): Promise<void> {
  await sql`update unit_health.finding set version = version + 1, state = ${decided.state}, decision_note = ${decided.note},
    decided_at = ${decided.at}, decided_by = ${decided.by}, deadline = coalesce(${decided.deadline ?? null}::date, deadline)
    where id = ${id}::uuid`.execute(trx);
}

/** Adds to the history; the caller holds the finding's row. */
export async function addHistory(
  trx: Db,
  findingId: string,
  row: HistoryRow & { readonly facts?: Facts | undefined },
): Promise<void> {
  await sql`insert into unit_health.history (finding_id, seq, kind, at, actor, note, evidence, facts)
    select ${findingId}::uuid, coalesce(max(seq), 0) + 1, ${row.kind}, ${row.at}, ${row.actor}, ${row.note}, ${row.evidence},
      ${row.facts ? JSON.stringify(row.facts) : null}::jsonb
    from unit_health.history where finding_id = ${findingId}::uuid`.execute(trx);
}

/** Whether the day's look is still to be done; says so once, in the caller's transaction. */
export async function takeDay(trx: Db, day: Day, at: Date): Promise<boolean> {
  const { rows } =
    await sql`insert into unit_health.run as r (name, day, ran_at) values ('nightly', ${day}::date, ${at})
    on conflict (name) do update set day = excluded.day, ran_at = excluded.ran_at where r.day < excluded.day returning name`.execute(
      trx,
    );
  return rows.length > 0;
}

export async function lastRun(db: Db): Promise<Day | null> {
  const { rows } = await sql<{ day: Day }>`select day from unit_health.run where name = 'nightly'`.execute(db);
  return rows[0]?.day ?? null;
}
