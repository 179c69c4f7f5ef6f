import type { MeasurePart, RegisterDefinition } from '../../../../modules/insight/registers/rules/register.ts';

/**
 * The register with a field under another key, also where expressions, checks and measures name it.
 * @example of `b - a` with `a` → `total`: `b - total`
 */
export function renamed(register: RegisterDefinition, from: string, to: string): RegisterDefinition {
  const word = new RegExp(`(?<![A-Za-z0-9_"'])${from}(?![A-Za-z0-9_"'])`, 'g');
  const key = (one: string): string => (one === from ? to : one);
  const part = (one: MeasurePart): MeasurePart =>
    'field' in one ? { field: key(one.field) } : { lines: one.lines.replace(word, to) };
  return {
    ...register,
    ...(register.lineKey ? { lineKey: register.lineKey.map(key) } : {}),
    fields: register.fields.map((field) => ({
      ...field,
      key: key(field.key),
      ...(field.formula === undefined ? {} : { formula: field.formula.replace(word, to) }),
    })),
    checks: register.checks.map((check) => ({ ...check, rule: check.rule.replace(word, to), field: key(check.field) })),
    measures: register.measures.map((measure) => ({
      ...measure,
      numerator: part(measure.numerator),
      ...(measure.denominator ? { denominator: part(measure.denominator) } : {}),
    })),
  };
}
