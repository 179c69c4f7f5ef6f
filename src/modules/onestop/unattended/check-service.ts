import { type Day, dayNumberOf, dayOf, formatDay } from '../../../core/time/index.ts';
import { isOpen } from '../../../core/working-time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { queueMessage } from '../../foundation/notifications/index.ts';
import { renderNotice } from '../../foundation/notifications/rules/notice-template.ts';
import { findHeldBy } from '../dossiers/index.ts';
import { getUnattendedContent } from './content.ts';
import type { UnattendedContext } from './context.ts';
import { findLeft, type LeftHolding } from './find.ts';
import * as store from './store.ts';

/** Whoever may give work to others at a unit is its head here. */
const HEAD = 'dossier.reassign';
/** What one check of a unit names at most; the list has all. */
const MOST_NAMED = 1000;
const MOST_LINES = 40;

/**
 * The daily check: in the morning of a working day, once for each unit, it names every dossier left with nobody and tells
 * the heads. A unit with nothing left is noted in no check: it is looked at again until closing.
 * @returns how many units were checked.
 */
export async function checkOnce(ctx: UnattendedContext): Promise<number> {
  const now = ctx.clock.now();
  const day = dayOf(now);
  const left = await findLeft(ctx, ctx.db, null, now);
  const concerned = [
    ...new Set([...left.map((holding) => holding.unitId), ...(await store.unitsWithReleases(ctx.db))]),
  ];
  let checked = 0;
  for (const unitId of await store.notChecked(ctx.db, concerned, day)) {
    if (!(await isMorning(ctx, unitId, day, now))) continue;
    const here = left.filter((holding) => holding.unitId === unitId);
    const done = await ctx.db.transaction().execute((trx) => checkUnit(ctx, trx, unitId, here, day, now));
    if (done) checked++;
  }
  return checked;
}

/** Open now, and some minutes past the first opening. A unit whose calendar is gone is told nothing. */
async function isMorning(ctx: UnattendedContext, unitId: string, day: Day, now: Date): Promise<boolean> {
  const found = await ctx.ports.calendarFor(unitId, day).catch(() => undefined);
  if (!found || !isOpen(found.calendar, now)) return false;
  const opening = found.calendar.dateOf(dayNumberOf(day)).opens[0] ?? 0;
  return now.getTime() >= opening + getUnattendedContent().minutesAfterOpening * 60_000;
}

async function checkUnit(
  ctx: UnattendedContext,
  trx: Db,
  unitId: string,
  left: readonly LeftHolding[],
  day: Day,
  now: Date,
): Promise<boolean> {
  const total = left.reduce((sum, holding) => sum + holding.dossiers, 0);
  if (!(await store.insertCheck(trx, unitId, day, now, total))) return false;
  const held = await findHeldBy(trx, left, { limit: MOST_NAMED, offset: 0 });
  const reasonOf = (staffId: string) => left.find((holding) => holding.staffId === staffId)?.reason ?? 'absent';
  const released = await store.takeReleases(trx, unitId);
  await store.insertFindings(trx, unitId, day, [
    ...held.map(({ id, staffId }) => ({ dossierId: id, staffId, reason: reasonOf(staffId) })),
    ...released,
  ]);
  const names = await ctx.ports.staffNames([...new Set([...left, ...released].map((one) => one.staffId))]);
  const nameOf = (staffId: string): string => names.get(staffId)?.name ?? '';
  const sums = left.map(
    (holding) =>
      `${nameOf(holding.staffId)}: ${holding.dossiers} hồ sơ, ${
        holding.reason === 'departed'
          ? 'đã thôi việc'
          : `vắng${holding.until ? ` đến ${formatDay(dayOf(new Date(holding.until.getTime() - 1)))}` : ''}`
      }`,
  );
  const { subject, body } = getUnattendedContent();
  const values = {
    day: formatDay(day),
    unit: (await ctx.ports.unitNames([unitId], day)).get(unitId) ?? '',
    count: String(total + released.length),
    holders: sums,
    codes: held.slice(0, MOST_LINES).map(({ code, staffId }) => `${code} – ${nameOf(staffId)}`),
    more: total > MOST_LINES ? `Và ${total - MOST_LINES} hồ sơ khác trong danh sách.` : null,
    released:
      released.length > 0 ? `${released.length} hồ sơ của người đã thôi việc đã trả về đơn vị, chờ người nhận.` : null,
    listUrl: ctx.listUrl,
  };
  const heads = await ctx.ports.staffOf(unitId, HEAD, day);
  const recipients = new Set(await Promise.all(heads.map((head) => ctx.ports.recipientFor(head.staffId, unitId))));
  for (const recipient of recipients) {
    await queueMessage(trx, {
      recipient: `staff:${recipient}`,
      channel: 'app',
      subject: renderNotice(subject, values),
      body: renderNotice(body, values),
      template: 'unattended.check',
      unitId,
      at: now,
      dedupeKey: `unattended:${unitId}:${day}:${recipient}`,
    });
  }
  return true;
}
