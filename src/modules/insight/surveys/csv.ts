import { type CsvColumn, toCsv } from '../../../core/text/csv.ts';
import type { SurveyResults } from './rules/result-document.ts';

type Line = { readonly kind: string; readonly name: string; readonly group: string } & SurveyResults['overall'];

const decimal = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(2).replace('.', ','));
const COLUMNS: readonly CsvColumn<Line>[] = [
  { label: 'Loại', value: (line) => line.kind },
  { label: 'Tên', value: (line) => line.name },
  { label: 'Nhóm lĩnh vực', value: (line) => line.group },
  { label: 'Số trả lời', value: (line) => line.n },
  { label: 'Chỉ số hài lòng (%)', value: (line) => decimal(line.result?.percent) },
  { label: 'Từ (%)', value: (line) => decimal(line.result?.low) },
  { label: 'Đến (%)', value: (line) => decimal(line.result?.high) },
  {
    label: 'Ghi chú',
    value: (line) => (line.hidden ? 'Không hiện: ít người trả lời' : line.result ? '' : 'Không có trả lời'),
  },
];

/** Frozen results as a list for spreadsheets, the same figures as the page. */
export function resultsCsv(results: SurveyResults): string {
  const unitName = new Map(results.units.map((unit) => [unit.unitId, unit.name]));
  const groupOf = new Map(results.groups.map((group) => [group.groupId, group.name]));
  const lines: Line[] = [
    { kind: 'Chung', name: results.name, group: '', ...results.overall },
    ...results.factors.map((factor) => ({ kind: 'Nhân tố', group: '', ...factor })),
    ...results.criteria.map((one) => ({ kind: 'Tiêu chí', name: one.text, group: '', ...one })),
    ...results.groups.map((one) => ({ kind: 'Nhóm lĩnh vực', group: one.name, ...one })),
    ...results.units.map((one) => ({ kind: 'Đơn vị', group: '', ...one })),
    ...results.cells.map((one) => ({
      kind: 'Đơn vị và nhóm lĩnh vực',
      name: unitName.get(one.unitId) ?? '',
      group: groupOf.get(one.groupId) ?? '',
      ...one,
    })),
  ];
  return toCsv(COLUMNS, lines);
}
