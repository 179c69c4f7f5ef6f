import type { Day } from '../../../../core/time/index.ts';

/** How the regime of a day makes dossier codes (domain §3.2). */
export type CodeRule = {
  readonly generator: 'old' | 'tt03-2025' | 'tt04-2025';
  /** Code of the receiving unit in the scheme the regime names, e.g. `000.00.33.H47` or `H17.32.05`. */
  readonly unitCode: string;
  readonly digits: number;
};

/** Prefix of all codes of a unit on a day: `000.00.33.H47-230831-`. Example day `2023-08-31` → `230831`. */
export function codePrefix(rule: CodeRule, day: Day): string {
  return `${rule.unitCode}-${day.slice(2, 4)}${day.slice(5, 7)}${day.slice(8, 10)}-`;
}

/** Whole code. `tt04-2025` puts two digits of the system's owner before the number; here `01`. */
export function dossierCode(rule: CodeRule, day: Day, number: number): string {
  const sequence = String(number).padStart(rule.digits, '0');
  return `${codePrefix(rule, day)}${rule.generator === 'tt04-2025' ? '01' : ''}${sequence}`;
}
