import { type Day, dayNumberOf, dayOf, formatDay, formatInstant } from '../../../core/time/index.ts';
import { isOpen } from '../../../core/working-time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { words } from '../../../platform/messages/words.ts';
import { queueMessage } from '../../foundation/notifications/index.ts';
import { renderNotice } from '../../foundation/notifications/rules/notice-template.ts';
import { getWarningContent } from './content.ts';
import type { WarningContext } from './context.ts';
import * as store from './notice-store.ts';
import { createRecipients } from './recipients.ts';
import { byUrgency, type DigestDossier, sumsOf } from './rules/digest.ts';

const MOST_LINES = 40;

/**
 * Sends the digests that are due: to everybody who is to be told something, has had no digest today, and whose unit is at
 * work now. What has been settled meanwhile is not told any more; what has moved on is told to the new holder.
 * @returns how many digests were sent.
 */
export async function sendDigests(ctx: WarningContext): Promise<number> {
  const now = ctx.clock.now();
  const day = dayOf(now);
  const groups = new Map<string, { unitId: string; staffIds: string[] }>();
  for (const { staffId, unitId } of await store.findWaiting(ctx.db, day)) {
    if (!(await isAtWork(ctx, unitId, day, now))) continue;
    const recipient = await ctx.ports.recipientFor(staffId, unitId, day);
    const group = groups.get(recipient) ?? { unitId, staffIds: [] };
    group.staffIds.push(staffId);
    groups.set(recipient, group);
  }
  let sent = 0;
  for (const [recipient, { unitId, staffIds }] of groups) {
    try {
      const done = await ctx.db
        .transaction()
        .execute((trx) => sendDigest(ctx, trx, { recipient, unitId, staffIds, day, now }));
      if (done) sent++;
    } catch (error) {
      ctx.log.warn({ staff: recipient, err: error }, 'digest could not be sent');
    }
  }
  return sent;
}

/** Open now, and some minutes past the first opening of the day. A unit whose calendar is gone gets nothing. */
async function isAtWork(ctx: WarningContext, unitId: string, day: Day, now: Date): Promise<boolean> {
  const found = await ctx.ports.calendarFor(unitId, day).catch(() => undefined);
  if (!found || !isOpen(found.calendar, now)) return false;
  const opening = found.calendar.dateOf(dayNumberOf(day)).opens[0] ?? 0;
  return now.getTime() >= opening + getWarningContent().digest.minutesAfterOpening * 60_000;
}

type Order = {
  readonly recipient: string;
  readonly unitId: string;
  readonly staffIds: readonly string[];
  readonly day: Day;
  readonly now: Date;
};

async function sendDigest(ctx: WarningContext, trx: Db, order: Order): Promise<boolean> {
  const { recipient, day, now } = order;
  const claimed = await store.claimNotices(trx, order.staffIds);
  if (claimed.length === 0) return false;
  const { standing, moved } = sortOut(claimed);
  const toTell = [...standing, ...(await handOn(ctx, trx, moved, day, order.staffIds))];
  await store.removeNotices(trx, claimed);
  if (toTell.length === 0) return false;
  const mine = byUrgency(
    await entriesOf(
      ctx,
      toTell.filter((row) => row.part === 'holder'),
      day,
    ),
  );
  const unit = byUrgency(
    await entriesOf(
      ctx,
      toTell.filter((row) => row.part === 'head'),
      day,
    ),
  );
  const all = byUrgency([...mine, ...unit]);
  const lateLines = all.filter((entry) => entry.late).length;
  const digest = { staffId: recipient, day, unitId: order.unitId, at: now, lines: all.length, lateLines };
  // Another process, or this one before the clock was put back, has sent today's: what waits, waits for tomorrow's.
  if (!(await store.insertDigest(trx, digest))) {
    await store.insertNotices(
      trx,
      toTell.map(({ staff_id, warning_id, part, unit_id, dossier_id }) => ({
        staff_id,
        warning_id,
        part,
        unit_id,
        dossier_id,
      })),
    );
    return false;
  }
  const { subject, body } = textOf({ mine, unit, lateLines, count: all.length, day, inboxUrl: ctx.inboxUrl });
  const message = {
    recipient: `staff:${recipient}`,
    subject,
    body,
    template: 'warning.digest',
    unitId: order.unitId,
    at: now,
  };
  await queueMessage(trx, { ...message, channel: 'app', dedupeKey: `digest:${recipient}:${day}:app` });
  const address = (await ctx.ports.staffMails([recipient])).get(recipient);
  if (address) {
    const mail = { ...message, channel: 'email' as const, toAddress: address };
    await queueMessage(trx, { ...mail, dedupeKey: `digest:${recipient}:${day}:email` });
  }
  return true;
}

/** Notices that still hold, and those whose dossier somebody else holds by now. The rest is settled. */
function sortOut(rows: readonly store.PendingNotice[]) {
  const standing: store.PendingNotice[] = [];
  const moved: store.PendingNotice[] = [];
  for (const row of rows) {
    const settled = row.code === null || (row.subject === 'step' && row.step_seq !== row.warned_step_seq);
    if (settled) continue;
    const elsewhere = row.holder_unit_id !== row.unit_id;
    const otherPerson = row.part === 'holder' && row.holder_staff_id !== null && row.holder_staff_id !== row.staff_id;
    if (elsewhere || otherPerson) moved.push(row);
    else standing.push(row);
  }
  return { standing, moved };
}

/** Puts what moved on the lists of those it concerns now. @returns what of it concerns the people asked about. */
async function handOn(
  ctx: WarningContext,
  trx: Db,
  moved: readonly store.PendingNotice[],
  day: Day,
  staffIds: readonly string[],
): Promise<readonly store.PendingNotice[]> {
  const recipients = createRecipients(ctx.ports, day);
  const [here, others]: [store.PendingNotice[], store.NoticeRow[]] = [[], []];
  for (const row of moved) {
    if (row.holder_unit_id === null) continue;
    const holding = { unitId: row.holder_unit_id, staffId: row.holder_staff_id, stepKind: undefined };
    for (const staff of await recipients(row.part, holding)) {
      const { warning_id, part, dossier_id } = row;
      const next = { staff_id: staff, warning_id, part, unit_id: row.holder_unit_id, dossier_id };
      if (staffIds.includes(staff)) here.push({ ...row, ...next });
      else others.push(next);
    }
  }
  await store.insertNotices(trx, others);
  return here;
}

async function entriesOf(
  ctx: WarningContext,
  rows: readonly store.PendingNotice[],
  day: Day,
): Promise<DigestDossier[]> {
  const units = await ctx.ports.unitNames([...new Set(rows.flatMap((row) => row.holder_unit_id ?? []))], day);
  const people = await ctx.ports.staffNames([...new Set(rows.flatMap((row) => row.holder_staff_id ?? []))]);
  return Promise.all(
    rows.map(async (row) => {
      const procedure = row.procedure_revision_id ? await ctx.ports.procedureOf(row.procedure_revision_id) : undefined;
      const person = row.holder_staff_id ? people.get(row.holder_staff_id)?.name : undefined;
      return {
        dossierId: row.dossier_id,
        code: row.code ?? '',
        procedureName: procedure?.name ?? '',
        stepName: procedure?.stepNames.get(row.step_id ?? '') ?? '',
        holderName: person ?? units.get(row.holder_unit_id ?? '') ?? '',
        rungText: row.rung_text,
        colour: row.colour,
        urgency: row.urgency,
        dueAt: row.due_at,
        late: row.late_notice,
      };
    }),
  );
}

function textOf(facts: {
  mine: readonly DigestDossier[];
  unit: readonly DigestDossier[];
  lateLines: number;
  count: number;
  day: Day;
  inboxUrl: string;
}): { subject: string; body: string } {
  const { template } = getWarningContent();
  const { mine, unit, lateLines, count } = facts;
  const more = mine.length - MOST_LINES;
  const values = {
    day: formatDay(facts.day),
    count: String(count),
    lateNote: lateLines > 0 ? words('server.warning.digest-late', { count: lateLines }) : null,
    mineTitle: mine.length > 0 ? words('server.warning.digest-mine', { count: mine.length }) : null,
    mine: mine.slice(0, MOST_LINES).map(lineOf),
    unitTitle: unit.length > 0 ? words('server.warning.digest-unit', { count: unit.length }) : null,
    unitLines: sumsOf(unit).map(sumLine),
    more: more > 0 ? words('server.warning.digest-more', { count: more }) : null,
    inboxUrl: facts.inboxUrl,
  };
  return {
    subject: renderNotice(mine.length > 0 ? template.subject : template.headSubject, values),
    body: renderNotice(template.body, values),
  };
}

function sumLine({ stepName: step, holderName: holder, count, red }: ReturnType<typeof sumsOf>[number]): string {
  return red > 0
    ? words('server.warning.digest-sum-late', { step, holder, count, red })
    : words('server.warning.digest-sum', { step, holder, count });
}

function lineOf(entry: DigestDossier): string {
  const late = entry.late ? words('server.warning.digest-late-mark') : '';
  return words('server.warning.digest-line', {
    code: entry.code,
    procedure: entry.procedureName,
    step: entry.stepName,
    rung: entry.rungText,
    due: formatInstant(entry.dueAt),
    late,
  });
}
