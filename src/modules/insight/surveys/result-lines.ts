import type { SurveyResults } from './rules/result-document.ts';

/** A line of the lists of results; `n` null: too few people to say. */
export type ResultLine = { readonly kind: string; readonly name: string; readonly group: string } & Pick<
  SurveyResults['overall'],
  'n' | 'hidden' | 'result'
>;

/** Frozen results as one list, what is whole first: the same figures as the page, for CSV and XLSX. */
export function resultLines(results: SurveyResults): readonly ResultLine[] {
  const unitName = new Map(results.units.map((unit) => [unit.unitId, unit.name]));
  const groupOf = new Map(results.groups.map((group) => [group.groupId, group.name]));
  return [
    { kind: 'Chung', name: results.name, group: '', ...results.overall },
    ...results.factors.map((factor) => ({ kind: 'Nhân tố', group: '', ...factor })),
    ...results.criteria.map((one) => ({ kind: 'Tiêu chí', name: one.text, group: '', ...one })),
    ...results.groups.map((one) => ({ kind: 'Nhóm lĩnh vực', group: one.name, ...one })),
    ...results.units.map((one) => ({ kind: 'Đơn vị', group: '', ...one })),
    ...(results.together ?? []).flatMap((one) => [
      { kind: 'Đơn vị, gộp các đơn vị cấp dưới', group: '', ...one },
      ...(one.groups ?? []).map((group) => ({
        ...group,
        kind: 'Đơn vị gộp, theo nhóm lĩnh vực',
        name: one.name,
        group: group.name,
      })),
    ]),
    ...results.cells.map((one) => ({
      kind: 'Đơn vị và nhóm lĩnh vực',
      name: unitName.get(one.unitId) ?? '',
      group: groupOf.get(one.groupId) ?? '',
      ...one,
    })),
  ];
}

/** Why a line has no figure; '' where it has one. */
export const lackOf = (line: ResultLine): string =>
  line.hidden ? 'Không hiện: ít người trả lời' : line.result ? '' : 'Không có trả lời';
