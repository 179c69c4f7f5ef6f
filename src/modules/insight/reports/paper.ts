import { dayOf, formatDay, parseInstant } from '../../../core/time/index.ts';
import { authorityName } from '../../foundation/organisation/index.ts';
import type { ReportPageType } from './contract.ts';
import { type HeadCell, headLevels } from './rules/heads.ts';
import type { CellValue } from './rules/sheet.ts';
import { sourceNotes } from './source-notes.ts';
import { sumNotes } from './sum-notes.ts';

/** What every paper of a report says, whatever its file: page, CSV, XLSX, DOCX and PDF take their figures from here. */
export type ReportPaper = {
  readonly id: string;
  /** Who it goes to, who makes it, as letterheads say: `Ủy ban nhân dân xã Hiệp Đức`; '' where unknown. */
  readonly receiver: string;
  readonly issuer: string;
  /** `Hiệp Đức, ngày 20 tháng 11 năm 2026`; day and month stay open on a draft. */
  readonly placeAndDay: string;
  readonly code: string;
  /** `Biểu số 06a/VPCP/KSTT`; '' where the report has a name for its number. */
  readonly formLine: string;
  /** What stands below the word “BÁO CÁO”: the name without saying it twice. */
  readonly subject: string;
  readonly name: string;
  readonly unit: string;
  readonly period: string;
  /** `Bản 2`, or that it is a draft. */
  readonly status: string;
  /** A4 upright: a table of few columns. */
  readonly upright: boolean;
  readonly columns: readonly PaperColumn[];
  readonly heads: readonly (readonly HeadCell[])[];
  readonly lines: readonly PaperLine[];
  readonly figures: readonly { readonly label: string; readonly text: string; readonly percent: number | null }[];
  /** Parts of an outline. Where there are any, they are the report, signed below, and the table is its appendix. */
  readonly sections: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly notes: readonly string[];
  /** Nơi nhận, one a line. */
  readonly copies: readonly string[];
};
export type PaperColumn = {
  readonly no: string;
  /** Heads and title in one: `Số hồ sơ tiếp nhận – Trong kỳ – Trực tuyến`. */
  readonly title: string;
  readonly kind: string;
  readonly text: boolean;
};
export type PaperLine = {
  readonly kind: 'heading' | 'row' | 'total';
  readonly label: string;
  /** One for each column. */
  readonly cells: readonly CellValue[];
};

/** The paper of a report as it is shown. */
export function paperOf(page: ReportPageType): ReportPaper {
  const sent = page.versions.find((version) => version.no === page.no);
  const day = sent && parseInstant(sent.sentAt);
  const marked = page.rows.some((row) => row.unsent);
  return {
    id: `${page.reportId}-${page.periodId}`,
    receiver: page.receiverName === null ? '' : authorityName(page.receiverName),
    issuer: authorityName(page.unitName),
    placeAndDay: `${page.unitName.replace(KIND_WORD, '')}, ${day ? dayInWords(day) : 'ngày      tháng      năm'}`,
    code: page.reportCode,
    formLine: page.reportCode.includes('/') ? `Biểu số ${page.reportCode}` : '',
    name: page.reportName,
    subject: page.reportName.replace(/^Báo cáo (\p{L})/u, (_, first: string) => first.toLocaleUpperCase('vi')),
    unit: page.unitName,
    period: page.periodName,
    status: page.no === 0 ? 'Bản đang lập, chưa gửi' : `Bản ${page.no}`,
    upright: page.columns.length <= MOST_UPRIGHT,
    columns: page.columns.map(({ no, kind, type, group, title }) => ({
      no,
      title: [...group, title].join(' – '),
      kind,
      text: kind === 'label' || kind === 'order' || type === 'text',
    })),
    heads: headLevels(page.columns),
    lines: [...page.rows, ...(page.total ? [page.total] : [])].map((row) => ({
      kind: row.kind,
      label: labelOf(row),
      cells: page.columns.map((column) => (column.kind === 'label' ? labelOf(row) : (row.cells[column.no] ?? null))),
    })),
    figures: page.figures.map(({ label, percent }) => ({
      label,
      percent,
      text: percent === null ? 'không có số liệu' : `${percentText(percent)} %`,
    })),
    sections: page.sections.map(({ id, no, title, text }) => ({
      title: `${no}. ${title}`,
      lines: text ? (page.texts[id] ?? '').split('\n').filter((line) => line.trim() !== '') : [],
    })),
    notes: [
      ...(page.note ? [`Ghi chú: ${page.note}`] : []),
      // How many units have entered a register stands with what was taken from it.
      ...page.warnings.flatMap(({ code, message }) =>
        code === 'registers-unfilled' ? [] : [code === 'unsent' && marked ? `${MARK} ${message}` : message],
      ),
      ...sumNotes(page),
      ...sourceNotes(page),
      ...page.notes,
    ],
    copies: [...(page.receiverName === null ? [OPEN_COPY] : [`- ${authorityName(page.receiverName)};`]), '- Lưu: VT.'],
  };
}

/** Who receives it is outside the installation: left to the clerk, as number and signatory are. */
const OPEN_COPY = '- …………………………;';
/** Of a unit that has sent nothing: its figures are computed. */
const MARK = '(*)';
const labelOf = ({ label, unsent }: ReportPageType['rows'][number]): string => (unsent ? `${label} ${MARK}` : label);

/** A name as a letterhead breaks it where it must: `Ủy ban nhân dân` above, kind and name of the unit together below. */
export const headName = (authority: string): string =>
  authority.replace(/(?<=^Ủy ban nhân dân ).+$/, (unit) => unit.replaceAll(' ', '\u00a0'));

/** Columns that are read on an upright A4. */
const MOST_UPRIGHT = 6;
const KIND_WORD = /^(Thành phố|Thị trấn|Đặc khu|Phường|Thị xã|Huyện|Tỉnh|Quận|Xã) /;
const percentText = (value: number): string =>
  value.toLocaleString('vi-VN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function dayInWords(at: Date): string {
  const [day, month, year] = formatDay(dayOf(at)).split('/');
  return `ngày ${day} tháng ${month} năm ${year}`;
}
