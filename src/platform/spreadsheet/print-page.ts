import type { PageSetup } from '@cj-tech-master/excelts';
import { columnName } from './numbers.ts';
import { FONT_SIZE } from './sheet-cells.ts';

/** Points letters on paper have at least. */
export const POINTS_READ = 8;

/** Of the paper, in millimetres; the left side is bound. */
const MARGINS = { left: 15, right: 10, top: 15, bottom: 15, header: 7, footer: 7 };
const A4 = { portrait: 210, landscape: 297 } as const;
/** A character of a column's width: 7 points of the screen, 96 an inch. */
const CHARACTER_MM = (7 / 96) * 25.4;
/** Programs measure columns differently, up to a tenth. */
const LEAST_SCALE = (POINTS_READ / FONT_SIZE) * 1.11;

/** Characters that stand on a page at a scale. */
const room = (orientation: keyof typeof A4, scale: number): number =>
  (A4[orientation] - MARGINS.left - MARGINS.right) / CHARACTER_MM / scale;

/** Characters a table may be wide to be printed upright, without shrinking much. */
const MOST_UPRIGHT = room('portrait', 0.88);
/** Characters a table may be wide to be read on one page across. */
const MOST_ACROSS = room('landscape', LEAST_SCALE);

export type PrintedColumn = {
  /** Wished, in characters. */
  readonly width: number;
  /** What must stand in one line needs so much: a figure, a code, the longest word of the title. */
  readonly least: number;
};
export type Layout = {
  readonly widths: readonly number[];
  readonly page: Partial<PageSetup>;
  /** How many columns stand on the first page. */
  readonly first: number;
};

/** Points of a line of a paper that is put on one page instead of a little more than one. */
const POINTS_TOGETHER = 9;

/** Whether a table as high as these points of rows stands on one page, smaller than its width asks for but well read. */
export function staysTogether({ widths, page }: Layout, height: number): boolean {
  const orientation = page.orientation === 'landscape' ? 'landscape' : 'portrait';
  const across = orientation === 'landscape' ? A4.portrait : A4.landscape;
  const free = ((across - MARGINS.top - MARGINS.bottom) / 25.4) * 72;
  const scale = Math.min(1, room(orientation, 1) / sum(widths), free / height / 1.03);
  return page.fitToPage === true && scale * FONT_SIZE >= POINTS_TOGETHER;
}

const inches = (millimetres: number): number => Math.round((millimetres / 25.4) * 100) / 100;

/**
 * A table on A4: upright, across, across with narrower columns whose words wrap, or, where it would not be read on one page,
 * over several with its first columns again on each.
 * @param keep how many columns that are
 */
export function layOut(columns: readonly PrintedColumn[], keep: number): Layout {
  const wished = columns.map(({ width }) => width);
  const least = columns.map((column) => Math.min(column.width, column.least));
  const [whole, wholeLeast] = [sum(wished), sum(least)];
  const common: Partial<PageSetup> = {
    paperSize: 9,
    horizontalCentered: true,
    margins: {
      left: inches(MARGINS.left),
      right: inches(MARGINS.right),
      top: inches(MARGINS.top),
      bottom: inches(MARGINS.bottom),
      header: inches(MARGINS.header),
      footer: inches(MARGINS.footer),
    },
  };
  const onePage: Partial<PageSetup> = { ...common, fitToPage: true, fitToWidth: 1, fitToHeight: 0 };
  const first = columns.length;
  if (whole <= MOST_UPRIGHT) return { widths: wished, first, page: { ...onePage, orientation: 'portrait' } };
  const across: Partial<PageSetup> = { ...onePage, orientation: 'landscape' };
  if (whole <= MOST_ACROSS) return { widths: wished, first, page: across };
  if (wholeLeast <= MOST_ACROSS) {
    const share = (MOST_ACROSS - wholeLeast) / (whole - wholeLeast);
    const widths = least.map((each, at) => Math.floor((each + ((wished[at] ?? each) - each) * share) * 100) / 100);
    return { widths, first, page: across };
  }
  const page: Partial<PageSetup> = {
    ...common,
    orientation: 'landscape',
    scale: Math.ceil((POINTS_READ / FONT_SIZE) * 100),
    pageOrder: 'overThenDown',
    printTitlesColumn: `A:${columnName(Math.min(keep, columns.length))}`,
  };
  return { widths: wished, first: standing(wished), page };
}

/** How many columns stand on one page, at least one. */
function standing(widths: readonly number[]): number {
  let width = 0;
  const over = widths.findIndex((each) => {
    width += each;
    return width > MOST_ACROSS * 0.98;
  });
  return over === -1 ? widths.length : Math.max(1, over);
}

const sum = (widths: readonly number[]): number => widths.reduce((all, width) => all + width, 0);
