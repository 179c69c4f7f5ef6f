import { isDay } from '../../../../core/time/index.ts';
import { lintRegister, type RegisterFinding } from './lint.ts';
import type { RegisterDefinition } from './register.ts';

/**
 * What is wrong with a register that is being designed: blanks, days that are none, what `lintRegister` finds, and what a
 * later version may not change.
 * @param before the version before it; null for a new register
 */
export function lintDesign(
  register: RegisterDefinition,
  before: RegisterDefinition | null,
): readonly RegisterFinding[] {
  return [
    ...blanksOf(register),
    ...daysOf(register),
    ...lintRegister(register),
    ...(before ? keptOf(register, before) : []),
  ];
}

const isBlank = (text: string): boolean => text.trim() === '';

function blanksOf(register: RegisterDefinition): RegisterFinding[] {
  const texts: readonly (readonly [path: string, text: string])[] = [
    ['name', register.name],
    ['enteredBy.who', register.enteredBy.who],
    ['source', register.source],
    ...register.fields.map((field, at) => [`fields[${at}].label`, field.label] as const),
    ...register.fields.flatMap((field, at) =>
      (field.choices ?? []).map((choice, nth) => [`fields[${at}].choices[${nth}].label`, choice.label] as const),
    ),
    ...register.checks.map((check, at) => [`checks[${at}].says`, check.says] as const),
    ...register.measures.map((measure, at) => [`measures[${at}].name`, measure.name] as const),
    ...(register.rounds ?? []).map((round, at) => [`rounds[${at}].name`, round.name] as const),
  ];
  const findings = texts.filter(([, text]) => isBlank(text)).map(([path]) => ({ path, message: 'chưa ghi' }));
  for (const [at, { key, choices }] of register.fields.entries()) {
    if (!/^[a-z][A-Za-z0-9]{0,29}$/.test(key))
      findings.push({ path: `fields[${at}].key`, message: 'mã ô gồm chữ không dấu và số, bắt đầu bằng chữ thường' });
    if (choices && (choices.length < 2 || new Set(choices.map((one) => one.code)).size < choices.length))
      findings.push({ path: `fields[${at}].choices`, message: 'cần ít nhất hai lựa chọn, mã không trùng nhau' });
  }
  for (const [list, ids] of [
    ['measures', register.measures.map((one) => one.id)],
    ['rounds', (register.rounds ?? []).map((one) => one.id)],
  ] as const)
    for (const [at, id] of ids.entries())
      if (!/^[a-z0-9-]{1,40}$/.test(id))
        findings.push({ path: `${list}[${at}].id`, message: 'mã gồm chữ thường không dấu, số và dấu gạch nối' });
  if (register.enteredBy.levels.length === 0)
    findings.push({ path: 'enteredBy.levels', message: 'chọn ít nhất một cấp nhập' });
  if (register.fields.length === 0) findings.push({ path: 'fields', message: 'sổ cần ít nhất một ô' });
  if (register.measures.length === 0) findings.push({ path: 'measures', message: 'sổ cần ít nhất một chỉ số' });
  return findings;
}

const ROUND_DAYS = [
  ['from', 'ngày bắt đầu'],
  ['to', 'ngày kết thúc'],
  ['deadline', 'hạn nhập'],
  ['close', 'ngày khóa sổ'],
] as const;

function daysOf({ validFrom, rounds }: RegisterDefinition): RegisterFinding[] {
  const days: readonly (readonly [path: string, day: string, name: string])[] = [
    ['validFrom', validFrom, 'ngày'],
    ...(rounds ?? []).flatMap((round, at) =>
      ROUND_DAYS.map(([key, name]) => [`rounds[${at}].${key}`, round[key], name] as const),
    ),
  ];
  return days
    .filter(([, day]) => !isDay(day))
    .map(([path, day, name]) => ({ path, message: day === '' ? `chưa ghi ${name}` : `${name} không có thật` }));
}

const KEPT = ['shape', 'tree', 'frequency', 'overTime'] as const;
const NEW_REGISTER = 'bản sau không đổi được, vì số đã nhập theo cách cũ; muốn khác thì lập sổ mới';

/** Figures of older periods are read and added up with the newer ones: what they mean has to stay. */
function keptOf(register: RegisterDefinition, before: RegisterDefinition): RegisterFinding[] {
  const findings: RegisterFinding[] = [];
  if (register.id !== before.id) findings.push({ path: 'id', message: `bản sau giữ mã sổ ${before.id}` });
  for (const key of KEPT) if (register[key] !== before[key]) findings.push({ path: key, message: NEW_REGISTER });
  if ((register.lineKey ?? []).join() !== (before.lineKey ?? []).join())
    findings.push({ path: 'lineKey', message: NEW_REGISTER });
  for (const [at, field] of register.fields.entries()) {
    const old = before.fields.find((each) => each.key === field.key);
    if (old && old.type !== field.type)
      findings.push({ path: `fields[${at}].type`, message: 'ô đã có số nhập theo loại cũ; thêm ô mới với mã khác' });
  }
  for (const old of before.measures) {
    const at = register.measures.findIndex((each) => each.id === old.id);
    const measure = register.measures[at];
    if (!measure)
      findings.push({
        path: 'measures',
        message: `chỉ số “${old.name}” (mã ${old.id}) phải còn, vì chỉ tiêu, báo cáo, bộ chỉ số có thể đang dùng`,
      });
    else if (measure.unit !== old.unit || (measure.denominator === undefined) !== (old.denominator === undefined))
      findings.push({ path: `measures[${at}].unit`, message: 'bản sau giữ loại chỉ số: đếm hoặc tỷ lệ như bản trước' });
  }
  for (const old of before.rounds ?? []) {
    const round = register.rounds?.find((each) => each.id === old.id);
    if (old.from < register.validFrom && (round?.from !== old.from || round.to !== old.to))
      findings.push({ path: 'rounds', message: `đợt “${old.name}” đã bắt đầu, phải giữ mã và các ngày của đợt` });
  }
  return findings;
}

/** Whether a version may begin on a day: the first of one of its periods, so that every period has one version. */
export function beginsPeriod({ frequency }: Pick<RegisterDefinition, 'frequency'>, day: string): boolean {
  switch (frequency) {
    case 'month':
      return day.endsWith('-01');
    case 'quarter':
      return /-(01|04|07|10)-01$/.test(day);
    case 'year':
      return day.endsWith('-01-01');
    case 'campaign':
    case 'once':
      return true;
  }
}
