import type { Subscriber } from '../../../platform/events/outbox.ts';
import type { DossierEventPayload } from '../dossiers/index.ts';
import type { ApologyContext } from './context.ts';
import { recountDuties } from './duty-service.ts';
import { moveHolders } from './duty-store.ts';
import { ENDED_MEANWHILE } from './labels.ts';
import { draftAfterWarning, writeWithdrawal } from './proposal-service.ts';
import { SYSTEM } from './record.ts';
import { isWithdrawnByEnd, UNDECIDED } from './rules/acts.ts';
import { isLate } from './rules/lateness.ts';
import { lockOpenOf, markEnded } from './store.ts';

/** Facts that may begin or end a lateness. Reception cannot: its due instant lies ahead, and the timer sees it pass. */
const RECOUNTED = [
  'dossier.numbered',
  'dossier.withdrawn',
  'dossier.stopped',
  'dossier.reappointed',
  'dossier.due-moved',
  'dossier.supplement-received',
  'dossier.finance-settled',
  'dossier.resumed',
  'dossier.transferred',
  'dossier.imported',
];
/** Facts that only change who holds a dossier. */
const MOVED = ['dossier.forwarded', 'dossier.step-returned', 'dossier.taken-back', 'dossier.assigned'];

/** Keeps the duty list; withdraws proposals of dossiers that ended before the decision, with a trace. */
export function createDutySubscriber(ctx: ApologyContext): Subscriber {
  return {
    name: 'apologies.duty',
    topics: [...RECOUNTED, ...MOVED],
    async handleMany(events, trx) {
      const payloads = events.map((event) => ({ topic: event.topic, ...(event.payload as DossierEventPayload) }));
      const holders = new Map(
        payloads.flatMap((p) =>
          p.holderUnitId ? [[p.dossierId, { dossierId: p.dossierId, unitId: p.holderUnitId }]] : [],
        ),
      );
      await moveHolders(trx, [...holders.values()]);
      const counted = [...new Set(payloads.filter((p) => RECOUNTED.includes(p.topic)).map((p) => p.dossierId))];
      if (counted.length === 0) return;
      const facts = await recountDuties(ctx, trx, counted);
      const ended = [...facts.values()].filter((one) => one.endedAt !== null);
      if (ended.length === 0) return;
      const open = await lockOpenOf(
        trx,
        ended.map((one) => one.id),
      );
      for (const one of ended) {
        if (one.endedAt) await markEnded(trx, one.id, one.endedAt);
        const late = isLate(one, ctx.clock.now());
        for (const proposal of open.filter((p) => p.dossierId === one.id && UNDECIDED.includes(p.state))) {
          if (isWithdrawnByEnd(proposal, late)) await writeWithdrawal(ctx, trx, SYSTEM, proposal, ENDED_MEANWHILE);
        }
      }
    },
  };
}

type WarningPayload = { readonly dossierId?: unknown; readonly acts?: unknown; readonly holderUnitId?: unknown };

/** A rung of the warning ladder that says "prepare the apology": a draft appears for the unit that holds the dossier. */
export function createWarningSubscriber(ctx: ApologyContext): Subscriber {
  return {
    name: 'apologies.warning',
    topics: ['warning.reached'],
    async handle(event, trx) {
      const { dossierId, acts, holderUnitId } = event.payload as WarningPayload;
      if (typeof dossierId !== 'string' || !Array.isArray(acts) || !acts.includes('prepare-apology')) return;
      await draftAfterWarning(ctx, trx, dossierId, typeof holderUnitId === 'string' ? holderUnitId : null);
    },
  };
}
