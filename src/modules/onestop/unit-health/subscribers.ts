import { dayOf, parseInstant } from '../../../core/time/index.ts';
import type { Subscriber } from '../../../platform/events/outbox.ts';
import type { DossierEventPayload } from '../dossiers/index.ts';
import { noteReceived } from './book-store.ts';

/** Notes which procedures arrive where: only the last day counts, so repeats do no harm. */
export function createHealthSubscriber(): Subscriber {
  return {
    name: 'unit-health.arrivals',
    topics: ['dossier.received', 'dossier.transferred', 'dossier.imported'],
    async handleMany(events, trx) {
      const arrivals = events.flatMap((event) => {
        const { receivedAt, decidedByUnitId, procedureCode } = event.payload as DossierEventPayload;
        const at = receivedAt === null ? undefined : parseInstant(receivedAt);
        return at ? [{ unitId: decidedByUnitId, code: procedureCode, day: dayOf(at) }] : [];
      });
      await noteReceived(trx, arrivals);
    },
  };
}
