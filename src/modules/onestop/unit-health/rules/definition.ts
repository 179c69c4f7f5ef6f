import Type, { type Static } from 'typebox';
import type { Day } from '../../../../core/time/index.ts';

const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const dated = {
  name: Type.String({ minLength: 1 }),
  /** First day the entry holds. */
  validFrom: DayText,
  /** Last day, inclusive. */
  validTo: Type.Optional(DayText),
  source: Type.String({ minLength: 1 }),
  verified: Type.Boolean(),
};
const closed = { additionalProperties: false } as const;
const answerWorkingDays = Type.Integer({ minimum: 1, maximum: 60 });
const lookbackMonths = Type.Integer({ minimum: 1, maximum: 60 });

const ZeroOnline = Type.Object(
  {
    kind: Type.Literal('zero-online'),
    ...dated,
    periods: Type.Array(Type.Union([Type.Literal('month'), Type.Literal('quarter'), Type.Literal('year')])),
    lookbackMonths,
    answerWorkingDays,
  },
  closed,
);
const UnderEntry = Type.Object(
  { kind: Type.Literal('under-entry'), ...dated, lookbackMonths, answerWorkingDays },
  closed,
);
const Parked = Type.Object(
  {
    kind: Type.Literal('parked'),
    ...dated,
    answerWorkingDays,
    /** More whole working days than these in the state (at the step, while processing) is too long. */
    thresholds: Type.Array(
      Type.Object({ status: Type.String(), workingDays: Type.Integer({ minimum: 1, maximum: 400 }) }, closed),
      { minItems: 1 },
    ),
  },
  closed,
);
const NeverArrives = Type.Object(
  {
    kind: Type.Literal('never-arrives'),
    ...dated,
    months: Type.Integer({ minimum: 1, maximum: 60 }),
    answerWorkingDays,
  },
  closed,
);
const Book = Type.Object(
  {
    code: Type.String({ pattern: '^[a-z-]{1,60}$' }),
    ...dated,
    /** What of the system the book is compared with; empty: dossiers of every procedure. */
    procedureCodes: Type.Array(Type.String()),
    /** Levels of authorities that keep such a book, as procedures name them. */
    levels: Type.Array(Type.String(), { minItems: 1 }),
  },
  closed,
);

export const HealthFile = Type.Object(
  {
    id: Type.Literal('unit-health'),
    source: Type.String(),
    verified: Type.Boolean(),
    rules: Type.Array(Type.Union([ZeroOnline, UnderEntry, Parked, NeverArrives])),
    books: Type.Array(Book),
  },
  closed,
);

/** Rules and books over all periods, as `content/unit-health/rules.yaml` gives them. */
export type HealthContent = Static<typeof HealthFile>;
export type HealthRule = HealthContent['rules'][number];
export type RuleKind = HealthRule['kind'];
export type Book = Static<typeof Book>;

export const RULE_KINDS = ['zero-online', 'under-entry', 'parked', 'never-arrives'] as const satisfies RuleKind[];

/** The rule of a kind in force on a day (both bounds count). */
export function ruleOn<K extends RuleKind>(
  content: HealthContent,
  kind: K,
  day: Day,
): Extract<HealthRule, { kind: K }> | undefined {
  return content.rules.find(
    (rule): rule is Extract<HealthRule, { kind: K }> => rule.kind === kind && holdsOn(rule, day),
  );
}

/** The books an authority of a level keeps on a day. */
export function booksOn(content: HealthContent, level: string | null, day: Day): readonly Book[] {
  return content.books.filter((book) => level !== null && book.levels.includes(level) && holdsOn(book, day));
}

const holdsOn = (entry: { validFrom: Day; validTo?: Day }, day: Day): boolean =>
  entry.validFrom <= day && (entry.validTo === undefined || day <= entry.validTo);
