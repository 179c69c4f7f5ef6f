import type { Question, Questionnaire } from './questionnaire.ts';

/** Answers by question: place on the scale from 1, id of a choice, `yes`/`no`, or words. What was left out is not there. */
export type Answers = Readonly<Record<string, number | string>>;
export type AnswerProblem = { readonly questionId: string; readonly why: 'missing' | 'value' };
export type CheckedAnswers =
  | { readonly ok: true; readonly answers: Answers }
  | { readonly ok: false; readonly problems: readonly AnswerProblem[] };

export const MAX_WORDS = 2000;

/**
 * Reads what was sent, as texts of a form or as JSON. Members that are no question are passed over: a browser may add some.
 * @example with one scale of five: `{ q1: '6' }` → `{ ok: false, problems: [{ questionId: 'q1', why: 'value' }] }`
 */
export function checkAnswers(questionnaire: Questionnaire, given: Readonly<Record<string, unknown>>): CheckedAnswers {
  const answers: Record<string, number | string> = {};
  const problems: AnswerProblem[] = [];
  for (const question of questionnaire.questions) {
    const raw = Object.hasOwn(given, question.id) ? given[question.id] : undefined;
    const blank = raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '');
    if (blank) {
      if (!question.optional) problems.push({ questionId: question.id, why: 'missing' });
      continue;
    }
    const read = readAnswer(question, raw, questionnaire.scale.length);
    if (read === undefined) problems.push({ questionId: question.id, why: 'value' });
    else answers[question.id] = read;
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, answers };
}

function readAnswer(question: Question, raw: unknown, places: number): number | string | undefined {
  const text = typeof raw === 'number' ? String(raw) : typeof raw === 'string' ? raw.trim() : '';
  switch (question.kind) {
    case 'scale': {
      const place = /^\d{1,2}$/.test(text) ? Number(text) : 0;
      return place >= 1 && place <= places ? place : undefined;
    }
    case 'choice':
      return question.options.some((option) => option.id === text) ? text : undefined;
    case 'yes-no':
      return text === 'yes' || text === 'no' ? text : undefined;
    case 'text': {
      // Signs the database cannot keep, and those nobody sees, are no words.
      const words = text.replaceAll(/[\p{Cc}\p{Cs}]+/gu, ' ').trim();
      return typeof raw === 'string' && words !== '' && words.length <= MAX_WORDS ? words : undefined;
    }
  }
}

/**
 * Questions two people have entered differently from one paper, in the order of the paper. Words are compared without
 * regard to blanks and case: two people never type a sentence alike.
 */
export function compareEntries(questionnaire: Questionnaire, first: Answers, second: Answers): string[] {
  const plain = (value: number | string | undefined): string =>
    String(value ?? '')
      .normalize('NFC')
      .toLowerCase()
      .replaceAll(/\s+/g, ' ')
      .trim();
  return questionnaire.questions.map(({ id }) => id).filter((id) => plain(first[id]) !== plain(second[id]));
}
