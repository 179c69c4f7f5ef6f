import type { ScoringRule } from '../../../../core/scoring/index.ts';
import { typedNumberVi } from '../../../../core/text/numbers.ts';
import { readNumber } from '../reports/words.ts';

export const RULE_KINDS = ['manual', 'linear', 'threshold', 'bands', 'checklist', 'formula'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

const share = (ratio: number): string => typedNumberVi(Math.round(ratio * 1e6) / 1e4);

/** A rule as one line people type: `50–95`, `80`, `90: 4; 70: 2`, an expression; percentages, not ratios. */
export function ruleLine(rule: ScoringRule | undefined): string {
  switch (rule?.kind) {
    case 'linear':
      return rule.from === undefined ? share(rule.full ?? 1) : `${share(rule.from)}–${share(rule.full ?? 1)}`;
    case 'threshold':
      return share(rule.at);
    case 'bands':
      return rule.steps.map((step) => `${share(step.min)}: ${typedNumberVi(step.points)}`).join('; ');
    case 'formula':
      return rule.expression;
    default:
      return '';
  }
}

/** The rule typed; undefined where the line is none of its kind. */
export function readRule(kind: RuleKind, line: string): ScoringRule | undefined {
  const ratio = (text: string): number | undefined => {
    const value = readNumber(text);
    return typeof value === 'number' ? Math.round(value * 1e4) / 1e6 : undefined;
  };
  switch (kind) {
    case 'manual':
    case 'checklist':
      return { kind };
    case 'linear': {
      const [first = '', second] = line.split(/[–-]/);
      if (line.trim() === '') return { kind };
      if (second === undefined) return limited(ratio(first), (full) => ({ kind, full }));
      const from = ratio(first);
      return from === undefined || from >= 1 ? undefined : limited(ratio(second), (full) => ({ kind, from, full }));
    }
    case 'threshold': {
      const at = ratio(line);
      return at === undefined || at > 1 ? undefined : { kind, at };
    }
    case 'bands': {
      const steps = line
        .split(';')
        .filter((each) => each.trim() !== '')
        .map((each) => {
          const [min = '', given = ''] = each.split(':');
          return { min: ratio(min), points: readNumber(given) };
        });
      const read = steps.flatMap(({ min, points }) =>
        min === undefined || typeof points !== 'number' ? [] : [{ min, points }],
      );
      return read.length === 0 || read.length < steps.length ? undefined : { kind, steps: read };
    }
    case 'formula':
      return line.trim() === '' ? undefined : { kind, expression: line.trim() };
  }
}

const limited = (full: number | undefined, rule: (full: number) => ScoringRule): ScoringRule | undefined =>
  full === undefined || full <= 0 || full > 1 ? undefined : rule(full);
