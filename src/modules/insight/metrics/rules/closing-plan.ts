import Type, { type Static } from 'typebox';
import { addDays, type Day } from '../../../../core/time/index.ts';
import { periodOf, previousPeriod } from './period.ts';
import type { Period } from './types.ts';

const Kind = Type.Union([Type.Literal('month'), Type.Literal('quarter'), Type.Literal('half'), Type.Literal('year')]);

/** Which periods are closed by themselves, and how many days after their end. */
export const ClosingRule = Type.Object(
  {
    cutoff: Type.Union([Type.Literal('calendar'), Type.Literal('nd09')]),
    kinds: Type.Array(Kind, { minItems: 1 }),
    daysAfter: Type.Integer({ minimum: 1, maximum: 60 }),
    /** Periods that end on this day or later. */
    validFrom: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    validTo: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
    source: Type.String({ minLength: 1 }),
    verified: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type ClosingRule = Static<typeof ClosingRule>;
export const ClosingFile = Type.Object({ closings: Type.Array(ClosingRule) }, { additionalProperties: false });

/**
 * Periods that are to be closed by a day, the earliest end first.
 * @example a month by calendar, 5 days after: on 2026-10-05 September is due, on 2026-10-04 it is not
 */
export function periodsDue(rules: readonly ClosingRule[], today: Day): readonly Period[] {
  const due = rules.flatMap(({ cutoff, kinds, daysAfter, validFrom, validTo = '9999-12-31' }) =>
    kinds.flatMap((kind) => {
      const found: Period[] = [];
      // From the period that may still run backwards to the first the rule holds for.
      for (
        let at = periodOf(currentId(kind, addDays(today, 31)), cutoff);
        at && at.to >= validFrom;
        at = previousPeriod(at)
      )
        if (addDays(at.to, daysAfter) <= today && at.to <= validTo) found.push(at);
      return found;
    }),
  );
  return due.toSorted((a, b) => (a.to === b.to ? a.id.localeCompare(b.id) : a.to < b.to ? -1 : 1));
}

function currentId(kind: Static<typeof Kind>, day: Day): string {
  const [year, month] = [day.slice(0, 4), Number(day.slice(5, 7))];
  switch (kind) {
    case 'month':
      return day.slice(0, 7);
    case 'quarter':
      return `${year}-Q${Math.ceil(month / 3)}`;
    case 'half':
      return `${year}-H${Math.ceil(month / 6)}`;
    case 'year':
      return year;
  }
}
