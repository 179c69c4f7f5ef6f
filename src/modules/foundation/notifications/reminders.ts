import Type, { type Static } from 'typebox';
import { addDays, type Day } from '../../../core/time/index.ts';
import { readNotice } from './content.ts';
import { type NoticeValue, renderNotice } from './rules/notice-template.ts';

const ReminderFile = Type.Object(
  {
    /** From so many days before the deadline, every so many days. */
    daysBefore: Type.Integer({ minimum: 0, maximum: 60 }),
    everyDays: Type.Integer({ minimum: 1, maximum: 60 }),
    /** Until so many days after the deadline; absent: until it is done. */
    daysAfter: Type.Optional(Type.Integer({ minimum: 0, maximum: 400 })),
    subject: Type.String({ minLength: 1, maxLength: 150 }),
    body: Type.String({ minLength: 1, maxLength: 4000 }),
  },
  { additionalProperties: false },
);

/** A reminder of a deadline (nhắc việc theo hạn): when it is told and in which words; a file of `content/templates/notices`. */
export type Reminder = {
  /** Days around `today` between which deadlines lie that are reminded of on it, both inclusive; `from` null: however old. */
  deadlinesOn(today: Day): { readonly from: Day | null; readonly to: Day };
  /** The last day on which somebody may have been reminded to be reminded again on `today`. */
  lastBefore(today: Day): Day;
  render(facts: Readonly<Record<string, NoticeValue>>): { readonly subject: string; readonly body: string };
};

const read = new Map<string, Reminder>();

/**
 * The reminder in a file, read once per process.
 * @throws Error naming file and place; a mistake of the installation.
 */
export function getReminder(file: string): Reminder {
  const known = read.get(file);
  if (known) return known;
  const reminder = reminderOf(readNotice(file, ReminderFile));
  read.set(file, reminder);
  return reminder;
}

/** Days and words as the file has them. @example daysBefore 3, everyDays 2, daysAfter 10: of a deadline on 05/11 from 02/11 to 15/11, every other day */
function reminderOf({ subject, body, daysBefore, everyDays, daysAfter }: Static<typeof ReminderFile>): Reminder {
  return {
    deadlinesOn: (today) => ({
      from: daysAfter === undefined ? null : addDays(today, -daysAfter),
      to: addDays(today, daysBefore),
    }),
    lastBefore: (today) => addDays(today, -everyDays),
    render: (facts) => ({ subject: renderNotice(subject, facts), body: renderNotice(body, facts) }),
  };
}
