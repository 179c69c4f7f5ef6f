import { type Day, dayOf, formatDay } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import { words } from '../../../platform/messages/words.ts';
import { getReminder, queueMessage, type Reminder } from '../../foundation/notifications/index.ts';
import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';
import { registersOn } from './catalogue.ts';
import { ENTER, type RegisterContext } from './context.ts';
import { entryLateDays, periodsUntil, type RegisterPeriod, versionWith } from './rules/period.ts';
import type { RegisterDefinition } from './rules/register.ts';
import { heldAt, neededUnits, readHeld } from './sheet-rows.ts';
import * as store from './store.ts';
import { closeDayOf, treeDay } from './units.ts';

/** What reminding needs beside the registers. */
export type ReminderContext = RegisterContext & {
  /** People who hold a permission for the unit on a day. */
  staffOf(unitId: string, permission: string, day: Day): Promise<readonly { readonly staffId: string }[]>;
};

/** Lines of one notice; what is more is counted. */
const MOST_LINES = 15;
type Missing = {
  readonly register: RegisterDefinition;
  readonly period: RegisterPeriod;
  readonly unitId: string;
  readonly closeDay: Day;
};

/**
 * Reminds those who enter figures of what their units have not entered, before the deadline and after it, on the days
 * `content/templates/notices/register.yaml` says and never after the closing. Whoever owes several registers or units of one
 * period gets one notice.
 */
export async function remindOnce(ctx: ReminderContext): Promise<boolean> {
  const today = dayOf(ctx.clock.now());
  const reminder = getReminder('register.yaml');
  const directory = await ctx.ports.directory();
  const missing = await findMissing(ctx, directory, reminder, today);
  for (const [periodId, owed] of Map.groupBy(missing, (one) => one.period.id))
    await ctx.db.transaction().execute((trx) => remindOf(ctx, trx, { reminder, directory, today, periodId, owed }));
  return false;
}

/** Looks twice an hour; a unit is reminded of a register and period once in so many days. */
export function createRegisterTimer(ctx: ReminderContext): Timer {
  return { name: 'registers.remind', everyMs: 1_800_000, run: () => remindOnce(ctx) };
}

async function findMissing(
  ctx: ReminderContext,
  directory: UnitDirectory,
  reminder: Reminder,
  today: Day,
): Promise<Missing[]> {
  const { from, to } = reminder.deadlinesOn(today);
  const places = (await registersOn(ctx.db, today)).flatMap((register) =>
    periodsUntil(register, today, 40)
      .filter(({ deadline }) => deadline <= to && (from === null || deadline >= from))
      .map((period) => ({ register: versionWith(register, period.id) ?? register, period })),
  );
  const rootsOn = (day: Day): readonly string[] =>
    directory.childrenOn(null, day).flatMap((unit) => (unit.type === 'administrative' ? [unit.unitId] : []));
  const held = await readHeld(ctx, places, rootsOn, directory, today);
  return places.flatMap(({ register, period }) => {
    const day = treeDay(period, today);
    const { entries, openings } = heldAt(held, { register, period });
    const entered = new Set(entries.filter((one) => one.counted !== null).map((one) => one.unitId));
    return rootsOn(day)
      .flatMap((rootId) => [...neededUnits(register, directory, rootId, day, entered)])
      .map((unitId) => ({ register, period, unitId, closeDay: closeDayOf(directory, period, openings, unitId, day) }))
      .filter(({ closeDay }) => closeDay >= today);
  });
}

type Round = {
  readonly reminder: Reminder;
  readonly directory: UnitDirectory;
  readonly today: Day;
  readonly periodId: string;
  readonly owed: readonly Missing[];
};

async function remindOf(
  ctx: ReminderContext,
  trx: Db,
  { reminder, directory, today, periodId, owed }: Round,
): Promise<void> {
  const places = owed.map(({ register, unitId }) => ({ registerId: register.id, periodId, unitId }));
  const taken = new Set((await store.takeReminders(trx, places, today, reminder.lastBefore(today))).map(keyOf));
  const now = owed.filter(({ register, unitId }) => taken.has(keyOf({ registerId: register.id, unitId })));
  const people = new Map<string, Missing[]>();
  for (const [unitId, ofUnit] of Map.groupBy(now, (one) => one.unitId))
    for (const { staffId } of await ctx.staffOf(unitId, ENTER, today))
      people.set(staffId, [...(people.get(staffId) ?? []), ...ofUnit]);
  for (const [staffId, mine] of people) {
    const [first] = mine;
    if (!first) continue;
    await queueMessage(trx, {
      recipient: `staff:${staffId}`,
      channel: 'app',
      ...reminder.render(factsOf(mine, first.period, directory, today)),
      template: 'register',
      unitId: first.unitId,
      dedupeKey: `register:${periodId}:${today}:${staffId}`,
      at: ctx.clock.now(),
    });
  }
}

const keyOf = ({ registerId, unitId }: { readonly registerId: string; readonly unitId: string }): string =>
  `${registerId} ${unitId}`;

function factsOf(mine: readonly Missing[], period: RegisterPeriod, directory: UnitDirectory, today: Day) {
  const line = ({ register, period: own, unitId, closeDay }: Missing): string => {
    const days = entryLateDays(own, null, today) ?? 0;
    return words(days > 0 ? 'registers.remind.late-line' : 'registers.remind.due-line', {
      register: register.name,
      unit: unitNameOn(directory, unitId, today),
      deadline: formatDay(own.deadline),
      days,
      close: formatDay(closeDay),
    });
  };
  const told = mine.slice(0, MOST_LINES);
  const late = told.filter((one) => one.period.deadline < today).map(line);
  const due = told.filter((one) => one.period.deadline >= today).map(line);
  const more = mine.length - told.length;
  return {
    period: period.name,
    count: String(mine.length),
    dueTitle: due.length > 0 ? words('registers.remind.due') : null,
    due,
    lateTitle: late.length > 0 ? words('registers.remind.late') : null,
    late,
    more: more > 0 ? words('registers.remind.more', { count: more }) : null,
  };
}
