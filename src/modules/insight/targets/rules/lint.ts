import { FAMILIES } from '../../../../core/scoring/index.ts';
import { isDay } from '../../../../core/time/index.ts';
import type { EnteredValue, Goal, TargetDefinition, TargetTerms } from './definition.ts';

/** A mistake and where it stands: `goal/atLeastBand`. The message is for whoever types the target. */
export type TargetFault = { readonly place: string; readonly message: string };

/** `percent`, `count`, `working-minutes`. */
export type MetricUnitOf = (metricId: string) => string | undefined;

const MEASURED_AS: Readonly<Record<string, string>> = { percent: 'percent', count: 'count' };
const measureOf = (unit: string | undefined): string => MEASURED_AS[unit ?? ''] ?? 'points';
const UPWARD = ['atLeast', 'above', 'notBelow', 'atLeastBand'];

/**
 * What the schema cannot say: direction and goal agree, a moving goal names a metric and, for `unit`, a unit, bands hold
 * the wanted one once, a plan is a percentage of a quantity. Empty where all is well.
 * @param unitOf how a metric is measured; undefined for names no metric has
 */
export function lintTerms(terms: TargetTerms, unitOf: MetricUnitOf): TargetFault[] {
  const faults: TargetFault[] = [];
  const say = (place: string, message: string): void => void faults.push({ place, message });
  const { goal, value } = terms;
  if (terms.source.date !== undefined && !isDay(terms.source.date))
    say('source/date', 'Ngày của văn bản không có trong lịch.');
  const upward = Object.keys(goal).some((key) => UPWARD.includes(key));
  if (upward !== (terms.direction === 'up'))
    say(
      'goal',
      'Mức phải đạt ngược với chiều của chỉ tiêu: tăng thì “từ … trở lên, trên”, giảm thì “không quá, dưới”.',
    );
  if ('metric' in value) {
    const unit = unitOf(value.metric);
    if (unit === undefined) say('value/metric', `Không có số liệu “${value.metric}”.`);
    else if (measureOf(unit) !== terms.unit) say('unit', 'Đơn vị tính khác với đơn vị của số liệu.');
  }
  if ('survey' in value && terms.unit !== 'percent') say('unit', 'Chỉ số hài lòng của khảo sát tính bằng phần trăm.');
  if ('index' in value && !FAMILIES.some((family) => family === value.index))
    say('value/index', `Không có loại chỉ số “${value.index}”.`);
  const reference = referenceOf(goal);
  if (reference) {
    const metric = reference.metric ?? ('metric' in value ? value.metric : undefined);
    if (metric === undefined) say('goal', 'Mức so với đơn vị khác cần một số liệu tự tính.');
    else if (unitOf(metric) === undefined) say('goal/metric', `Không có số liệu “${metric}”.`);
    else if (reference.metric !== undefined && measureOf(unitOf(metric)) !== terms.unit)
      say('goal/metric', 'Đơn vị tính của số liệu đem so khác với đơn vị tính của chỉ tiêu.');
    if (reference.of === 'unit' && reference.unit === undefined && reference.unitId === undefined)
      say('goal', 'Chưa nói so với đơn vị nào.');
  }
  if ('atLeastBand' in goal) {
    if (!goal.bands.includes(goal.atLeastBand)) say('goal/atLeastBand', `Không có mức “${goal.atLeastBand}”.`);
    if (new Set(goal.bands).size !== goal.bands.length) say('goal/bands', 'Một mức được ghi hai lần.');
  }
  if ('atLeastBand' in goal !== (terms.unit === 'band'))
    say('unit', 'Mức xếp loại và đơn vị tính xếp loại phải đi cùng nhau.');
  if (terms.planned && terms.unit !== 'percent')
    say('planned', 'Có số lượng kế hoạch thì chỉ tiêu tính bằng phần trăm.');
  if (terms.planned && 'metric' in value)
    say('planned', 'Số lượng kế hoạch chỉ dùng với kết quả nhập tay hoặc sổ theo dõi.');
  if (terms.unit === 'band' && terms.forecast !== 'none') say('forecast', 'Xếp loại không dự báo được.');
  return faults;
}

/** What is wrong with a value entered for a target; empty where it can be kept. */
export function lintValue(terms: TargetTerms, value: EnteredValue): TargetFault[] {
  const say = (place: string, message: string): TargetFault[] => [{ place, message }];
  const { numerator, denominator, value: plain, band } = value;
  if ('atLeastBand' in terms.goal) {
    if (band === undefined || !terms.goal.bands.includes(band))
      return say('band', `Chọn một mức: ${terms.goal.bands.join(', ')}.`);
    return numerator !== undefined || denominator !== undefined || plain !== undefined
      ? say('value', 'Chỉ tiêu xếp loại chỉ nhận mức xếp loại.')
      : [];
  }
  if (band !== undefined) return say('band', 'Chỉ tiêu này nhận số, không nhận mức xếp loại.');
  if (terms.planned) {
    if (numerator === undefined || denominator !== undefined || plain !== undefined)
      return say('numerator', 'Nhập số lượng đã làm được; số kế hoạch đã có trong chỉ tiêu.');
    return numerator < 0 ? say('numerator', 'Số lượng không âm.') : [];
  }
  // Points may fall below nothing; a share or a number of things may not.
  if (plain !== undefined && plain < 0 && terms.unit !== 'points') return say('value', 'Tỷ lệ và số lượng không âm.');
  if (plain !== undefined) {
    return numerator !== undefined || denominator !== undefined
      ? say('value', 'Nhập tử số và mẫu số, hoặc nhập thẳng giá trị, không nhập cả hai.')
      : [];
  }
  if (numerator === undefined) return say('numerator', 'Chưa nhập kết quả.');
  if (terms.unit === 'percent' && denominator === undefined) return say('denominator', 'Tỷ lệ cần cả mẫu số.');
  // Nothing of nothing is no data, which may be said; something of nothing is a slip of the pen.
  if (denominator === 0 && numerator > 0)
    return say('denominator', 'Mẫu số bằng 0 thì không chia được. Chưa có trường hợp nào thì tử số cũng là 0.');
  if (terms.unit !== 'percent' && denominator !== undefined) return say('denominator', 'Chỉ tỷ lệ mới có mẫu số.');
  return numerator < 0 ? say('numerator', 'Số lượng không âm.') : [];
}

/** The whole of content: ids once, units named in the way of content, terms and published values all right. */
export function lintTargets(
  targets: readonly TargetDefinition[],
  unitOf: MetricUnitOf,
  isPeriod: (id: string) => boolean,
): TargetFault[] {
  return targets.flatMap((target, at) => {
    const under = (place: string) => (fault: TargetFault) => ({
      ...fault,
      place: `${target.id}/${place}/${fault.place}`,
    });
    const faults = [
      ...lintTerms(target.terms, unitOf).map(under('terms')),
      ...(target.published ?? []).flatMap((value, n) => lintValue(target.terms, value).map(under(`published[${n}]`))),
    ];
    if (!isPeriod(target.period))
      faults.push({ place: `${target.id}/period`, message: `Không có kỳ “${target.period}”.` });
    if (targets.slice(0, at).some((other) => other.id === target.id))
      faults.push({ place: target.id, message: 'Mã chỉ tiêu dùng hai lần.' });
    if (!target.verified && !target.doubt)
      faults.push({ place: `${target.id}/doubt`, message: 'Chưa kiểm chứng thì nói rõ chỗ chưa chắc.' });
    return faults;
  });
}

/** The unit a moving goal looks at; undefined for fixed ones and bands. */
export function referenceOf(goal: Goal) {
  if ('notBelow' in goal) return goal.notBelow;
  return 'notAbove' in goal ? goal.notAbove : undefined;
}
