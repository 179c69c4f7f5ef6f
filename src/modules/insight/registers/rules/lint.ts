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
      findings.push({ path: `${path}.key`, message: `${field.key} is used twice` });
    if (register.fields.findIndex((each) => plain(each.label) === plain(field.label)) !== at)
      findings.push({ path: `${path}.label`, message: 'two columns with one title' });
    if ((field.type === 'choice') !== (field.choices !== undefined))
      findings.push({ path: `${path}.choices`, message: 'a choice, and only it, has choices' });
    if ((field.type === 'result') !== (field.mentionedAs !== undefined))
      findings.push({ path: `${path}.mentionedAs`, message: 'a result, and only it, is mentioned on its page' });
    if (
      field.choices?.some((choice, i, all) => all.findIndex((each) => plain(each.label) === plain(choice.label)) !== i)
    )
      findings.push({ path: `${path}.choices`, message: 'two choices with one label' });
    if (field.min !== undefined && field.max !== undefined && field.min > field.max)
      findings.push({ path: `${path}.max`, message: 'below min' });
    if (field.formula === undefined) continue;
    if (!isNumeric(field)) findings.push({ path: `${path}.type`, message: 'only a number is computed' });
    const result = expressionOf(register, field.formula, 'number');
    if (!result.ok) findings.push({ path: `${path}.formula`, message: result.message });
  }
  const keys = register.lineKey ?? [];
  if ((register.shape === 'list') !== keys.length > 0)
    findings.push({ path: 'lineKey', message: 'a list, and only it, has a line key' });
  for (const [at, key] of keys.entries())
    if (!register.fields.some((field) => field.key === key && typed.has(key) && field.required))
      findings.push({ path: `lineKey[${at}]`, message: `${key} is no required typed field` });
  for (const [at, key] of keys.entries())
    if (register.fields.some((field) => field.key === key && field.type === 'result'))
      findings.push({ path: `lineKey[${at}]`, message: `${key} is a result and tells no line apart` });
  for (const [at, check] of register.checks.entries()) {
    const result = expressionOf(register, check.rule, 'bool');
    if (!result.ok) findings.push({ path: `checks[${at}].rule`, message: result.message });
    if (!typed.has(check.field)) findings.push({ path: `checks[${at}].field`, message: `${check.field} is not typed` });
  }
  return findings;
}

function lintPeriods({ frequency, rounds, deadlineDays, closeDays }: RegisterDefinition): RegisterFinding[] {
  const findings: RegisterFinding[] = [];
  const byRounds = frequency === 'campaign' || frequency === 'once';
  if (byRounds !== (rounds !== undefined))
    findings.push({ path: 'rounds', message: 'a campaign, and only it, has rounds' });
  if (frequency === 'once' && rounds !== undefined && rounds.length !== 1)
    findings.push({ path: 'rounds', message: 'once is one round' });
  for (const [at, round] of (rounds ?? []).entries()) {
    if (!(round.from <= round.to && round.from <= round.deadline && round.deadline <= round.close))
      findings.push({ path: `rounds[${at}]`, message: 'from ≤ to, from ≤ deadline ≤ close' });
    if (/^\d{4}(-|$)/.test(round.id)) findings.push({ path: `rounds[${at}].id`, message: 'looks like a period' });
    if (rounds?.findIndex((each) => each.id === round.id) !== at)
      findings.push({ path: `rounds[${at}].id`, message: `${round.id} is used twice` });
  }
  if (!byRounds && (deadlineDays === undefined || closeDays === undefined || deadlineDays > closeDays))
    findings.push({
      path: 'closeDays',
      message: 'deadlineDays and closeDays are needed, the first not above the second',
    });
  return findings;
}

function lintMeasures(register: RegisterDefinition): RegisterFinding[] {
  const findings: RegisterFinding[] = [];
  for (const [at, measure] of register.measures.entries()) {
    const path = `measures[${at}]`;
    if (register.measures.findIndex((each) => each.id === measure.id) !== at)
      findings.push({ path: `${path}.id`, message: `${measure.id} is used twice` });
    findings.push(...lintPart(register, measure.numerator, `${path}.numerator`));
    if (measure.denominator) findings.push(...lintPart(register, measure.denominator, `${path}.denominator`));
    const isRate = register.fields.some(
      (f) => 'field' in measure.numerator && f.key === measure.numerator.field && f.type === 'percent',
    );
    if ((measure.unit === 'percent') !== (measure.denominator !== undefined || isRate))
      findings.push({ path: `${path}.unit`, message: 'a percentage has a denominator or is one field of percent' });
    if (measure.denominator !== undefined && isRate)
      findings.push({ path: `${path}.numerator`, message: 'a percentage is not divided' });
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
    : [{ path: `${path}.field`, message: `${part.field} is no number of the register` }];
}

const plain = (text: string): string => text.normalize('NFC').trim().toLowerCase();
