import { Value } from 'typebox/value';
import { lintDesign } from './design.ts';
import type { RegisterFinding } from './lint.ts';
import { type RegisterDefinition, RegisterFile } from './register.ts';

/** Findings shown at once. */
const MOST = 50;

export type CheckedDesign =
  | { readonly ok: true; readonly register: RegisterDefinition }
  | { readonly ok: false; readonly findings: readonly RegisterFinding[] };

/** `/fields/2/label` → `fields[2].label` */
const placeOf = (pointer: string): string =>
  pointer
    .slice(1)
    .replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.');

/**
 * Checks a register somebody designed or read from a file: its shape, then everything `lintDesign` looks at. Every finding
 * names its place, e.g. `fields[2].formula`.
 */
export function checkDesign(value: unknown, before: RegisterDefinition | null): CheckedDesign {
  if (!Value.Check(RegisterFile, value)) {
    const found = [...Value.Errors(RegisterFile, value)]
      .filter((error) => error.keyword !== 'anyOf')
      .map((error) => ({ path: placeOf(error.instancePath), message: error.message }));
    const first = [...new Map(found.map((each) => [each.path, each])).values()].slice(0, MOST);
    return { ok: false, findings: first.length > 0 ? first : [{ path: '', message: 'không đúng cấu trúc sổ' }] };
  }
  const findings = lintDesign(value, before);
  return findings.length > 0 ? { ok: false, findings: findings.slice(0, MOST) } : { ok: true, register: value };
}
