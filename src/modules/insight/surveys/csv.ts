import { type CsvColumn, toCsv } from '../../../core/text/csv.ts';
import { formatDecimalsVi } from '../../../core/text/numbers.ts';
import { lackOf, type ResultLine, resultLines } from './result-lines.ts';
import type { SurveyResults } from './rules/result-document.ts';

const decimal = (value: number | undefined): string => (value === undefined ? '' : formatDecimalsVi(value, 2));
const COLUMNS: readonly CsvColumn<ResultLine>[] = [
  { label: 'Loại', value: (line) => line.kind },
  { label: 'Tên', value: (line) => line.name },
  { label: 'Nhóm lĩnh vực', value: (line) => line.group },
  { label: 'Số trả lời', value: (line) => line.n },
  { label: 'Chỉ số hài lòng (%)', value: (line) => decimal(line.result?.percent) },
  { label: 'Từ (%)', value: (line) => decimal(line.result?.low) },
  { label: 'Đến (%)', value: (line) => decimal(line.result?.high) },
  { label: 'Ghi chú', value: lackOf },
];

/** Frozen results as a list for spreadsheets, the same figures as the page. */
export function resultsCsv(results: SurveyResults): string {
  return toCsv(COLUMNS, resultLines(results));
}
