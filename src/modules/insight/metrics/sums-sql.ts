import type { Kind } from './rules/bundle.ts';
import { SERVED } from './rules/facts.ts';

/** Columns of `metrics.fact`, also those of the view `metrics.fresh`. */
export const FACT_COLUMNS = [
  'dossier_id',
  'unit_id',
  'received_unit_id',
  'procedure_code',
  'channel',
  'received_day',
  'ended_day',
  'class',
  'outcome',
  'due_at',
  'late_from',
  'late766_from',
  'lateness_minutes',
  'answer',
  'due_day',
  'work_minutes',
  'service_level',
  'papers',
  'payment',
  'returned',
  'code',
  'account',
] as const;

/** The buckets a fact is counted in, each on a day; `f` names the fact. The one definition for keeping, rebuilding and edges. */
export type Part = {
  readonly kind: Kind;
  readonly day: (f: string) => string;
  /** Whether the fact is counted here. */
  readonly when: (f: string) => string;
  /** What of the fact makes the bucket. */
  readonly by: (f: string) => readonly string[];
  /** Minutes are added up here. */
  readonly measured: boolean;
};

const has =
  (column: string) =>
  (f: string): string =>
    `${f}.${column} is not null`;
const day =
  (column: string) =>
  (f: string): string =>
    `${f}.${column}`;
const answer = (f: string): readonly string[] => [`${f}.answer`];

/** Where the fact says how a dossier was served. */
export const SERVED_COLUMN = {
  serviceLevel: 'service_level',
  papers: 'papers',
  payment: 'payment',
  returned: 'returned',
  account: 'account',
} as const satisfies Record<(typeof SERVED)[number], string>;

export const PARTS: readonly Part[] = [
  { kind: 'received', day: day('received_day'), when: () => 'true', by: () => [], measured: false },
  {
    kind: 'served',

    day: day('received_day'),
    when: () => 'true',
    by: (f) => SERVED.map((name) => `${f}.${SERVED_COLUMN[name]}`),
    measured: false,
  },
  {
    kind: 'ended',

    day: day('ended_day'),
    when: has('ended_day'),
    by: (f) => [
      `coalesce(${f}.class, '')`,
      `coalesce(${f}.outcome, '')`,
      `case when ${f}.class = 'late' then ${f}.answer else '' end`,
    ],
    measured: true,
  },
  {
    kind: 'due',

    day: day('due_day'),
    when: has('due_day'),
    by: (f) => [`case when ${f}.ended_day is null then 'open' else coalesce(${f}.class, '') end`],
    measured: false,
  },
  { kind: 'late-from', day: day('late_from'), when: has('late_from'), by: answer, measured: false },
  {
    kind: 'late-until',

    day: day('ended_day'),
    when: (f) => `${f}.late_from is not null and ${f}.ended_day is not null`,
    by: answer,
    measured: false,
  },
  {
    kind: 'late766',

    day: day('late766_from'),
    when: has('late766_from'),
    by: (f) => [`to_char(${f}.received_day, 'YYYY-MM')`],
    measured: false,
  },
];

/** `ended/late/granted/none`; `by` as SQL. */
export const bucketSql = (kind: Kind, by: readonly string[]): string => [`'${kind}'`, ...by].join(` || '/' || `);

/** First day of the half month of a day, in SQL. */
export const halfSql = (day: string): string =>
  `(date_trunc('month', ${day}::timestamp)::date + case when date_part('day', ${day}) >= 15 then 14 else 0 end)`;

/** What facts add to the sums: one row per day they count on. `f` names rows of `metrics.fact`. */
export const partsOf = (f: string, sign: '' | '-', from = f): string => `
  select ${f}.unit_id, ${f}.received_unit_id, ${f}.procedure_code, ${f}.channel, p.day, p.bucket, ${sign}1 as n, ${sign}p.minutes as minutes,
    ${sign}p.worked as worked, ${sign}p.work_minutes as work_minutes
  from ${from} cross join lateral (values ${PARTS.map(
    (part) =>
      `(case when ${part.when(f)} then ${part.day(f)} end, ${bucketSql(part.kind, part.by(f))}, ${
        part.measured
          ? `coalesce(${f}.lateness_minutes, 0), (${f}.work_minutes is not null)::integer, coalesce(${f}.work_minutes, 0)`
          : '0, 0, 0'
      })`,
  ).join(', ')}) as p(day, bucket, minutes, worked, work_minutes) where p.day is not null`;

/** What rows of sums, or of `partsOf`, add up to. */
export const MEASURES = 'sum(n) n, sum(minutes) minutes, sum(worked) worked, sum(work_minutes) work_minutes';
/** What facts of one part add up to, beside their number. */
export const measuresOf = ({ measured }: Part, f: string): string =>
  measured
    ? `coalesce(sum(${f}.lateness_minutes), 0) minutes, count(${f}.work_minutes) worked, coalesce(sum(${f}.work_minutes), 0) work_minutes`
    : '0 minutes, 0 worked, 0 work_minutes';

/** Whether groups still count something once what was before is taken back. */
export const HAVING = 'having sum(n) <> 0 or sum(minutes) <> 0 or sum(worked) <> 0 or sum(work_minutes) <> 0';

/** Rows for `metrics.cell` of sums by day: half months only, whoever asks adds them up. */
export const cellsOf = (source: string, changed = true): string =>
  `select unit_id, ${halfSql('day')} as start, bucket, procedure_code, channel, received_unit_id, ${MEASURES}
  from ${source} group by 1, 2, 3, 4, 5, 6 ${changed ? HAVING : ''}`;

/** The same for `metrics.total`. */
export const totalsOf = (source: string, changed = true): string =>
  `select unit_id, ${halfSql('day')} as start, bucket, channel, ${MEASURES} from ${source} group by 1, 2, 3, 4 ${changed ? HAVING : ''}`;
