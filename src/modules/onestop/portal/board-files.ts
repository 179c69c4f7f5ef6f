import { type CsvColumn, toCsv } from '../../../core/text/csv.ts';
import { words } from '../../../platform/messages/words.ts';
import { writeSheets } from '../../../platform/spreadsheet/write-sheets.ts';
import type { BoardRate, BoardRates, BoardView } from './rules/browse-views.ts';

const RATES = [
  ['inTime', 'portal.board.on-time-rate'],
  ['early', 'portal.board.early-rate'],
  ['late', 'portal.board.late-rate'],
  ['openLate', 'portal.board.open-late-rate'],
] as const;

const monthOf = ({ month, months }: BoardView): string => months.find(({ value }) => value === month)?.text ?? month;

/** The public board's table with its month: what the page shows and no more; percentages as numbers, nothing where there are no data. */
export function boardCsv(view: BoardView): string {
  const few = words('portal.board.few');
  const columns: CsvColumn<BoardRates>[] = [
    { label: words('portal.board.month'), value: () => monthOf(view) },
    { label: words('portal.board.unit'), value: (row) => row.unitName },
    ...RATES.map(([id, key]) => ({
      label: `${words(key)} (%)`,
      value: (row: BoardRates) => cell(row[id], few),
    })),
  ];
  return toCsv(columns, view.rows);
}

/** The same as a workbook, with the notes of the page above it. */
export function boardXlsx(view: BoardView): Promise<Uint8Array> {
  const few = words('portal.board.few');
  return writeSheets([
    {
      name: words('portal.board.title'),
      notes: [
        words('portal.board.by-unit', { month: monthOf(view) }),
        words('portal.board.as-of', { when: view.asOf }),
        words('portal.board.few-explained', { count: view.minimum }),
      ],
      columns: [
        { title: words('portal.board.unit'), width: 36, format: 'text' },
        ...RATES.map(([, key]) => ({ title: `${words(key)} (%)`, width: 20, format: 'number' as const })),
      ],
      rows: view.rows.map((row) => [row.unitName, ...RATES.map(([id]) => cell(row[id], few))]),
    },
  ]);
}

const cell = (rate: BoardRate, few: string): number | string | null => (rate === 'few' ? few : rate);
