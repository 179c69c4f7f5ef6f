import {
  AlignmentType,
  BorderStyle,
  Document,
  Header,
  type IParagraphOptions,
  type ITableCellOptions,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  VerticalMergeType,
  WidthType,
} from 'docx';
import { carriedText } from '../../../core/text/carried.ts';
import type { ReportPageType } from './contract.ts';
import { headName, type PaperColumn, paperOf, type ReportPaper } from './paper.ts';
import { shownCell } from './shown-cell.ts';

const FONT = 'Times New Roman';
/** Points of the type sizes of NĐ 30/2020/NĐ-CP, in the half points DOCX counts in. */
const pt = (points: number): number => points * 2;
const mm = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4);
/** A4 upright or across, with margins after NĐ 30/2020/NĐ-CP. */
const sizeOf = ({ upright }: Pick<ReportPaper, 'upright'>) => {
  const [left, right] = [upright ? 30 : 20, 15];
  return { left, right, top: 20, bottom: upright ? 20 : 15, width: mm((upright ? 210 : 297) - left - right) };
};
const { CENTER, LEFT, RIGHT, JUSTIFIED } = AlignmentType;
type Align = (typeof AlignmentType)[keyof typeof AlignmentType];

type Look = {
  readonly size?: number;
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly underline?: boolean;
};
type Placing = Pick<IParagraphOptions, 'indent' | 'alignment' | 'spacing' | 'keepNext' | 'pageBreakBefore'>;

/** A report as DOCX in office layout, with the same figures as its PDF: for units that number and sign on their own system. */
export async function reportDocx(page: ReportPageType): Promise<Buffer> {
  const paper = paperOf(page);
  const { width: _, ...margins } = sizeOf(paper);
  const margin = Object.fromEntries(Object.entries(margins).map(([side, length]) => [side, mm(length)]));
  const { LANDSCAPE, PORTRAIT } = PageOrientation;
  const document = new Document({
    title: carriedText(`${paper.code} – ${paper.unit} – ${page.periodId}`),
    creator: 'Một Cửa',
    lastModifiedBy: 'Một Cửa',
    styles: { default: { document: { run: { font: FONT, size: pt(12) } } } },
    sections: [
      {
        // Numbered in the middle of the top margin, not on the first page.
        headers: { default: numbered(), first: new Header({ children: [] }) },
        properties: {
          titlePage: true,
          page: {
            size: { orientation: paper.upright ? PORTRAIT : LANDSCAPE, width: mm(210), height: mm(297) },
            margin,
          },
        },
        children: [
          letterhead(paper),
          ...(paper.formLine
            ? [line(paper.formLine, { italics: true }, { alignment: RIGHT, spacing: { before: 120 } })]
            : []),
          line('BÁO CÁO', { bold: true, size: 14 }, { alignment: CENTER, spacing: { before: 120 } }),
          line(paper.subject, { bold: true, size: 13 }, { alignment: CENTER }),
          line(paper.period, {}, { alignment: CENTER }),
          line(paper.status, { italics: true }, { alignment: CENTER, spacing: { after: 120 } }),
          ...(paper.sections.length > 0 ? outline(paper) : form(paper)),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

const numbered = (): Header =>
  new Header({
    children: [
      new Paragraph({
        alignment: CENTER,
        children: [new TextRun({ children: [PageNumber.CURRENT], font: FONT, size: pt(13) })],
      }),
    ],
  });

/** Two tables without words between them are one table to a word processor, with the lines of the last. */
const between = (): Paragraph => line('', { size: 4 }, { keepNext: true });

/** The table, what it says in percentages, and who signs. */
const form = (paper: ReportPaper): (Paragraph | Table)[] => [
  sheet(paper),
  // Who signs never stands alone on a page: the last words of the report go with it.
  ...paper.figures.map(({ label, text }) => line(`${label}: ${text}`, {}, { spacing: { before: 60 }, keepNext: true })),
  ...paper.notes.map((note) => line(note, { italics: true }, { spacing: { before: 60 }, keepNext: true })),
  between(),
  signatures(paper),
];

/** First lines of the text of a letter. */
const DRAWN_IN = { indent: { firstLine: mm(10) } } as const;

/** The parts of the text, signed, and the table as its appendix on a page of its own. */
const outline = (paper: ReportPaper): (Paragraph | Table)[] => [
  ...paper.sections.flatMap((section, at) => {
    const isLast = at === paper.sections.length - 1;
    const keepNext = isLast || section.lines.length > 0;
    return [
      line(section.title, { bold: true, size: 13 }, { spacing: { before: 120 }, keepNext, ...DRAWN_IN }),
      ...section.lines.map((text) => {
        const end = isLast && text === section.lines.at(-1);
        return line(text, { size: 13 }, { alignment: JUSTIFIED, spacing: { before: 120 }, keepNext: end, ...DRAWN_IN });
      }),
    ];
  }),
  between(),
  signatures(paper),
  line(
    'PHỤ LỤC SỐ LIỆU',
    { bold: true, size: 13 },
    { alignment: CENTER, spacing: { after: 120 }, pageBreakBefore: true },
  ),
  sheet(paper),
  ...paper.figures.map(({ label, text }) => line(`${label}: ${text}`, { size: 11 }, { spacing: { before: 60 } })),
  ...paper.notes.map((note) => line(note, { italics: true, size: 11 }, { spacing: { before: 60 } })),
  // Nothing but a table at the end of a paper is not opened by every word processor.
  ...(paper.figures.length + paper.notes.length === 0 ? [line('', { size: 4 }, {})] : []),
];

function letterhead(paper: ReportPaper): Table {
  const { width } = sizeOf(paper);
  // Upright the name of the country needs more than half.
  const left = Math.round(width * (paper.upright ? 0.4 : 0.5));
  const halves = [left, width - left] as const;
  return aside(
    halves,
    [
      ...(paper.receiver ? [line(headName(paper.receiver).toUpperCase(), {}, { alignment: CENTER })] : []),
      line(headName(paper.issuer).toUpperCase(), { bold: true }, { alignment: CENTER }),
      rule(25, halves[0]),
      line('Số:           /BC-UBND', {}, { alignment: CENTER }),
    ],
    [
      line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { bold: true }, { alignment: CENTER }),
      line('Độc lập – Tự do – Hạnh phúc', { bold: true, size: 13 }, { alignment: CENTER }),
      rule(45, halves[1]),
      line(paper.placeAndDay, { italics: true }, { alignment: CENTER }),
    ],
  );
}

function signatures(paper: ReportPaper): Table {
  const half = Math.round(sizeOf(paper).width / 2);
  return aside(
    [half, half],
    [
      line('Nơi nhận:', { bold: true, italics: true }, { spacing: { before: 160 } }),
      ...paper.copies.map((copy) => line(copy, { size: 11 }, {})),
    ],
    [
      line('TM. ỦY BAN NHÂN DÂN', { bold: true }, { alignment: CENTER, spacing: { before: 160 } }),
      line('CHỦ TỊCH', { bold: true }, { alignment: CENTER }),
      line('(Ký, ghi rõ họ tên, đóng dấu)', { italics: true }, { alignment: CENTER, spacing: { after: 900 } }),
    ],
  );
}

/** A line of some millimetres in the middle of a half of the letterhead. */
function rule(length: number, width: number): Paragraph {
  const indent = Math.round((width - mm(length)) / 2);
  return new Paragraph({
    indent: { left: indent, right: indent },
    spacing: { after: 80, line: 40, lineRule: LineRuleType.EXACT },
    border: { bottom: { style: BorderStyle.SINGLE, size: 6, space: 1, color: 'auto' } },
    children: [],
  });
}

/** Two halves without lines around them. */
function aside(widths: readonly [number, number], left: Paragraph[], right: Paragraph[]): Table {
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  const borders = { top: none, bottom: none, left: none, right: none };
  const half = (children: Paragraph[], size: number): TableCell =>
    new TableCell({ children, borders, width: { size, type: WidthType.DXA } });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: widths[0] + widths[1], type: WidthType.DXA },
    columnWidths: [...widths],
    borders: { ...borders, insideHorizontal: none, insideVertical: none },
    rows: [new TableRow({ cantSplit: true, children: [half(left, widths[0]), half(right, widths[1])] })],
  });
}

function sheet(paper: ReportPaper): Table {
  const { columns } = paper;
  const { width } = sizeOf(paper);
  const many = columns.length > 16;
  const share = columns.map(({ kind, text }) =>
    kind === 'label' ? (many ? 2.4 : 3) : kind === 'order' ? (many ? 0.9 : 0.6) : text ? 1.5 : 1,
  );
  // Words of a narrow column are not broken: less room beside them, smaller letters.
  const [size, side] = many ? [6.5, 10] : [10, 60];
  const whole = share.reduce((sum, each) => sum + each, 0);
  const cell = (text: string, look: Look, alignment: Align, options: Partial<ITableCellOptions> = {}): TableCell =>
    new TableCell({
      ...options,
      verticalAlign: VerticalAlign.CENTER,
      margins: { left: side, right: side, top: 30, bottom: 30 },
      children: [line(text, { size, ...look }, { alignment })],
    });
  const sideOf = (column: PaperColumn | undefined): Align =>
    column?.kind === 'order' ? CENTER : column?.text ? LEFT : RIGHT;
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: width, type: WidthType.DXA },
    columnWidths: share.map((each) => Math.floor((width * each) / whole)),
    rows: [
      ...headRows(paper, (text, options) => cell(text, { bold: true }, CENTER, options)),
      new TableRow({
        tableHeader: true,
        children: columns.map(({ no }) => cell(`(${no})`, { italics: true }, CENTER)),
      }),
      ...paper.lines.map(
        ({ kind, label, cells }) =>
          new TableRow({
            cantSplit: true,
            children:
              kind === 'heading'
                ? [cell(label, { bold: true }, LEFT, { columnSpan: columns.length })]
                : cells.map((value, at) => cell(shownCell(value), { bold: kind === 'total' }, sideOf(columns[at]))),
          }),
      ),
    ],
  });
}

/**
 * The heads, level by level. A head that reaches down is drawn again on each level below as the continuation of its merge,
 * which is how DOCX spans rows.
 */
function headRows(
  { heads, columns }: ReportPaper,
  cell: (text: string, options: Partial<ITableCellOptions>) => TableCell,
): TableRow[] {
  const place = new Map(columns.map(({ no }, at) => [no, at]));
  const reaching = heads.flatMap((level, at) =>
    level.filter((head) => head.rows > 1).map((head) => ({ ...head, from: at })),
  );
  return heads.map((level, at) => {
    const here = level.map((head) => ({
      at: place.get(head.no) ?? 0,
      made: cell(head.title, {
        columnSpan: head.span,
        ...(head.rows > 1 ? { verticalMerge: VerticalMergeType.RESTART } : {}),
      }),
    }));
    const continued = reaching
      .filter((head) => head.from < at && at < head.from + head.rows)
      .map((head) => ({
        at: place.get(head.no) ?? 0,
        made: cell('', { columnSpan: head.span, verticalMerge: VerticalMergeType.CONTINUE }),
      }));
    const children = [...here, ...continued].sort((a, b) => a.at - b.at).map(({ made }) => made);
    return new TableRow({ tableHeader: true, cantSplit: true, children });
  });
}

function line(text: string, { size, ...look }: Look, placing: Placing): Paragraph {
  const run = { font: FONT, bold: look.bold ?? false, italics: look.italics ?? false, size: pt(size ?? 12) };
  // `run` is that of the mark at the end, which makes an empty line as high as its letters would be.
  return new Paragraph({ ...placing, run, children: [new TextRun({ text: carriedText(text), ...run })] });
}
