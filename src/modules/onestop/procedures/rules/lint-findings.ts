import type { ExpressionError } from '../../../../core/expressions/expression.ts';
import type { Finding } from './national-read.ts';

/** Collects findings of one rule group with less noise. */
export type Report = (rule: string, severity: Finding['severity'], path: string, message: string) => void;

/** Reports every second and later occurrence of a key. */
export function reportRepeats(keys: readonly string[], report: (key: string, at: number) => void): void {
  const seen = new Set<string>();
  keys.forEach((key, at) => {
    if (seen.has(key)) report(key, at);
    seen.add(key);
  });
}

/** Wording of an expression's error with its place. */
export function expressionProblem(error: ExpressionError): string {
  const at = error.position ? ` (ký tự ${error.position.start + 1})` : '';
  return `${error.message}${at}`;
}
