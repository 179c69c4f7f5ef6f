import Type, { type Static } from 'typebox';
import { COUNTS } from './counts.ts';
import { CUTOFFS, RANKS } from './period.ts';
import { type KnownRegister, METRICS_SOURCE, SOURCE_REACHES, type Source, SourceSchema } from './source.ts';

const Id = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.-]*$', maxLength: 40 });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Text = Type.String({ minLength: 1, maxLength: 2000 });
const strict = { additionalProperties: false };
const ColumnNo = Type.String({ pattern: '^[0-9]{1,3}$' });
const Metrics = Type.Array(Type.Enum(COUNTS), { minItems: 1 });
const LEVELS = ['province', 'district', 'commune'] as const;

const ColumnSchema = Type.Object(
  {
    /** Number printed under the head: `3` is read (3). */
    no: ColumnNo,
    title: Text,
    /** Heads above the column, outermost first. */
    group: Type.Optional(Type.Array(Text)),
    /**
     * `order`, `label`, `note`; `metric` sums counts; `formula` adds and subtracts columns or divides two; `manual` is
     * typed; `value` is what the row says: its counts, or typed.
     */
    kind: Type.Enum(['order', 'label', 'note', 'metric', 'formula', 'manual', 'value']),
    metrics: Type.Optional(Metrics),
    plus: Type.Optional(Type.Array(ColumnNo, { minItems: 1 })),
    minus: Type.Optional(Type.Array(ColumnNo, { minItems: 1 })),
    /** Percentage of the first column over the second, two decimals; no data where the second is 0. */
    percent: Type.Optional(Type.Tuple([ColumnNo, ColumnNo])),
    type: Type.Optional(Type.Enum(['integer', 'decimal', 'text'])),
    /** Of a typed column in a form with a row for each unit: every row's cell comes from a register. */
    source: Type.Optional(SourceSchema),
  },
  strict,
);

const RowSchema = Type.Object(
  {
    id: Id,
    no: Type.Optional(Type.String({ maxLength: 10 })),
    label: Text,
    unit: Type.Optional(Text),
    metrics: Type.Optional(Metrics),
    heading: Type.Optional(Type.Boolean()),
    /** Typed cells of the row that come from a register, by column. */
    sources: Type.Optional(Type.Record(ColumnNo, SourceSchema)),
    /** Typed cells of the row, by column, to which is added what the units below have sent. */
    rollUp: Type.Optional(Type.Array(ColumnNo, { minItems: 1 })),
  },
  strict,
);

const RowsSchema = Type.Union([
  Type.Object({ by: Type.Literal('field') }, strict),
  /** One row a unit: the unit itself and each unit below that reports to it, by the first of `of` it sent. */
  Type.Object({ by: Type.Literal('unit'), of: Type.Array(Id, { minItems: 1 }) }, strict),
  Type.Object(
    {
      by: Type.Literal('fixed'),
      /** Whose dossiers the rows count: the unit with its offices (`own`, also without it), or everything below it too. */
      reach: Type.Optional(Type.Enum(SOURCE_REACHES)),
      list: Type.Array(RowSchema, { minItems: 1 }),
    },
    strict,
  ),
]);

const InvariantSchema = Type.Object(
  {
    id: Id,
    left: Type.Array(ColumnNo, { minItems: 1 }),
    relation: Type.Optional(Type.Enum(['=', '<='])),
    right: Type.Array(ColumnNo, { minItems: 1 }),
    says: Text,
  },
  strict,
);

const SectionSchema = Type.Object(
  { id: Id, no: Type.String({ maxLength: 10 }), title: Text, text: Type.Boolean(), hint: Type.Optional(Text) },
  strict,
);

const FigureSchema = Type.Object(
  {
    id: Id,
    label: Text,
    /** Columns of the total row, or counts where the rows are fixed. */
    numerator: Type.Union([Type.Array(ColumnNo, { minItems: 1 }), Metrics]),
    denominator: Type.Union([Type.Array(ColumnNo, { minItems: 1 }), Metrics]),
  },
  strict,
);

/** One report regime (chế độ báo cáo) with its form: everything NĐ 09/2019 asks a regime to say (domain §8.1). */
export const ReportFile = Type.Object(
  {
    id: Id,
    /** Further names people type: `06a`, `06a/VPCP/KSTT`. */
    aliases: Type.Array(Type.String({ minLength: 1, maxLength: 40 })),
    code: Type.String({ maxLength: 60 }),
    name: Text,
    validFrom: Day,
    validTo: Type.Optional(Day),
    content: Text,
    reporters: Text,
    recipient: Text,
    sending: Text,
    guide: Text,
    levels: Type.Array(Type.Enum(LEVELS), { minItems: 1 }),
    frequency: Type.Array(Type.Enum(RANKS), { minItems: 1 }),
    cutoff: Type.Enum(CUTOFFS),
    /** Given to every reporting unit by the system when such a period is over. */
    automatic: Type.Optional(Type.Array(Type.Enum(RANKS))),
    deadline: Type.Union([
      Type.Object({ daysAfter: Type.Integer({ minimum: 0, maximum: 90 }) }, strict),
      Type.Object(
        { month: Type.Integer({ minimum: 0, maximum: 3 }), day: Type.Integer({ minimum: 1, maximum: 31 }) },
        strict,
      ),
    ]),
    rows: RowsSchema,
    columns: Type.Array(ColumnSchema, { minItems: 2 }),
    invariants: Type.Array(InvariantSchema),
    /** Derived percentages under the table. */
    figures: Type.Array(FigureSchema),
    sections: Type.Array(SectionSchema),
    notes: Type.Array(Text),
    source: Text,
    verified: Type.Boolean(),
    doubt: Type.Optional(Text),
  },
  strict,
);
export type ReportDefinition = Static<typeof ReportFile>;
export type Column = Static<typeof ColumnSchema>;
export type Invariant = Static<typeof InvariantSchema>;

/** A mistake in a definition and where: `columns[3].plus[1]`. */
export type Finding = { readonly path: string; readonly message: string };

/**
 * Checks what the schema cannot: unknown columns, circles, a kind without what it needs, registers and measures nobody has.
 * Empty where all is well.
 */
export function lintReport(report: ReportDefinition, registers: readonly KnownRegister[]): Finding[] {
  const findings: Finding[] = [];
  const add = (path: string, message: string): void => void findings.push({ path, message });
  const byNo = new Map(report.columns.map((column) => [column.no, column]));
  const numeric = (no: string): boolean => {
    const kind = byNo.get(no)?.kind;
    return kind === 'metric' || kind === 'formula' || kind === 'manual' || kind === 'value';
  };
  const refer = (path: string, nos: readonly string[]): void => {
    nos.forEach((no, at) => {
      if (!byNo.has(no)) add(`${path}[${at}]`, `không có cột (${no})`);
      else if (!numeric(no)) add(`${path}[${at}]`, `cột (${no}) không phải cột số`);
    });
  };
  (report.automatic ?? []).forEach((rank, at) => {
    if (!report.frequency.includes(rank)) add(`automatic[${at}]`, 'kỳ tự động giao không có trong tần suất');
  });
  if (byNo.size !== report.columns.length) add('columns', 'số cột bị lặp');
  report.columns.forEach((column, at) => {
    const path = `columns[${at}]`;
    if (column.kind === 'metric' && !column.metrics) add(path, 'cột số liệu thiếu metrics');
    if (column.kind === 'formula' && !column.plus && !column.percent)
      add(path, 'cột công thức thiếu plus hoặc percent');
    refer(`${path}.plus`, column.plus ?? []);
    refer(`${path}.minus`, column.minus ?? []);
    refer(`${path}.percent`, column.percent ?? []);
    if (circular(byNo, column.no)) add(path, `công thức của cột (${column.no}) quay vòng`);
  });
  report.invariants.forEach((rule, at) => {
    refer(`invariants[${at}].left`, rule.left);
    refer(`invariants[${at}].right`, rule.right);
  });
  report.figures.forEach((figure, at) => {
    const refs = [...figure.numerator, ...figure.denominator];
    if (report.rows.by !== 'fixed') refer(`figures[${at}]`, refs);
    else if (refs.some((ref) => byNo.has(ref)))
      add(`figures[${at}]`, 'biểu có dòng cố định lấy tỷ lệ từ số liệu, không từ cột');
  });
  if (report.rows.by === 'fixed') {
    const ids = report.rows.list.map((row) => row.id);
    if (new Set(ids).size !== ids.length) add('rows.list', 'mã dòng bị lặp');
    report.rows.list.forEach((row, at) => {
      row.rollUp?.forEach((no, nth) => {
        const wrong = notAdded(row, no, byNo.get(no));
        if (wrong) add(`rows.list[${at}].rollUp[${nth}]`, wrong);
      });
    });
  } else if (report.columns.some((column) => column.kind === 'value')) {
    add('columns', 'cột kiểu value chỉ dùng được với dòng cố định');
  }
  for (const { path, source, column, row } of sourcesOf(report)) {
    const wrong = misplaced(report, column, row);
    if (wrong) add(path, wrong);
    for (const found of lintSource(source, column, report.rows.by, registers))
      add(`${path}.${found.path}`, found.message);
  }
  return findings;
}

type Row = Static<typeof RowSchema>;
type Placed = {
  readonly path: string;
  readonly source: Source;
  readonly column: Column | undefined;
  readonly row?: Row;
};

function sourcesOf({ columns, rows }: ReportDefinition): Placed[] {
  const ofColumns = columns.flatMap((column, at) =>
    column.source ? [{ path: `columns[${at}].source`, source: column.source, column }] : [],
  );
  if (rows.by !== 'fixed') return ofColumns;
  const ofRows = rows.list.flatMap((row, at) =>
    Object.entries(row.sources ?? {}).map(([no, source]) => ({
      path: `rows.list[${at}].sources.${no}`,
      source,
      column: columns.find((one) => one.no === no),
      row,
    })),
  );
  return [...ofColumns, ...ofRows];
}

/** Why a cell cannot come from a register at all. */
function misplaced({ rows }: ReportDefinition, column: Column | undefined, row: Row | undefined): string | undefined {
  if (!column) return 'không có cột này';
  if (!row && rows.by === 'field') return 'sổ không chia theo lĩnh vực nên không điền được dòng theo lĩnh vực';
  if (!row && rows.by === 'fixed') return 'biểu có dòng cố định ghi nguồn ở từng dòng, không ở cột';
  if (row?.heading) return 'dòng đề mục không có số';
  if (column.type === 'text') return `cột (${column.no}) ghi chữ, không nhận số của sổ`;
  if (column.kind === 'value' && row?.metrics) return `ô cột (${column.no}) đã đếm từ hồ sơ`;
  if (column.kind !== 'manual' && column.kind !== 'value') return `cột (${column.no}) không phải cột nhập tay`;
  return undefined;
}

/** Why what units below have sent cannot be added to a cell. */
function notAdded(row: Row, no: string, column: Column | undefined): string | undefined {
  if (!column) return `không có cột (${no})`;
  if (row.heading) return 'dòng đề mục không có số';
  if (column.type === 'text') return `cột (${no}) ghi chữ, không cộng được`;
  if (row.unit?.includes('%')) return 'tỷ lệ không cộng được qua các đơn vị';
  if (row.sources?.[no]) return `ô cột (${no}) lấy từ sổ, sổ đã cộng các đơn vị`;
  if (column.kind === 'value' && row.metrics) return `ô cột (${no}) đã đếm từ hồ sơ`;
  if (column.kind !== 'manual' && column.kind !== 'value') return `cột (${no}) không phải cột nhập tay`;
  return undefined;
}

function lintSource(
  { register: registerId, measure: measureId, part = 'value', period }: Source,
  column: Column | undefined,
  by: ReportDefinition['rows']['by'],
  registers: readonly KnownRegister[],
): Finding[] {
  const register = registers.find((one) => one.id === registerId);
  if (!register) return [{ path: 'register', message: `không có sổ ${registerId}` }];
  const measure = register.measures.find((one) => one.id === measureId);
  if (!measure) return [{ path: 'measure', message: `sổ ${registerId} không có chỉ số ${measureId}` }];
  if (part === 'denominator' && !measure.divided)
    return [{ path: 'part', message: `chỉ số ${measureId} không có mẫu số` }];
  if (registerId === METRICS_SOURCE && period === 'latest')
    return [{ path: 'period', message: 'số liệu lấy đúng các ngày của kỳ báo cáo, không có kỳ gần nhất' }];
  const isRate = measure.unit === 'percent' && (part === 'value' || !measure.divided);
  if (isRate && by === 'unit') return [{ path: 'part', message: 'tỷ lệ không cộng được qua các đơn vị' }];
  if (isRate && column && column.type !== 'decimal')
    return [{ path: 'part', message: `cột (${column.no}) là số nguyên, không nhận tỷ lệ` }];
  return [];
}

function circular(byNo: ReadonlyMap<string, Column>, start: string): boolean {
  const seen = new Set<string>();
  const next = [start];
  for (let no = next.pop(); no !== undefined; no = next.pop()) {
    const column = byNo.get(no);
    for (const ref of [...(column?.plus ?? []), ...(column?.minus ?? []), ...(column?.percent ?? [])]) {
      if (ref === start) return true;
      if (!seen.has(ref)) next.push(ref);
      seen.add(ref);
    }
  }
  return false;
}
