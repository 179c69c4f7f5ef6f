import type { Subscriber } from '../../../platform/events/outbox.ts';
import type { DossierEventPayload } from '../dossiers/index.ts';
import type { ForecastContext } from './context.ts';
import { learnFrom } from './learn-service.ts';

/** Learns from each ending, and compares it with what was forecast. */
export function createForecastSubscriber(ctx: ForecastContext): Subscriber {
  return {
    name: 'forecast.learning',
    topics: ['dossier.approved', 'dossier.numbered', 'dossier.withdrawn', 'dossier.stopped', 'dossier.imported'],
    async handleMany(events, trx) {
      const ended = events
        .map((event) => event.payload as DossierEventPayload)
        .filter((payload) => payload.endedAt !== null)
        .map((payload) => payload.dossierId);
      if (ended.length > 0) await learnFrom(ctx, trx, [...new Set(ended)]);
    },
  };
}
