/** The door of `apologies`: re-appointment, apology, exemption, the duty list, the public list, the figures. */
import type { Subscriber } from '../../../platform/events/outbox.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import type { ApologyContext } from './context.ts';
import type { ApologyService } from './service.ts';
import { createDutySubscriber, createWarningSubscriber } from './subscribers.ts';

export type { ApologyContext } from './context.ts';
export { apologyObjects, countApologyTexts, eraseApologyTexts } from './erase-store.ts';
export type { ApologyPorts, DossierFacts } from './ports.ts';
export { registerApologyRoutes } from './routes.ts';
export { changeOf, DENOMINATOR, type LateFigures, ratePercent } from './rules/figures.ts';
export { isLate } from './rules/lateness.ts';
export { type ApologyService, createApologyService } from './service.ts';

export function createApologySubscribers(ctx: ApologyContext): readonly Subscriber[] {
  return [createDutySubscriber(ctx), createWarningSubscriber(ctx)];
}

/** Lateness comes by the passing of time: within half a minute a dossier stands on the duty list. */
export function createApologyTimers(service: ApologyService): readonly Timer[] {
  return [
    { name: 'apologies.late', everyMs: 30_000, run: async () => void (await service.takeUpLate()) },
    { name: 'apologies.mails', everyMs: 15_000, run: async () => (await service.followMails()) > 0 },
  ];
}
