import { type Static, Type } from 'typebox';

const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Exceptions = Type.Array(Type.Object({ date: DayText, kind: Type.String() }));

/** A list of days off and swapped days that several calendars share. */
export const HolidayFile = Type.Object({
  id: Type.String(),
  name: Type.String(),
  source: Type.String(),
  verified: Type.Boolean(),
  exceptions: Exceptions,
});
export type HolidayFile = Static<typeof HolidayFile>;

/** A calendar with its revisions; the hours themselves are checked by `core/working-time`. */
export const CalendarFile = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9-]{1,60}$' }),
    name: Type.String(),
    default: Type.Optional(Type.Boolean()),
    revisions: Type.Array(
      Type.Object(
        {
          validFrom: DayText,
          validTo: Type.Optional(DayText),
          source: Type.String(),
          verified: Type.Boolean(),
          exceptionsFrom: Type.Optional(Type.String()),
          calendar: Type.Object({
            timeZone: Type.String(),
            week: Type.Object({}),
            exceptions: Type.Optional(Exceptions),
          }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
  },
  { additionalProperties: false },
);
export type CalendarFile = Static<typeof CalendarFile>;
type Revision = CalendarFile['revisions'][number];

/**
 * The calendar of a revision with the shared exceptions put in. A date the revision states itself wins over the shared
 * list; remarks are left out, so that the result is exactly the JSON of contracts §1.
 */
export function definitionOf(revision: Revision, holidays: ReadonlyMap<string, HolidayFile>): Revision['calendar'] {
  const shared = revision.exceptionsFrom === undefined ? undefined : holidays.get(revision.exceptionsFrom);
  if (revision.exceptionsFrom !== undefined && !shared)
    throw new Error(`no list of exceptions ${revision.exceptionsFrom}`);
  const own = revision.calendar.exceptions ?? [];
  const stated = new Set(own.map((e) => e.date));
  const exceptions = [...(shared?.exceptions ?? []).filter((e) => !stated.has(e.date)), ...own]
    .map(({ note: _, ...e }: { note?: unknown; date: string; kind: string }) => e)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  return { ...revision.calendar, exceptions };
}
