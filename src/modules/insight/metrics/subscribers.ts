import type { Subscriber } from '../../../platform/events/outbox.ts';
import { countDossiers } from './count-store.ts';

/**
 * Keeps the figures. Every event names a dossier that may count differently now; the fact is read anew, so repeats,
 * restarts and any order do no harm. Acts that only move a dossier between desks are not heard.
 */
export function createMetricsSubscriber(): Subscriber {
  return {
    name: 'metrics.cube',
    topics: [
      'dossier.received',
      'dossier.supplement-requested',
      'dossier.supplement-received',
      'dossier.finance-requested',
      'dossier.finance-settled',
      'dossier.suspended',
      'dossier.resumed',
      'dossier.numbered',
      'dossier.handed-over',
      'dossier.withdrawn',
      'dossier.stopped',
      'dossier.transferred',
      'dossier.imported',
      'dossier.reappointed',
      'dossier.paid',
      'dossier.refunded',
      'dossier.due-moved',
      'apology.approved',
      'apology.issued',
      'apology.withdrawn',
      'apology.exempted',
    ],
    async handleMany(events, trx) {
      const ids = events.map((event) => (event.payload as { readonly dossierId?: unknown }).dossierId);
      await countDossiers(
        trx,
        ids.filter((id): id is string => typeof id === 'string'),
      );
    },
  };
}
