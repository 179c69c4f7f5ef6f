import { addDays, addMonths, type Day, instantAt } from '../../../core/time/index.ts';
import { type CompiledCalendar, isDayWithHours } from '../../../core/working-time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { type BookCount, findBookCounts, lastReceived } from './book-store.ts';
import type { HealthContext } from './context.ts';
import type { Authority } from './ports.ts';
import { type Book, booksOn, ruleOn } from './rules/definition.ts';
import { type Facts, type Found, judgeUnderEntry, judgeZeroOnline } from './rules/judge.ts';
import { type Days, daysOfPeriod, endedPeriods, periodOf } from './rules/period.ts';

/** What is looked at: everything, or what a reader's units comprise. */
export type Look = { readonly db: Db; readonly today: Day; readonly unitIds: ReadonlySet<string> | undefined };

const within = (look: Look, unitId: string): boolean => look.unitIds === undefined || look.unitIds.has(unitId);
const monthStart = (day: Day): Day => `${day.slice(0, 7)}-01`;

/** The first of the days `count` working days back from yesterday; what entered its state before has waited longer. */
export function workingDaysBack(calendar: CompiledCalendar | undefined, today: Day, count: number): Day {
  let day = today;
  // A calendar without any hours must not keep us here.
  for (let left = count, steps = 0; left > 0 && steps < 3000; steps += 1) {
    day = addDays(day, -1);
    if (!calendar || isDayWithHours(calendar, day)) left -= 1;
  }
  return day;
}

/** The last of `count` working days after today; five a week where no calendar is known. */
export function workingDaysOn(calendar: CompiledCalendar | undefined, today: Day, count: number): Day {
  if (!calendar) return addDays(today, count + 2 * Math.ceil(count / 5));
  let day = today;
  for (let left = count, steps = 0; left > 0 && steps < 3000; steps += 1) {
    day = addDays(day, 1);
    if (isDayWithHours(calendar, day)) left -= 1;
  }
  return day;
}

/** Whether an authority served all of some days: one that was founded or merged in between is not judged for them. */
async function servedThrough(ctx: HealthContext, days: Days): Promise<readonly Authority[]> {
  const [first, last] = await Promise.all([ctx.ports.authoritiesOn(days.from), ctx.ports.authoritiesOn(days.to)]);
  const began = new Set(first.map((one) => one.unitId));
  return last.filter((one) => began.has(one.unitId));
}

/** Authorities in which something could be filed online over some days, with what they received; all of them. */
export async function onlineCounts(
  ctx: HealthContext,
  look: Look,
  days: Days,
): Promise<{ unitId: string; offered: number; online: number; received: number }[]> {
  const [authorities, counts] = await Promise.all([servedThrough(ctx, days), ctx.ports.receivedCounts(look.db, days)]);
  const byLevel = new Map<string | null, number>();
  for (const { level } of authorities) {
    if (byLevel.has(level)) continue;
    byLevel.set(level, (await ctx.ports.proceduresOn(level, days.to)).filter((one) => one.online).length);
  }
  return authorities
    .filter((one) => within(look, one.unitId))
    .map(({ unitId, level }) => ({
      unitId,
      offered: byLevel.get(level) ?? 0,
      ...(counts.get(unitId) ?? { online: 0, received: 0 }),
    }));
}

/** Periods of the rule that are looked at: those that ended lately, and those with a finding that is not settled. */
export function zeroOnlinePeriods(ctx: HealthContext, today: Day, unsettled: Iterable<string>): readonly string[] {
  const rule = ruleOn(ctx.content, 'zero-online', today);
  const lately = rule?.periods.flatMap((kind) => endedPeriods(kind, today, rule.lookbackMonths)) ?? [];
  return [...new Set([...lately, ...unsettled])];
}

export async function lookForZeroOnline(
  ctx: HealthContext,
  look: Look,
  periods: readonly string[],
): Promise<{ found: Found[]; looked: ReadonlySet<string> }> {
  const first = await ctx.ports.firstDay(look.db);
  const found: Found[] = [];
  const looked = new Set<string>();
  for (const period of periods) {
    const days = daysOfPeriod(period);
    // Before anything was recorded at all, nothing says anything about a unit.
    if (!days || first === undefined || days.from < monthStart(first)) continue;
    for (const counts of await onlineCounts(ctx, look, days)) {
      looked.add(`${counts.unitId} ${period}`);
      found.push(...present(judgeZeroOnline({ unitId: counts.unitId, period }, counts)));
    }
  }
  return { found, looked };
}

const present = (found: Found | undefined): Found[] => (found ? [found] : []);

/** Book against system for months entered; the whole of `counts`, whatever their month. */
export async function lookIntoBooks(ctx: HealthContext, look: Look, counts: readonly BookCount[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const own of Map.groupBy(counts, (count) => `${count.unitId} ${count.month}`).values()) {
    const [first] = own;
    if (!first) continue;
    const period = periodOf('month', first.month);
    const lines: NonNullable<Facts['books']>[number][] = [];
    for (const count of own) {
      const book = ctx.content.books.find((each) => each.code === count.book);
      if (!book) continue;
      const inSystem = await systemCount(ctx, look.db, first.unitId, book, period);
      lines.push({ book: book.code, name: book.name, inBook: count.count, inSystem });
    }
    found.push(...present(judgeUnderEntry({ unitId: first.unitId, period }, lines)));
  }
  return found;
}

/** What the system has for a book: dossiers received in the period `2026-10`. */
export async function systemCount(
  ctx: HealthContext,
  db: Db,
  unitId: string,
  book: Book,
  period: string,
): Promise<number> {
  const days = daysOfPeriod(period);
  if (!days) return 0;
  if (book.procedureCodes.length > 0) return ctx.ports.receivedOf(db, unitId, book.procedureCodes, days);
  return (await ctx.ports.receivedCounts(db, days)).get(unitId)?.received ?? 0;
}

export async function countsToCompare(
  ctx: HealthContext,
  look: Look,
  unsettled: readonly string[],
): Promise<BookCount[]> {
  const rule = ruleOn(ctx.content, 'under-entry', look.today);
  const months = unsettled.map((period): Day => `${period}-01`);
  const earliest = addMonths(monthStart(look.today), -(rule?.lookbackMonths ?? 0));
  const from = [earliest, ...months].reduce((a, b) => (a < b ? a : b));
  const known = await findBookCounts(look.db, look.unitIds && [...look.unitIds], from, monthStart(look.today));
  return known.filter((count) => (rule && count.month >= earliest) || months.includes(count.month));
}

/** Dossiers that wait too long with the unit that holds them. */
export async function lookForParked(ctx: HealthContext, look: Look): Promise<Found[]> {
  const rule = ruleOn(ctx.content, 'parked', look.today);
  if (!rule) return [];
  const holders = (await ctx.ports.holdingUnits(look.db)).filter((unitId) => within(look, unitId));
  const limits: { unitId: string; status: string; before: Date }[] = [];
  for (const unitId of holders) {
    const calendar = await ctx.ports.findCalendar(unitId, look.today);
    for (const { status, workingDays } of rule.thresholds) {
      const before = instantAt(workingDaysBack(calendar, look.today, workingDays), '00:00');
      if (before) limits.push({ unitId, status, before });
    }
  }
  const rows = await ctx.ports.parked(look.db, limits);
  const daysOf = new Map(rule.thresholds.map((one) => [one.status, one.workingDays]));
  return [...Map.groupBy(rows, (row) => row.unitId)].map(([unitId, own]) => ({
    rule: 'parked' as const,
    unitId,
    period: periodOf('month', look.today),
    measure: own.reduce((sum, row) => sum + row.count, 0),
    facts: {
      states: own
        .map(({ status, count }) => ({ status, workingDays: daysOf.get(status) ?? 0, count }))
        .sort((a, b) => (a.status < b.status ? -1 : 1)),
      dossiers: own
        .flatMap(({ status, dossiers }) => dossiers.map((one) => ({ ...one, status })))
        .sort((a, b) => (a.since === b.since ? (a.id < b.id ? -1 : 1) : a.since < b.since ? -1 : 1))
        .slice(0, 50),
    },
  }));
}

/** Procedures published all the time of the rule that nobody brought a dossier for. */
export async function lookForUnused(ctx: HealthContext, look: Look): Promise<Found[]> {
  const rule = ruleOn(ctx.content, 'never-arrives', look.today);
  if (!rule) return [];
  const since = addMonths(look.today, -rule.months);
  const first = await ctx.ports.firstDay(look.db);
  if (first === undefined || first > since) return [];
  const authorities = (await servedThrough(ctx, { from: since, to: look.today })).filter((one) =>
    within(look, one.unitId),
  );
  const last = await lastReceived(
    look.db,
    authorities.map((one) => one.unitId),
  );
  const published = new Map<string | null, readonly { readonly code: string; readonly name: string }[]>();
  const found: Found[] = [];
  for (const { unitId, level } of authorities) {
    let procedures = published.get(level);
    if (!procedures) {
      const before = new Set((await ctx.ports.proceduresOn(level, since)).map((one) => one.code));
      procedures = (await ctx.ports.proceduresOn(level, look.today))
        .filter((one) => before.has(one.code))
        .map(({ code, name }) => ({ code, name }));
      published.set(level, procedures);
    }
    const unused = procedures.filter(({ code }) => (last.get(`${unitId} ${code}`) ?? '') < since);
    if (unused.length === 0) continue;
    found.push({
      rule: 'never-arrives',
      unitId,
      period: periodOf('month', look.today),
      measure: unused.length,
      facts: { months: rule.months, procedures: [...unused].sort((a, b) => (a.code < b.code ? -1 : 1)) },
    });
  }
  return found;
}

/** Books an authority keeps today. */
export const booksOf = (ctx: HealthContext, authority: Authority, today: Day): readonly Book[] =>
  booksOn(ctx.content, authority.level, today);
