import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../core/time/index.ts';
import { createGatherer } from '../../../platform/db/gather.ts';
import { onePerDb } from '../../../platform/db/one-per-db.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { SeriesFilter, Wider } from './narrowed-series.ts';
import { isNarrowed, type Narrowing, narrowed } from './narrowing-sql.ts';
import type { Bucket, Kind } from './rules/bundle.ts';
import { type Cut, type Range, rangesOf, timesOf } from './rules/ranges.ts';
import { type Lines, WIDTH } from './rules/series.ts';
import type { UnitRole } from './rules/types.ts';
import type { NamedBucket } from './series-store.ts';
import { bucketSql, measuresOf, PARTS } from './sums-sql.ts';
import { totalSeriesOf } from './total-series.ts';

/**
 * One reading of the sums: for each group of units, the counts by bucket and channel of each stretch between two of the
 * days of its kind.
 */
export type SegmentAsk = {
  readonly groups: readonly (readonly string[])[];
  readonly role: UnitRole;
  /** Ascending; a stretch is named by the place of its end among them. */
  readonly days: readonly Day[];
  readonly cuts: readonly Cut[];
  readonly narrowing: Narrowing;
  readonly byProcedure: boolean;
};

/** What one group (of one procedure, where they are told apart) counts: at each day all that lies between the days before. */
export type Segments = { readonly g: number; readonly procedure: string; readonly lines: Lines<Bucket> };

/** A row of the tables. */
type SegmentSum = {
  readonly g: number;
  readonly s: number;
  readonly bucket: string;
  readonly channel: string;
  readonly procedure: string;
  readonly n: number;
  readonly minutes: number;
  readonly worked: number;
  readonly workMinutes: number;
};

/** `kinds`: those read of the range. */
type Segment = Range & { readonly s: number; readonly kinds: readonly Kind[] };

/** Whether whole halves are added up in memory: by the deciding unit, procedures told apart of few groups only. */
export const isKept = ({ role, byProcedure, groups }: Pick<SegmentAsk, 'role' | 'byProcedure' | 'groups'>): boolean =>
  role === 'decided' && (!byProcedure || groups.length <= FEW_GROUPS);

/**
 * Sums of whole halves from the series that are kept, or from `cell`; days at the edges from the facts. Who asks has opened
 * the book before.
 */
export async function readSegments(db: Db, ask: SegmentAsk): Promise<readonly Segments[]> {
  const kept = isKept(ask);
  const segments = segmentsOf(ask);
  const whole = { ask, segments: segments.filter((one) => one.grain !== 'day') };
  const edges = { ask, segments: segments.filter((one) => one.grain === 'day') };
  // What many read at once is alike where nothing is filtered: it travels together.
  const together = kept && !ask.byProcedure && !isNarrowed(ask.narrowing) && ask.groups.length <= FEW_GROUPS;
  const [halves, cells, days] = await Promise.all([
    kept ? totalSeriesOf(db).sums(ask, seriesFilterOf(ask), widerOf(ask)) : [],
    kept || whole.segments.length === 0 ? [] : readCells(db, whole),
    edges.segments.length === 0 ? [] : together ? sharedEdges(db)(edges) : readEdges(db, [edges]).then(firstOf),
  ]);
  const known = halves.flatMap((lines, g): readonly Segments[] =>
    lines.names.length === 0 ? [] : ask.byProcedure ? ofProcedures(g, lines) : [{ g, procedure: '', lines }],
  );
  return cells.length + days.length === 0 ? known : withRows(known, [...cells, ...days], ask.days.length);
}

const seriesFilterOf = ({ narrowing, byProcedure }: SegmentAsk): SeriesFilter<Narrowing, 'procedure'> => ({
  narrowing: isNarrowed(narrowing) ? narrowing : undefined,
  by: byProcedure ? 'procedure' : undefined,
});

/** Some procedures are among all of them told apart. */
function widerOf({
  narrowing: { procedureCodes, ...others },
}: SegmentAsk): Wider<NamedBucket, 'procedure'> | undefined {
  if (procedureCodes === undefined || isNarrowed(others)) return undefined;
  const codes = new Set(procedureCodes);
  return { by: 'procedure', only: ({ procedure }) => codes.has(procedure) };
}

/** Each procedure by itself. */
function ofProcedures(g: number, { names, places, sums }: Lines<NamedBucket>): readonly Segments[] {
  const size = places * WIDTH;
  return [...Map.groupBy(names.entries(), ([, { procedure }]) => procedure)].map(([procedure, mine]) => {
    if (mine.length === names.length) return { g, procedure, lines: { names, places, sums } };
    const own = new Float64Array(mine.length * size);
    for (const [at, [nth]] of mine.entries()) own.set(sums.subarray(nth * size, (nth + 1) * size), at * size);
    return { g, procedure, lines: { names: mine.map(([, name]) => name), places, sums: own } };
  });
}

/** What is known of groups, and rows of stretches. */
function withRows(known: readonly Segments[], rows: readonly SegmentSum[], places: number): readonly Segments[] {
  const keyOf = ({ g, procedure }: { readonly g: number; readonly procedure: string }): string => `${g} ${procedure}`;
  const groups = new Map(known.map((one) => [keyOf(one), one]));
  for (const [key, mine] of Map.groupBy(rows, keyOf)) {
    const [first] = mine;
    if (!first) continue;
    const { g, procedure } = first;
    groups.set(key, { g, procedure, lines: linesWith(groups.get(key)?.lines, mine, places) });
  }
  return [...groups.values()];
}

function linesWith(known: Lines<Bucket> | undefined, rows: readonly SegmentSum[], places: number): Lines<Bucket> {
  const names: Bucket[] = [...(known?.names ?? [])];
  const nameOf = ({ bucket, channel }: Bucket): string => `${bucket} ${channel}`;
  const at = new Map(names.map((name, nth) => [nameOf(name), nth]));
  for (const { bucket, channel } of rows) {
    const name = { bucket, channel };
    if (!at.has(nameOf(name))) at.set(nameOf(name), names.push(name) - 1);
  }
  const sums = new Float64Array(names.length * places * WIDTH);
  if (known) sums.set(known.sums);
  // A stretch lies before the day of its place and all later ones.
  for (const row of rows)
    for (let place = row.s; place < places; place++) {
      const begin = ((at.get(nameOf(row)) ?? 0) * places + place) * WIDTH;
      for (const [nth, value] of [row.n, row.minutes, row.worked, row.workMinutes].entries())
        sums[begin + nth] = (sums[begin + nth] ?? 0) + value;
    }
  return { names, places, sums };
}

/** A question with the stretches one table answers. */
type Question = { readonly ask: SegmentAsk; readonly segments: readonly Segment[] };
type Answers = readonly (readonly SegmentSum[])[];

/** Tables of more groups than this would keep the others waiting, or fill the memory. */
const FEW_GROUPS = 20;
/** Statements under way at once, and questions of one at most. */
const sharedEdges = onePerDb((db) =>
  createGatherer({
    atOnce: 2,
    most: 16,
    mayRepeat: () => true,
    write: (questions: readonly Question[]) => readEdges(db, questions),
  }),
);

const firstOf = (answers: Answers): readonly SegmentSum[] => answers[0] ?? [];

function segmentsOf({ cuts, days }: SegmentAsk): readonly Segment[] {
  const found = new Map<string, Segment>();
  for (const cut of cuts) {
    const { kind } = cut;
    for (const { from, until, s } of timesOf(cut, days)) {
      for (const range of rangesOf(from, until)) {
        const key = `${s} ${range.grain} ${range.from} ${range.until}`;
        found.set(key, { ...range, s, kinds: [...(found.get(key)?.kinds ?? []), kind] });
      }
    }
  }
  return [...found.values()];
}

const units = (asks: readonly Pick<SegmentAsk, 'groups'>[]): RawBuilder<unknown> => {
  const rows = asks.flatMap(({ groups }, q) => groups.flatMap((ids, g) => ids.map((id) => ({ id, g, q }))));
  return sql`unnest(${rows.map((one) => one.id)}::uuid[], ${rows.map((one) => one.g)}::integer[], ${rows.map((one) => one.q)}::integer[]) u(id, g, q)`;
};

const ranges = (questions: readonly Question[]): RawBuilder<unknown> => {
  const rows = questions.flatMap(({ segments }, q) => segments.map((one) => ({ ...one, q })));
  return sql`unnest(${rows.map((one) => one.from)}::date[], ${rows.map((one) => one.until)}::date[],
    ${rows.map((one) => one.s)}::integer[], ${rows.map((one) => one.kinds.join())}::text[], ${rows.map((one) => one.q)}::integer[]) p(first, until, s, kinds, q)`;
};

/** The rows of a table of one unit by its role; twice an index instead of a condition no index serves. */
function ofUnit({ role }: Pick<SegmentAsk, 'role'>, alias: string): readonly RawBuilder<unknown>[] {
  const a = sql.raw(alias);
  return role === 'decided'
    ? [sql`${a}.unit_id = u.id`]
    : [
        sql`${a}.unit_id = u.id and ${a}.received_unit_id = u.id`,
        sql`${a}.received_unit_id = u.id and ${a}.received_unit_id <> ${a}.unit_id`,
      ];
}

const MEASURES = sql.raw(
  'sum(x.n)::float8 n, sum(x.minutes)::float8 minutes, sum(x.worked)::float8 worked, sum(x.work_minutes)::float8 "workMinutes"',
);

/** A question with filters, from the sums that know them. */
async function readCells(db: Db, question: Question): Promise<readonly SegmentSum[]> {
  const { ask } = question;
  const procedure = sql.raw(ask.byProcedure ? 'c.procedure_code' : "''::text");
  // `offset 0`: each stretch of each unit is walked by index whatever their number.
  const branches = ofUnit(ask, 'c').map(
    (mine) => sql`(select c.bucket, c.channel, ${procedure} procedure, c.n, c.minutes, c.worked, c.work_minutes
    from metrics.cell c
    where ${mine} and c.kind = any(string_to_array(p.kinds, ',')) and c.start >= p.first and c.start < p.until
      and ${narrowed(ask.narrowing, 'c')} offset 0)`,
  );
  return readBranches(db, [question], branches).then(firstOf);
}

async function readEdges(db: Db, questions: readonly Question[]): Promise<Answers> {
  const ask = askOf(questions);
  const procedure = sql.raw(ask.byProcedure ? 'f.procedure_code' : "''::text");
  const kinds = new Set(questions.flatMap((question) => question.ask.cuts.map((cut) => cut.kind)));
  const branches = PARTS.filter((part) => kinds.has(part.kind)).flatMap((part) =>
    ofUnit(ask, 'f').map((mine) => {
      const day = sql.raw(part.day('f'));
      const measures = sql.raw(measuresOf(part, 'f'));
      return sql`select ${sql.raw(bucketSql(part.kind, part.by('f')))} bucket, f.channel, ${procedure} procedure, count(*) n, ${measures}
      from metrics.fact f where ${mine} and ${day} >= p.first and ${day} < p.until and ${sql.raw(part.when('f'))} and ${narrowed(ask.narrowing, 'f')}
        and ${sql.lit(part.kind)} = any(string_to_array(p.kinds, ','))
      group by 1, 2, 3`;
    }),
  );
  return readBranches(db, questions, branches);
}

function askOf(questions: readonly Question[]): SegmentAsk {
  const [first] = questions;
  if (!first) throw new Error('a statement answers a question');
  return first.ask;
}

async function readBranches(
  db: Db,
  questions: readonly Question[],
  branches: readonly RawBuilder<unknown>[],
): Promise<Answers> {
  const { rows } = await sql<
    SegmentSum & { readonly q: number }
  >`select u.q, u.g, p.s, x.bucket, x.channel, x.procedure, ${MEASURES}
    from ${units(questions.map((one) => one.ask))} join ${ranges(questions)} on p.q = u.q cross join lateral (${sql.join(branches, sql` union all `)}) x
    group by 1, 2, 3, 4, 5, 6`.execute(db);
  const answers: SegmentSum[][] = questions.map(() => []);
  for (const row of rows) answers[row.q]?.push(row);
  return answers;
}

/** Dossiers of one group and channel; `procedure` is empty unless asked by procedure. */
type LateCount = { readonly g: number; readonly channel: string; readonly procedure: string; readonly n: number };
type LateAsk = Pick<SegmentAsk, 'groups' | 'role' | 'narrowing' | 'byProcedure'>;

/** Dossiers of each group that are past their due instant since today, still open. */
export async function readLateToday(
  db: Db,
  ask: LateAsk,
  today: Day,
  now: Date,
): Promise<readonly (LateCount & { readonly answer: string })[]> {
  const procedure = sql.raw(ask.byProcedure ? 'f.procedure_code' : "''::text");
  const unit = sql.raw(ask.role === 'decided' ? 'f.unit_id' : 'f.received_unit_id');
  const { rows } = await sql<
    LateCount & { readonly answer: string }
  >`select u.g, f.channel, ${procedure} procedure, f.answer, count(*)::float8 n
    from metrics.fact f join ${units([ask])} on ${unit} = u.id
    where f.late_from = ${today}::date and f.due_at < ${now} and f.ended_day is null and ${narrowed(ask.narrowing, 'f')}
    group by 1, 2, 3, 4`.execute(db);
  return rows;
}

/** Days of reception from `from` to before `until`, judged on the day `asOf`; `p` is the caller's name of it. */
export type Late766Ask = { readonly p: number; readonly from: Day; readonly until: Day; readonly asOf: Day };

/** Dossiers of each group received in each of the times and late by Decision 766 on its day. */
export async function readLate766(
  db: Db,
  ask: LateAsk,
  times: readonly Late766Ask[],
): Promise<readonly (LateCount & { readonly p: number })[]> {
  const procedure = sql.raw(ask.byProcedure ? 'f.procedure_code' : "''::text");
  const branches = ofUnit(ask, 'f').map(
    (mine) => sql`select f.channel, ${procedure} procedure, count(*) n from metrics.fact f
      where ${mine} and f.received_day >= t.first and f.received_day < t.until and f.late766_from <= t.as_of
        and ${narrowed(ask.narrowing, 'f')}
      group by 1, 2`,
  );
  const days = (pick: (one: Late766Ask) => Day) => sql`${times.map(pick)}::date[]`;
  const { rows } = await sql<LateCount & { readonly p: number }>`
    select u.g, t.p, x.channel, x.procedure, sum(x.n)::float8 n
    from ${units([ask])}
      cross join unnest(${times.map((one) => one.p)}::integer[], ${days((one) => one.from)}, ${days((one) => one.until)},
        ${days((one) => one.asOf)}) t(p, first, until, as_of)
      cross join lateral (${sql.join(branches, sql` union all `)}) x
    group by 1, 2, 3, 4`.execute(db);
  return rows;
}
