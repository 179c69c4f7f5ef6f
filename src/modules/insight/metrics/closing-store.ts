import { sql } from 'kysely';
import { createSharedReader } from '../../../platform/db/gather.ts';
import { onePerDb } from '../../../platform/db/one-per-db.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { MetricQuery, MetricWarning, Period } from './rules/types.ts';

export type FrozenFigure = {
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly definitionId: string;
  readonly warnings: readonly MetricWarning[];
  /** When its period was closed. */
  readonly at: Date;
};

export type FrozenFigures = ReadonlyMap<string, FrozenFigure>;
const readerOf = onePerDb((db) =>
  createSharedReader((asks: readonly (readonly MetricQuery[])[]) => readFrozen(db, asks.flat()), 16),
);

export const frozenKey = (q: Pick<MetricQuery, 'metricId' | 'unitId' | 'roll' | 'period'>): string =>
  `${q.period.id} ${q.period.cutoff} ${q.unitId} ${q.roll} ${q.metricId}`;

/**
 * Frozen figures of the queries by `frozenKey`; the earliest closing counts. What several ask at once is read together,
 * so there may be others among them.
 */
export const findFrozen = (db: Db, queries: readonly MetricQuery[]): Promise<FrozenFigures> => readerOf(db)(queries);

/** Which periods were closed by anybody, as `<period> <cutoff>`. */
export async function findClosedPeriods(db: Db): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{
    period: string;
  }>`select distinct period_id || ' ' || cutoff as period from metrics.closing`.execute(db);
  return new Set(rows.map((row) => row.period));
}

/** The units that have frozen figures of a period. */
export async function findFrozenUnits(db: Db, periodId: string, cutoff: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ unitId: string }>`select distinct f.unit_id "unitId"
    from metrics.closing c join metrics.frozen f on f.closing_id = c.id
    where c.period_id = ${periodId} and c.cutoff = ${cutoff}`.execute(db);
  return new Set(rows.map((row) => row.unitId));
}

async function readFrozen(db: Db, queries: readonly MetricQuery[]): Promise<FrozenFigures> {
  const { rows } = await sql<FrozenFigure & { key: string }>`select
      q.period_id || ' ' || q.cutoff || ' ' || q.unit_id || ' ' || q.roll || ' ' || q.metric_id as key,
      f.numerator, f.denominator, f.definition_id "definitionId", f.warnings, c.closed_at at
    from unnest(${queries.map((q) => q.period.id)}::text[], ${queries.map((q) => q.period.cutoff)}::text[], ${queries.map((q) => q.unitId)}::uuid[],
      ${queries.map((q) => q.roll)}::text[], ${queries.map((q) => q.metricId)}::text[]) q(period_id, cutoff, unit_id, roll, metric_id)
    join metrics.closing c on c.period_id = q.period_id and c.cutoff = q.cutoff
    join metrics.frozen f on f.closing_id = c.id and f.unit_id = q.unit_id and f.roll = q.roll and f.metric_id = q.metric_id
    order by c.closed_at desc`.execute(db);
  return new Map(rows.map(({ key, ...figure }) => [key, figure]));
}

export type Closing = {
  readonly id: string;
  readonly unitId: string;
  readonly period: Period;
  readonly closedAt: Date;
  readonly closedBy: string;
  /** SHA-256 of `document`, hexadecimal. */
  readonly digest: string;
  readonly document: string;
};

type Row = Omit<Closing, 'period'> & {
  id: string;
  periodId: string;
  cutoff: Period['cutoff'];
  from: string;
  to: string;
};

/** Every closing as `<unit> <period> <cutoff>`. */
export async function findClosed(db: Db): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{
    key: string;
  }>`select unit_id || ' ' || period_id || ' ' || cutoff as key from metrics.closing`.execute(db);
  return new Set(rows.map((row) => row.key));
}

export type FrozenRow = {
  readonly unitId: string;
  readonly roll: 'own' | 'tree';
  readonly metricId: string;
  readonly definitionId: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly warnings: readonly string[];
};

export async function insertClosing(trx: Db, closing: Closing, rows: readonly FrozenRow[]): Promise<void> {
  const { period } = closing;
  await sql`insert into metrics.closing (id, unit_id, period_id, cutoff, period_from, period_to, closed_at, closed_by, digest, document)
    values (${closing.id}, ${closing.unitId}, ${period.id}, ${period.cutoff}, ${period.from}, ${period.to}, ${closing.closedAt}, ${closing.closedBy},
      ${closing.digest}, ${closing.document})`.execute(trx);
  const given = rows.map((row) => ({ ...row, unit: row.unitId, metric: row.metricId, definition: row.definitionId }));
  await sql`insert into metrics.frozen (closing_id, unit_id, roll, metric_id, definition_id, numerator, denominator, warnings)
    select ${closing.id}::uuid, unit, roll, metric, definition, numerator, denominator, array(select jsonb_array_elements_text(warnings))
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as t(unit uuid, roll text, metric text, definition text, numerator bigint, denominator bigint,
      warnings jsonb)`.execute(trx);
}

/** A closing without its document. */
export type ClosingHead = Omit<Closing, 'document'>;

/** Closings that froze a unit's figures, its own or a superior's, the latest period first; at most `limit`. */
export async function listClosings(db: Db, unitId: string, limit: number): Promise<readonly ClosingHead[]> {
  const { rows } = await sql<
    Omit<Row, 'document'>
  >`select id, unit_id "unitId", period_id "periodId", cutoff, period_from "from",
      period_to "to", closed_at "closedAt", closed_by "closedBy", digest
    from metrics.closing where id in (select closing_id from metrics.frozen where unit_id = ${unitId}::uuid) order by period_to desc, closed_at desc limit ${limit}`.execute(
    db,
  );
  return rows.map(({ periodId, cutoff, from, to, ...head }) => ({
    ...head,
    period: { id: periodId, cutoff, from, to },
  }));
}
