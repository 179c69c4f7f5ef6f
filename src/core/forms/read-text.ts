import { cleanText, HARD_TEXT_LIMIT, textLength } from './clean.ts';
import type { Problem, ProblemCode } from './problems.ts';
import { isBlank, NOTHING, problemReading, type Reading } from './reading.ts';

/** How a text is read; `format` as in text fields. */
export interface TextRule {
  maxLength: number;
  multiline?: boolean;
  format?: 'phone' | 'email' | 'none';
}

// Deliberately plain: the only true test of an address is a mail that arrives. Linear in time.
const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}$/;

/** A phone number in one form: `+84 912.345.678` → `0912345678`; other countries keep their `+`. */
export function normalisePhone(text: string): string {
  const compact = text.replace(/[\s.()-]/g, '');
  return compact.replace(/^(?:\+|00)84(?=\d)/, '0').replace(/^00(?=[1-9])/, '+');
}

function formatProblem(text: string, format: TextRule['format']): ProblemCode | undefined {
  if (format === 'phone' && !/^(0\d{9,10}|\+\d{8,15})$/.test(text)) return 'bad-phone';
  if (format === 'email' && !EMAIL.test(text)) return 'bad-email';
  return undefined;
}

/** Reads typed text by a rule; also used for the parts of persons and addresses. */
export function readText(raw: unknown, rule: TextRule): Reading {
  if (isBlank(raw)) return NOTHING;
  if (typeof raw !== 'string') return problemReading('wrong-type');
  if (raw.length > HARD_TEXT_LIMIT)
    return problemReading('too-long', undefined, { max: rule.maxLength, count: raw.length });
  const { text: cleaned, hadBadCharacters } = cleanText(raw, rule.multiline ?? false);
  const normalised = rule.format === 'phone' ? normalisePhone(cleaned) : cleaned;
  const wrong = formatProblem(normalised, rule.format);
  // What is no phone number stays as typed, for the person to mend.
  const text = wrong === 'bad-phone' ? cleaned : normalised;
  const problems: Problem[] = [];
  if (hadBadCharacters) problems.push({ at: '', code: 'bad-characters' });
  if (text === '') return { problems };
  const count = textLength(text);
  if (count > rule.maxLength) problems.push({ at: '', code: 'too-long', params: { max: rule.maxLength, count } });
  if (wrong) problems.push({ at: '', code: wrong });
  return { value: text, known: text, problems };
}
