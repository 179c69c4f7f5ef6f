import type { Subscriber } from '../../../platform/events/outbox.ts';
import type { DossierEventPayload } from '../dossiers/index.ts';
import { markChanged } from './store.ts';

/** What neither starts nor moves a clock nor changes the holder. */
const WITHOUT_EFFECT = new Set([
  'dossier.submitted',
  'dossier.completion-requested',
  'dossier.completed',
  'dossier.refused',
  'dossier.opened',
  'dossier.result-drafted',
]);

/**
 * Notes which dossiers changed, by one statement a batch: what follows from it is worked out by the timer, so that
 * neither intake nor dispatch waits for it. Repeats and any order do no harm.
 */
export function createWarningSubscriber(): Subscriber {
  return {
    name: 'warnings.changed',
    topics: ['dossier.*'],
    async handleMany(events, trx) {
      const changed = events.filter((event) => !WITHOUT_EFFECT.has(event.topic));
      await markChanged(
        trx,
        changed.map((event) => (event.payload as DossierEventPayload).dossierId),
      );
    },
  };
}
