import { Value } from 'typebox/value';
import { closestFaults } from '../contract/closest-faults.ts';
import { typedNumberVi } from '../text/numbers.ts';
import { isDay } from '../time/index.ts';
import { Decimal } from './decimal.ts';
import { lintFormula } from './formula.ts';
import { type Band, type Criterion, IndicatorSet, type SubCriterion } from './set.ts';
import { chooseSettings } from './settings.ts';

/** A fault of a set: `path` is where, `code` is stable, the message says what to do. */
export type SetFinding = { readonly path: string; readonly code: SetFindingCode; readonly message: string };
export type SetFindingCode =
  | 'set/shape'
  | 'set/maxima'
  | 'set/weights'
  | 'set/repeated-id'
  | 'set/unknown-part'
  | 'set/bands'
  | 'set/rule'
  | 'set/level'
  | 'set/name'
  | 'set/days'
  | 'set/formula'
  | 'set/metric'
  | 'set/settings'
  | 'set/empty';

/** Reads a set from data and checks that it can be scored: the findings name every fault, not only the first. */
export function readSet(
  data: unknown,
): { readonly ok: true; readonly set: IndicatorSet } | { readonly ok: false; readonly findings: SetFinding[] } {
  if (!Value.Check(IndicatorSet, data)) {
    // A key too many is told at its own place.
    const findings = closestFaults(Value.Errors(IndicatorSet, data))
      .filter(({ keyword }) => keyword !== 'additionalProperties')
      .slice(0, 20)
      .map(
        (error): SetFinding => ({
          path: error.instancePath || '/',
          code: 'set/shape',
          message: `Bộ chỉ số sai cấu trúc ở ${error.instancePath || 'gốc'}: ${error.message}.`,
        }),
      );
    return { ok: false, findings };
  }
  const findings = lintSet(data);
  return findings.length === 0 ? { ok: true, set: data } : { ok: false, findings };
}

/** Faults of a set whose shape is right: maxima and weights that do not add up, ids twice, bands out of order. */
export function lintSet(set: IndicatorSet): SetFinding[] {
  const findings: SetFinding[] = [];
  const add = (path: string, code: SetFindingCode, message: string): void => {
    findings.push({ path, code, message });
  };
  const { parts = [], domains = [] } = set;
  if (parts.length === 0 && domains.length === 0)
    add('/', 'set/empty', 'Bộ chỉ số chưa có lĩnh vực (domains) hoặc phần điểm (parts) nào.');

  checkHead(add, set);

  const seen = new Set<string>();
  const ids = [...parts, ...domains, ...domains.flatMap(itemsOf)].map((item) => item.id);
  for (const id of ids) {
    if (seen.has(id)) add(`/${id}`, 'set/repeated-id', `Mã “${id}” dùng hai lần.`);
    seen.add(id);
  }

  const weights = sum(parts.map((part) => part.weight));
  if (parts.length > 0 && !weights.eq(1))
    add('/parts', 'set/weights', `Trọng số các phần cộng lại là ${typed(weights)}, phải là 1.`);
  for (const domain of domains) {
    if (parts.length > 0 && domain.part === undefined)
      add(`/${domain.id}`, 'set/unknown-part', `Lĩnh vực “${domain.id}” chưa thuộc phần nào nên không được tính.`);
    if (domain.part !== undefined && !parts.some((part) => part.id === domain.part))
      add(`/${domain.id}`, 'set/unknown-part', `Lĩnh vực “${domain.id}” thuộc phần “${domain.part}” không có.`);
    if (domain.criteria) checkSum(add, `/${domain.id}`, `Lĩnh vực “${domain.name}”`, domain.max, domain.criteria);
    for (const criterion of domain.criteria ?? []) {
      const what = `Tiêu chí “${criterion.name}”`;
      if (criterion.criteria) {
        checkSum(add, `/${criterion.id}`, what, criterion.max, criterion.criteria);
        if (criterion.rule || criterion.metric)
          add(`/${criterion.id}`, 'set/rule', `${what} có tiêu chí thành phần nên không có cách chấm riêng.`);
      }
    }
    for (const item of itemsOf(domain)) checkRule(add, item);
  }
  // Parts have weights, so the maxima of their domains are free; without parts the domains make the total.
  if (parts.length === 0 && domains.length > 0) checkSum(add, '/', 'Bộ chỉ số', set.max, domains);
  for (const name of ['total', 'domain'] as const) {
    const bands = set.bands?.[name];
    if (bands) checkBands(add, `/bands/${name}`, bands);
  }
  if (findings.length === 0) checkSettings(add, set);
  else checkOptionFormulas(add, set);
  return findings;
}

type Add = (path: string, code: SetFindingCode, message: string) => void;

/** Name, level, days and maximum of the set itself. */
function checkHead(add: Add, { name, level, validFrom, validTo, max }: IndicatorSet): void {
  if (name.trim() === '') add('/name', 'set/name', 'Bộ chỉ số chưa có tên.');
  if (level !== 'any' && !LEVELS.includes(level))
    add('/level', 'set/level', `Không có cấp “${level}”. Các cấp: any, ${LEVELS.join(', ')}.`);
  for (const [at, day] of Object.entries({ validFrom, validTo }))
    if (day !== undefined && !isDay(day)) add(`/${at}`, 'set/days', `Ngày ${day} không có trong lịch.`);
  if (validTo !== undefined && validTo < validFrom)
    add('/validTo', 'set/days', 'Ngày hết hiệu lực đứng trước ngày có hiệu lực.');
  if (max === 0) add('/', 'set/maxima', 'Điểm tối đa của bộ chỉ số phải lớn hơn 0.');
}

/** As people type it, of exact sums all decimals. */
const typed = (n: number | Decimal): string => typedNumberVi(n.toString());
const sum = (numbers: readonly number[]): Decimal => numbers.reduce((total, n) => total.plus(n), new Decimal(0));

function checkSum(add: Add, path: string, what: string, max: number, items: readonly { max: number }[]): void {
  const total = sum(items.map((item) => item.max));
  if (!total.eq(max))
    add(
      path,
      'set/maxima',
      `${what} có điểm tối đa ${typed(max)} nhưng các mục bên trong cộng lại là ${typed(total)}.`,
    );
}

/** Each reading of a disputed place must be there, name what the set has, and make a set that can be scored. */
function checkSettings(add: Add, set: IndicatorSet): void {
  const { settings = [], domains = [] } = set;
  const known = new Set(domains.flatMap((domain) => (domain.criteria ?? []).map((each) => each.id)));
  const seen = new Set<string>();
  /** By criterion or sub-criterion, the first setting that puts something in its place. */
  const changedBy = new Map<string, string>();
  for (const { id, name, chosen, options } of settings) {
    const path = `/settings/${id}`;
    for (const changed of options.flatMap((option) => idsOf(option.criteria)))
      if (!changedBy.has(changed)) changedBy.set(changed, id);
    if (seen.has(id)) add(path, 'set/repeated-id', `Mã “${id}” dùng hai lần.`);
    seen.add(id);
    if (!options.some((option) => option.id === chosen))
      add(path, 'set/settings', `“${name}” chọn “${chosen}” nhưng không có cách đó.`);
    for (const [at, option] of options.entries()) {
      const place = `${path}/${option.id}`;
      if (options.findIndex((each) => each.id === option.id) < at)
        add(place, 'set/repeated-id', `Mã “${option.id}” dùng hai lần.`);
      for (const criterion of option.criteria ?? [])
        if (!known.has(criterion.id))
          add(place, 'set/settings', `“${option.name}” thay tiêu chí “${criterion.id}” nhưng bộ không có.`);
      // Each reading is checked by itself: two that change the same place need not add up together.
      for (const taken of idsOf(option.criteria).filter((each) => (changedBy.get(each) ?? id) !== id))
        add(place, 'set/settings', `“${option.name}” thay mục “${taken}” mà “${changedBy.get(taken)}” cũng thay.`);
      const read = chooseSettings({ ...set, settings: [{ id, name, chosen: option.id, options }] }, {});
      if (!read.ok) continue;
      const { settings: _, ...alone } = read.set;
      for (const finding of lintSet(alone)) add(place, finding.code, finding.message);
    }
  }
}

/** While the set itself is half made its readings cannot be checked, but for formulas: nobody can ever compute those. */
function checkOptionFormulas(add: Add, { settings = [] }: IndicatorSet): void {
  for (const { id, options } of settings)
    for (const option of options)
      for (const item of itemsOf(option))
        checkRule(
          (_, code, message) => code === 'set/formula' && add(`/settings/${id}/${option.id}`, code, message),
          item,
        );
}

/** Criteria and sub-criteria of a domain. */
const itemsOf = ({ criteria }: { readonly criteria?: readonly Criterion[] }): SubCriterion[] =>
  (criteria ?? []).flatMap((criterion) => [criterion, ...(criterion.criteria ?? [])]);
const idsOf = (criteria: readonly Criterion[] = []): string[] => itemsOf({ criteria }).map((item) => item.id);

/** Levels a criterion may be told not to apply to. */
const LEVELS: readonly string[] = ['national', 'province', 'district', 'commune', 'hamlet'];

function checkRule(add: Add, { id, name, max, rule, notFor = [] }: SubCriterion): void {
  const path = `/${id}`;
  if (name.trim() === '') add(path, 'set/name', `Mục “${id}” chưa có tên.`);
  for (const { level } of notFor)
    if (!LEVELS.includes(level))
      add(path, 'set/level', `“${name}” không áp dụng cho “${level}”, nhưng không có cấp đó: ${LEVELS.join(', ')}.`);
  if (rule?.kind === 'formula') {
    const problem = lintFormula(rule.expression, max);
    if (problem) add(path, 'set/formula', `Công thức của “${name}”, ký tự thứ ${problem.place}: ${problem.message}`);
  }
  if (rule?.kind === 'linear' && (rule.from ?? 0) >= (rule.full ?? 1))
    add(path, 'set/rule', `“${name}”: mức bắt đầu có điểm phải thấp hơn mức được đủ điểm.`);
  if (rule?.kind !== 'bands') return;
  const { steps } = rule;
  if (!falling(steps)) add(path, 'set/bands', `Các mức của “${name}” phải xếp từ cao xuống thấp.`);
  if (steps.some((step, at) => step.points < (steps[at + 1]?.points ?? 0)))
    add(path, 'set/bands', `Mức cao hơn của “${name}” không được ít điểm hơn mức thấp.`);
  if (steps.some((step) => step.points > max))
    add(path, 'set/maxima', `Một mức của “${name}” có điểm lớn hơn điểm tối đa ${max}.`);
}

const falling = (steps: readonly { min: number }[]): boolean =>
  steps.every((step, index) => index === 0 || step.min < (steps[index - 1]?.min ?? 0));

function checkBands(add: Add, path: string, bands: readonly Band[]): void {
  if (!falling(bands)) add(path, 'set/bands', 'Các mức xếp loại phải xếp từ cao xuống thấp.');
  if (bands.at(-1)?.min !== 0)
    add(path, 'set/bands', 'Mức xếp loại cuối cùng phải bắt đầu từ 0 để không ai bị bỏ sót.');
}
