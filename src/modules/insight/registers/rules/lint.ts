import { expressionOf, isNumeric, type MeasurePart, type RegisterDefinition, typedFields } from './register.ts';

export type RegisterFinding = { readonly path: string; readonly message: string };

/** What is wrong with a register, each with its place, e.g. `measures[1].numerator.field`. Empty: it can be used. */
export function lintRegister(register: RegisterDefinition): readonly RegisterFinding[] {
  return [...lintFields(register), ...lintPeriods(register), ...lintMeasures(register)];
}

function lintFields(register: RegisterDefinition): RegisterFinding[] {
  const findings: RegisterFinding[] = [];
  const typed = new Set(typedFields(register).map((field) => field.key));
  for (const [at, field] of register.fields.entries()) {
    const path = `fields[${at}]`;
    if (register.fields.findIndex((each) => each.key === field.key) !== at)
      findings.push({ path: `${path}.key`, message: `mã ô ${field.key} dùng hai lần` });
    if (register.fields.findIndex((each) => plain(each.label) === plain(field.label)) !== at)
      findings.push({ path: `${path}.label`, message: 'hai ô cùng tên' });
    if ((field.type === 'choice') !== (field.choices !== undefined))
      findings.push({ path: `${path}.choices`, message: 'ô chọn trong danh sách, và chỉ ô ấy, có danh sách lựa chọn' });
    if ((field.type === 'result') !== (field.mentionedAs !== undefined))
      findings.push({ path: `${path}.mentionedAs`, message: 'ô kết quả, và chỉ ô ấy, có tên ghi ở trang kết quả' });
    if (
      field.choices?.some((choice, i, all) => all.findIndex((each) => plain(each.label) === plain(choice.label)) !== i)
    )
      findings.push({ path: `${path}.choices`, message: 'hai lựa chọn cùng tên' });
    if (field.min !== undefined && field.max !== undefined && field.min > field.max)
      findings.push({ path: `${path}.max`, message: 'số lớn nhất nhỏ hơn số nhỏ nhất' });
    if (field.formula === undefined) continue;
    if (!isNumeric(field))
      findings.push({ path: `${path}.type`, message: 'chỉ ô số hoặc tỷ lệ được tính bằng công thức' });
    const result = expressionOf(register, field.formula, 'number');
    if (!result.ok) findings.push({ path: `${path}.formula`, message: result.message });
  }
  const keys = register.lineKey ?? [];
  if ((register.shape === 'list') !== keys.length > 0)
    findings.push({ path: 'lineKey', message: 'sổ danh sách, và chỉ sổ ấy, có ô phân biệt các dòng' });
  for (const [at, key] of keys.entries())
    if (!register.fields.some((field) => field.key === key && typed.has(key) && field.required))
      findings.push({ path: `lineKey[${at}]`, message: `${key} phải là ô nhập bắt buộc` });
  for (const [at, key] of keys.entries())
    if (register.fields.some((field) => field.key === key && field.type === 'result'))
      findings.push({ path: `lineKey[${at}]`, message: `ô kết quả ${key} không phân biệt được các dòng` });
  for (const [at, check] of register.checks.entries()) {
    const result = expressionOf(register, check.rule, 'bool');
    if (!result.ok) findings.push({ path: `checks[${at}].rule`, message: result.message });
    if (!typed.has(check.field))
      findings.push({ path: `checks[${at}].field`, message: `${check.field} không phải là ô nhập` });
  }
  return findings;
}

function lintPeriods({ frequency, rounds, deadlineDays, closeDays }: RegisterDefinition): RegisterFinding[] {
  const findings: RegisterFinding[] = [];
  const byRounds = frequency === 'campaign' || frequency === 'once';
  if (byRounds !== (rounds !== undefined))
    findings.push({ path: 'rounds', message: 'sổ theo đợt hoặc một lần, và chỉ sổ ấy, có các đợt' });
  if (frequency === 'once' && rounds !== undefined && rounds.length !== 1)
    findings.push({ path: 'rounds', message: 'sổ nhập một lần có đúng một đợt' });
  for (const [at, round] of (rounds ?? []).entries()) {
    if (!(round.from <= round.to && round.from <= round.deadline && round.deadline <= round.close))
      findings.push({
        path: `rounds[${at}]`,
        message: 'các ngày phải theo thứ tự: bắt đầu ≤ kết thúc; bắt đầu ≤ hạn nhập ≤ khóa sổ',
      });
    if (/^\d{4}(-|$)/.test(round.id))
      findings.push({ path: `rounds[${at}].id`, message: 'mã đợt không được bắt đầu bằng năm như mã kỳ' });
    if (rounds?.findIndex((each) => each.id === round.id) !== at)
      findings.push({ path: `rounds[${at}].id`, message: `mã đợt ${round.id} dùng hai lần` });
  }
  if (!byRounds && (deadlineDays === undefined || closeDays === undefined || deadlineDays > closeDays))
    findings.push({
      path: 'closeDays',
      message: 'cần số ngày đến hạn nhập và số ngày đến khi khóa sổ, số trước không lớn hơn số sau',
    });
  return findings;
}

function lintMeasures(register: RegisterDefinition): RegisterFinding[] {
  const findings: RegisterFinding[] = [];
  for (const [at, measure] of register.measures.entries()) {
    const path = `measures[${at}]`;
    if (register.measures.findIndex((each) => each.id === measure.id) !== at)
      findings.push({ path: `${path}.id`, message: `mã chỉ số ${measure.id} dùng hai lần` });
    findings.push(...lintPart(register, measure.numerator, `${path}.numerator`));
    if (measure.denominator) findings.push(...lintPart(register, measure.denominator, `${path}.denominator`));
    const isRate = register.fields.some(
      (f) => 'field' in measure.numerator && f.key === measure.numerator.field && f.type === 'percent',
    );
    if ((measure.unit === 'percent') !== (measure.denominator !== undefined || isRate))
      findings.push({
        path: `${path}.unit`,
        message: 'chỉ số tỷ lệ có mẫu số hoặc lấy một ô tỷ lệ; chỉ số đếm thì không',
      });
    if (measure.denominator !== undefined && isRate)
      findings.push({ path: `${path}.numerator`, message: 'ô tỷ lệ không chia thêm cho mẫu số' });
  }
  return findings;
}

function lintPart(register: RegisterDefinition, part: MeasurePart, path: string): RegisterFinding[] {
  if ('lines' in part) {
    const result = expressionOf(register, part.lines, 'bool');
    return result.ok ? [] : [{ path: `${path}.lines`, message: result.message }];
  }
  const field = register.fields.find((each) => each.key === part.field);
  return field && isNumeric(field)
    ? []
    : [{ path: `${path}.field`, message: `${part.field} không phải là ô số của sổ` }];
}

const plain = (text: string): string => text.normalize('NFC').trim().toLowerCase();
