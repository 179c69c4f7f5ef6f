import { type Actor, actorRef, holds } from '../../../core/access/actor.ts';
import { dayOf, formatInstant, toIso } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { findMessageStates, mailAround, queueMessage } from '../../foundation/notifications/index.ts';
import { maskNumbers, renderNotice } from '../../foundation/notifications/rules/notice-template.ts';
import { dossierScope } from '../dossiers/index.ts';
import { placeOf, type SlipData } from '../slips/index.ts';
import { noticeTemplate, reasonName } from './content.ts';
import type { ApologyContext } from './context.ts';
import { deliveriesOf, insertDelivery, lockWaitingMails, saveDelivery } from './delivery-store.ts';
import { setDutyApology } from './duty-store.ts';
import type { DossierFacts, Recipient } from './ports.ts';
import { checkAct, getApology, getFacts, stale } from './proposal-service.ts';
import { recordAct, SYSTEM } from './record.ts';
import { isLate } from './rules/lateness.ts';
import { apologyText, numberText } from './rules/words.ts';
import { type Apology, findSlip, nextNumber, saveApology } from './store.ts';

const NUMBER = 'dossier.number';
const HAND_OVER = 'dossier.hand-over';

/**
 * The clerk numbers the approved paper: its contents are frozen, the citizen is told by every channel there is, and
 * the dossier leaves the duty list. All in one transaction.
 * @throws row/missing, access/forbidden, row/stale, apology/illegal-act.
 */
export async function issue(ctx: ApologyContext, actor: Actor, id: string, version: number): Promise<Apology> {
  const now = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    const apology = await getApology(trx, id);
    const mayNumber = holds(actor, NUMBER, apology.numberUnitId ?? apology.authorityUnitId);
    // The clerk numbers what the office above asks to, also where no step of the dossier is the clerk's.
    if (!mayNumber) {
      await getFacts(ctx, trx, actor, apology.dossierId);
      throw new AppError('access/forbidden');
    }
    checkAct(apology, version, 'issue');
    const facts = (await ctx.ports.findDossiers(trx, dossierScope(SYSTEM), [apology.dossierId])).get(apology.dossierId);
    const recipient = await ctx.ports.recipientOf(trx, apology.dossierId);
    if (!facts || !recipient) throw new AppError('row/missing');
    const register = `${apology.authorityUnitId}/${dayOf(now).slice(0, 4)}`;
    const number = numberText(await nextNumber(trx, register), ctx.ports.lateNoticeOn(dayOf(now)).numberSymbol);
    const slip = await slipData(ctx, { ...apology, number }, facts, recipient, now);
    const byApp = recipient.citizenAccountId !== null;
    const saved = await saveApology(trx, id, version, {
      state: byApp ? 'sent' : 'issued',
      number,
      formSet: ctx.ports.formSetOn(dayOf(now)),
      issuedBy: actorRef(actor),
      issuedAt: now,
      sentAt: byApp ? now : null,
      slip,
    });
    if (!saved) throw stale(await getApology(trx, id));
    const issued = await getApology(trx, id);
    await send(ctx, trx, issued, recipient, slip, now);
    await setDutyApology(trx, apology.dossierId, id, apology.dueBefore);
    await recordAct(trx, actor, apology, { action: 'issue', event: 'issued', at: now, payload: { number } });
    return issued;
  });
}

async function slipData(
  ctx: ApologyContext,
  apology: Apology,
  facts: DossierFacts,
  recipient: Recipient,
  now: Date,
): Promise<SlipData<'APOLOGY'>> {
  const day = dayOf(now);
  const authority = await ctx.ports.findUnit(apology.authorityUnitId, day);
  const parent = authority?.parentId ? await ctx.ports.findUnit(authority.parentId, day) : undefined;
  const [procedures, desks] = await Promise.all([
    ctx.ports.procedureNames([apology.procedureRevisionId]),
    ctx.ports.unitNames([apology.receivedByUnitId], day),
  ]);
  const name = authority?.name ?? '';
  return {
    letterhead: {
      ...(parent ? { parentAuthority: parent.name } : {}),
      authority: name,
      number: apology.number ?? '',
      place: placeOf(name),
      date: day,
    },
    dossierCode: apology.dossierCode,
    checkUrl: `${ctx.publicUrl}/kiem-tra/${apology.dossierCode}`,
    owner: {
      name: recipient.name,
      ...(recipient.address ? { address: recipient.address } : {}),
      ...(recipient.phone ? { phone: recipient.phone } : {}),
      ...(recipient.email ? { email: recipient.email } : {}),
    },
    procedureName: procedures.get(apology.procedureRevisionId) ?? '',
    receivedAt: toIso(facts.receivedAt ?? now),
    dueAt: toIso(apology.dueBefore),
    late: apology.dueBefore < now && (facts.endedAt === null || isLate(facts, now)),
    ...(facts.endedAt ? { finishedAt: toIso(facts.endedAt) } : {}),
    ...(apology.newDueAt && !facts.endedAt ? { newDueAt: toIso(apology.newDueAt) } : {}),
    reason: [reasonName(apology.reasonCode), apology.reason ?? ''].filter((line) => line.trim() !== '').join('\n'),
    signer: apology.signer ?? { capacity: 'CHỦ TỊCH' },
    recipients: [
      words('server.apology.recipient-as-above'),
      `${desks.get(apology.receivedByUnitId) ?? words('server.apology.desk')};`,
      words('server.apology.recipient-archive'),
    ],
  };
}

/** Every channel she has: her account, her e-mail; with neither, somebody prints and posts. */
async function send(
  ctx: ApologyContext,
  trx: Db,
  apology: Apology,
  recipient: Recipient,
  slip: SlipData<'APOLOGY'>,
  now: Date,
): Promise<void> {
  const desk = (await ctx.ports.unitNames([apology.receivedByUnitId], dayOf(now))).get(apology.receivedByUnitId) ?? '';
  const template = noticeTemplate();
  const values = {
    code: apology.dossierCode,
    procedure: slip.procedureName,
    apology: apologyText({
      kind: apology.kind,
      agency: slip.letterhead.authority,
      dueBefore: apology.dueBefore,
      newDueAt: null,
    }),
    reason: maskNumbers(slip.reason.replaceAll('\n', '. ')),
    number: apology.number,
    newDueAt: slip.newDueAt ? formatInstant(apology.newDueAt ?? now) : null,
    finishedAt: slip.finishedAt ? formatInstant(new Date(slip.finishedAt)) : null,
    desk,
    trackingUrl: slip.checkUrl,
  };
  const subject = renderNotice(template.subject, values);
  const body = renderNotice(template.body, values);
  const common = {
    subject,
    template: 'apology.issued/applicant',
    dossierId: apology.dossierId,
    unitId: apology.receivedByUnitId,
    recipient: recipient.citizenAccountId ? `citizen:${recipient.citizenAccountId}` : `dossier:${apology.dossierId}`,
    at: now,
  };
  const delivery = { apologyId: apology.id, unitId: apology.receivedByUnitId, queuedAt: now };
  if (recipient.citizenAccountId !== null) {
    const messageId = await queueMessage(trx, { ...common, body, channel: 'app', dedupeKey: `${apology.id}:app` });
    await insertDelivery(trx, {
      ...delivery,
      channel: 'app',
      state: 'sent',
      messageId: messageId ?? null,
      doneAt: now,
    });
  }
  if (recipient.email !== null) {
    const messageId = await queueMessage(trx, {
      ...common,
      body: mailAround(body, values),
      channel: 'email',
      toAddress: recipient.email,
      dedupeKey: `${apology.id}:email`,
    });
    await insertDelivery(trx, {
      ...delivery,
      channel: 'email',
      state: 'waiting',
      messageId: messageId ?? null,
      doneAt: null,
    });
  }
  if (recipient.citizenAccountId === null && recipient.email === null)
    await insertDelivery(trx, { ...delivery, channel: 'paper', state: 'waiting', messageId: null, doneAt: null });
}

/**
 * Records that the printed paper was posted or handed over. `note`: how, e.g. the number of the postal item.
 * @throws row/missing, access/forbidden, apology/illegal-act where no paper waits to be sent.
 */
export async function recordPaper(
  ctx: ApologyContext,
  actor: Actor,
  id: string,
  version: number,
  note: string,
): Promise<Apology> {
  const now = ctx.clock.now();
  return ctx.db.transaction().execute(async (trx) => {
    const apology = await getApology(trx, id);
    await getFacts(ctx, trx, actor, apology.dossierId);
    if (!holds(actor, HAND_OVER, apology.receivedByUnitId)) throw new AppError('access/forbidden');
    checkAct(apology, version, 'deliver');
    const end = { state: 'sent', at: now, by: actorRef(actor), note } as const;
    if (!(await saveDelivery(trx, { apologyId: id, channel: 'paper' }, end)))
      throw new AppError('apology/illegal-act', { params: { state: words('server.apology.no-paper') } });
    await markSent(trx, apology, now);
    await recordAct(trx, actor, apology, { action: 'deliver', event: 'sent', at: now, payload: { note } });
    return getApology(trx, id);
  });
}

/** @throws row/stale */
async function markSent(trx: Db, apology: Apology, at: Date): Promise<void> {
  const change = { state: 'sent', sentAt: apology.sentAt ?? at } as const;
  if (!(await saveApology(trx, apology.id, apology.version, change))) throw stale(apology);
}

/**
 * Follows the e-mails under way: one that left makes the paper sent; one that was given up is told, and where nothing
 * else reached the citizen the paper is to be printed and posted. @returns how many were settled.
 */
export async function followMails(ctx: ApologyContext): Promise<number> {
  return ctx.db.transaction().execute(async (trx) => {
    const waiting = await lockWaitingMails(trx, 100);
    const states = await findMessageStates(
      trx,
      waiting.flatMap((one) => one.messageId ?? []),
    );
    const at = ctx.clock.now();
    let settled = 0;
    for (const delivery of waiting) {
      const state = delivery.messageId === null ? 'failed' : (states.get(delivery.messageId) ?? 'failed');
      if (state !== 'sent' && state !== 'failed') continue;
      settled += 1;
      const key = { apologyId: delivery.apologyId, channel: 'email' } as const;
      await saveDelivery(trx, key, { state, at, by: null, note: null });
      const apology = await getApology(trx, delivery.apologyId);
      if (state === 'sent' && apology.state === 'issued') await markSent(trx, apology, at);
      if (state === 'failed' && apology.state === 'issued')
        await insertDelivery(trx, {
          apologyId: apology.id,
          channel: 'paper',
          state: 'waiting',
          messageId: null,
          unitId: delivery.unitId,
          queuedAt: at,
          doneAt: null,
        });
    }
    return settled;
  });
}

/**
 * The issued paper as it was frozen, for the printer. Printing it is recorded.
 * @throws row/missing, also for one not issued yet.
 */
export async function orderPaper(
  ctx: ApologyContext,
  actor: Actor,
  id: string,
): Promise<{ setId: string; data: SlipData<'APOLOGY'>; code: string }> {
  const apology = await getApology(ctx.db, id);
  const isClerk = holds(actor, NUMBER, apology.numberUnitId ?? '');
  if (!isClerk) await getFacts(ctx, ctx.db, actor, apology.dossierId);
  const data = await findSlip(ctx.db, id);
  if (data === undefined || apology.formSet === null) throw new AppError('row/missing');
  await recordAct(ctx.db, actor, apology, { action: 'print', at: ctx.clock.now() });
  return { setId: apology.formSet, data: data as SlipData<'APOLOGY'>, code: apology.dossierCode };
}

/** Delivery lines of some papers, by paper. */
export async function deliveriesByApology(db: Db, ids: readonly string[]) {
  const rows = await deliveriesOf(db, ids);
  return (id: string) => rows.filter((row) => row.apologyId === id);
}
