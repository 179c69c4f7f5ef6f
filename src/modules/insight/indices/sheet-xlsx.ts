import { formatNumberVi, formatPointsVi } from '../../../core/text/numbers.ts';
import { formatInstant } from '../../../core/time/index.ts';
import { words } from '../../../platform/messages/words.ts';
import { whoseNote } from '../../../platform/spreadsheet/whose-sheet.ts';
import { type Sheet, type SheetColumn, writeSheets } from '../../../platform/spreadsheet/write-sheets.ts';
import type { LeagueRowType, LeagueType, RoundPageType, SheetPageType } from './contract.ts';
import { cellTitles, whatOf } from './sheet-cells.ts';

const title = (key: string): string => words(`indices.xlsx.titles.${key}`);
const text = (key: string, width = 24): SheetColumn => ({ title: title(key), width, format: 'text' });
const number = (key: string): SheetColumn => ({ title: title(key), width: 13, format: 'number' });
/** Points somebody has, with two decimals like on the page. */
const points = (key: string): SheetColumn => ({ title: title(key), width: 13, format: 'decimal' });

/** What is still to be typed of a sheet, to be filled in and given back. */
export function sheetTemplate(page: SheetPageType): Promise<Uint8Array> {
  const formats = ['text', 'text', 'number', 'number', 'number', 'number', 'text'] as const;
  const widths = [20, 52, 12, 14, 14, 14, 44];
  const automatic = words('indices.xlsx.automatic');
  const rows = page.criteria.map((each) => {
    const counted = each.numerator !== null && each.denominator !== null;
    const given = each.live
      ? [automatic, automatic, automatic]
      : counted
        ? [each.numerator, each.denominator, null]
        : [null, null, each.selfPoints];
    return [each.id, each.name, each.max, ...given, each.selfNote || null];
  });
  const columns = cellTitles().map((name, at) => ({
    title: name,
    width: widths[at] ?? 14,
    format: formats[at] ?? ('text' as const),
  }));
  const whose = whoseNote(page.unitName, whatOf(page.round.setName, page.round.year));
  const notes = [...headOf(page), whose, words('indices.xlsx.template-note')];
  return writeSheets([{ name: words('indices.xlsx.sheet-name'), columns, rows, notes }]);
}

const headOf = (page: SheetPageType): string[] => [
  page.round.setName,
  `${page.unitName}, ${page.round.year}. ${page.stateName}; ${page.round.stateName}`,
];

/** A score sheet as it stands: criteria with both sides' points, domains, lost points. */
export function sheetXlsx(page: SheetPageType): Promise<Uint8Array> {
  const total = words('indices.xlsx.total', {
    self: shown(page.selfTotal),
    total: shown(page.total),
    max: formatNumberVi(page.max),
    band: page.band ?? '–',
  });
  const measured =
    page.measuredAt && words('indices.xlsx.measured-at', { at: formatInstant(new Date(page.measuredAt)) });
  const old = page.figuresOld ? words('indices.sheet-figures-old', { day: `31/12/${page.round.year}` }) : '';
  const notes = [...headOf(page), total, measured ?? '', old, page.note ?? ''].filter(Boolean);
  const criteria: Sheet = {
    name: words('indices.xlsx.sheet-name'),
    notes,
    columns: [
      text('domain', 30),
      text('id', 20),
      text('criterion', 48),
      ...['max', 'numerator', 'denominator'].map(number),
      ...['self', 'appraised', 'lost'].map(points),
      ...['self-note', 'reason', 'explanation', 'evidence'].map((key) => text(key, 36)),
    ],
    rows: page.criteria.map((each) => [
      each.domainName,
      each.id,
      each.name,
      each.max,
      each.numerator,
      each.denominator,
      each.selfPoints,
      each.appraisedPoints,
      each.lost,
      each.selfNote || null,
      each.appraisedReason || null,
      each.explanation || null,
      each.files.map((file) => file.name).join('; ') || null,
    ]),
  };
  const domains: Sheet = {
    name: words('indices.xlsx.domains-name'),
    notes,
    columns: [
      text('domain', 44),
      number('max'),
      points('self'),
      points('appraised'),
      percent('percent'),
      text('band', 16),
    ],
    rows: page.domains.map((each) => [each.name, each.max, each.self, each.final, each.percent, each.band]),
  };
  const lost: Sheet = {
    name: words('indices.xlsx.lost-name'),
    notes,
    columns: [text('criterion', 52), text('domain', 36), points('lost'), percent('lost-share'), text('actions', 52)],
    rows: page.lost.map((each) => [
      each.name,
      each.domainName,
      each.points,
      each.sharePercent,
      page.actions
        .filter((action) => action.criterionId === each.id)
        .map((action) => `${action.title} (${action.ownerName})`)
        .join('; ') || null,
    ]),
  };
  return writeSheets([criteria, ...(page.domains.length > 0 ? [domains] : []), lost]);
}

const percent = (key: string): SheetColumn => ({ title: title(key), width: 12, format: 'percent' });
const shown = (value: number | null): string => (value === null ? '–' : formatPointsVi(value));

type Table = Pick<LeagueType['tables'][number], 'name' | 'owner' | 'year' | 'population' | 'source' | 'note'> & {
  readonly rows: readonly LeagueRowType[];
  /** Beside the name, e.g. the state of a round. */
  readonly state: string;
};

/** League tables, one a sheet: places, totals, bands, the change on last year, parts and domains. */
export function leagueXlsx(tables: readonly Table[]): Promise<Uint8Array> {
  const none: Sheet = { name: title('rank'), columns: [text('unit')], rows: [] };
  return writeSheets(tables.length === 0 ? [none] : tables.map(leagueSheet));
}

function leagueSheet({ name, owner, year, population, source, note, rows, state }: Table): Sheet {
  const named = (of: (row: LeagueRowType) => readonly { readonly id: string; readonly name: string }[]) => [
    ...new Map(rows.flatMap((row) => of(row).map((each) => [each.id, each.name] as const))),
  ];
  const marked = (row: LeagueRowType) =>
    row.parts.map(({ id, name, derived }) => ({
      id,
      name: derived ? words('indices.xlsx.derived-part', { name }) : name,
    }));
  const [parts, domains] = [named(marked), named((row) => row.domains)];
  return {
    name: `${year} ${name}`,
    notes: [
      name,
      [owner, String(year), state].filter(Boolean).join('. '),
      population === null ? '' : words('indices.xlsx.population', { count: population }),
      words('indices.xlsx.source', { source }),
      note ?? '',
    ].filter(Boolean),
    columns: [
      { title: title('rank'), width: 8, format: 'integer' },
      { title: title('population'), width: 10, format: 'integer' },
      text('unit', 32),
      points('total'),
      number('max'),
      percent('percent'),
      text('band', 16),
      text('derived', 12),
      points('change'),
      text('change-unit', 16),
      points('before'),
      number('before-max'),
      text('state', 24),
      ...parts.map(([, title]): SheetColumn => ({ title, width: 16, format: 'percent' })),
      ...domains.map(([, title]): SheetColumn => ({ title, width: 16, format: 'decimal' })),
    ],
    rows: rows.map((row) => [
      row.rank,
      row.population ?? population,
      row.unitName,
      row.total,
      row.max,
      row.percent,
      row.band,
      row.derived ? words('indices.xlsx.derived') : null,
      row.change?.difference ?? null,
      row.change && words(`indices.change-unit.${row.change.unit}`),
      row.change?.total ?? null,
      row.change?.max ?? null,
      row.sheetState,
      ...parts.map(([id]) => row.parts.find((part) => part.id === id)?.percent ?? null),
      ...domains.map(([id]) => row.domains.find((domain) => domain.id === id)?.points ?? null),
    ]),
  };
}

/** A round's table as a league. */
export const tableOfRound = (round: RoundPageType): Table => ({
  name: round.setName,
  owner: round.unitName,
  year: round.year,
  population: round.population,
  source: round.source,
  note: round.note,
  rows: round.rows,
  state: round.stateName,
});
