import type { BoardFigures } from './browse-views.ts';

type Row = { readonly unitId: string; readonly unitName: string } & BoardFigures;

/**
 * In which order the units of the public board stand. The first is what one sees unasked: where most dossiers are past
 * their date. Counts, not shares: of one dossier, one late is 100 %, and says nothing about an office.
 */
export const BOARD_ORDERS = ['late', 'rate', 'received', 'name'] as const;
export type BoardOrder = (typeof BOARD_ORDERS)[number];

/** The order asked for in the address, else the first. */
export function readBoardOrder(text: string): BoardOrder {
  return BOARD_ORDERS.find((order) => order === text) ?? BOARD_ORDERS[0];
}

const collator = new Intl.Collator('vi');

/** Share early or on time of what was resolved; units that resolved nothing stand last. */
function rate(row: Row): number {
  const measured = row.early + row.onTime + row.late;
  return measured === 0 ? 2 : (row.early + row.onTime) / measured;
}

const COMPARE: Readonly<Record<BoardOrder, (a: Row, b: Row) => number>> = {
  late: (a, b) => b.openLate - a.openLate || b.late - a.late || b.received - a.received,
  rate: (a, b) => rate(a) - rate(b) || b.late - a.late,
  received: (a, b) => b.received - a.received,
  name: () => 0,
};

/** The rows in that order; equal ones by name, as Vietnamese is sorted. */
export function orderBoard(rows: readonly Row[], order: BoardOrder): Row[] {
  return [...rows].sort((a, b) => COMPARE[order](a, b) || collator.compare(a.unitName, b.unitName));
}
