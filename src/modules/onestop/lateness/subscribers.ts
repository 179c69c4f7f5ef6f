import type { Subscriber } from '../../../platform/events/outbox.ts';
import type { DossierEventPayload } from '../dossiers/index.ts';
import type { LatenessContext } from './context.ts';
import type { WarningReachedPayload } from './events.ts';
import { keepAttributions, requestCause } from './keep-service.ts';
import { findAttributions } from './store.ts';

/** Attributes lateness when processing ends late, and again when the due date or the end is corrected afterwards. */
export function createLatenessSubscriber(ctx: LatenessContext): Subscriber {
  return {
    name: 'lateness.attribution',
    topics: [
      'dossier.approved',
      'dossier.numbered',
      'dossier.withdrawn',
      'dossier.stopped',
      'dossier.imported',
      'dossier.due-moved',
      'dossier.reappointed',
      'dossier.transferred',
    ],
    async handleMany(events, trx) {
      const payloads = events.map((event) => event.payload as DossierEventPayload);
      const late = payloads.filter((payload) => payload.punctuality === 'late').map((payload) => payload.dossierId);
      // One that was late and no longer is.
      const known = await findAttributions(
        trx,
        payloads.map((payload) => payload.dossierId),
      );
      const ids = [...new Set([...late, ...known.map((a) => a.dossierId)])];
      if (ids.length > 0) await keepAttributions(ctx, trx, ids);
    },
  };
}

/** Asks heads for a cause when a warning demands one. */
export function createCauseRequestSubscriber(ctx: LatenessContext): Subscriber {
  return {
    name: 'lateness.cause-request',
    topics: ['warning.reached'],
    handle: (event, trx) => requestCause(ctx, trx, event.payload as WarningReachedPayload),
  };
}
