import { dayOf, parseInstant } from '../../../core/time/index.ts';
import type { Subscriber } from '../../../platform/events/outbox.ts';
import type { DossierEventPayload } from '../dossiers/index.ts';
import { type Fact, saveFacts } from './store.ts';

const dayIn = (text: string | null): string | null => {
  const at = text === null ? undefined : parseInstant(text);
  return at ? dayOf(at) : null;
};
const CHANNELS = ['desk', 'online', 'post'] as const;
const CLASSES = ['early', 'on-time', 'late'] as const;

/**
 * Keeps the daily counts. Only events that change a counted fact are heard; each carries the whole fact, so repeats
 * and restarts do no harm.
 */
export function createStatisticsSubscriber(): Subscriber {
  return {
    name: 'statistics.daily',
    topics: [
      'dossier.received',
      'dossier.numbered',
      'dossier.withdrawn',
      'dossier.stopped',
      'dossier.handed-over',
      'dossier.transferred',
      'dossier.imported',
    ],
    async handleMany(events, trx) {
      const facts = new Map<string, Fact>();
      for (const event of events) {
        const fact = factOf(event.payload as DossierEventPayload);
        // Of several events of a dossier the last one tells how it now is.
        if (fact) facts.set(fact.dossierId, fact);
      }
      await saveFacts(trx, [...facts.values()]);
    },
  };
}

function factOf(payload: DossierEventPayload): Fact | undefined {
  const receivedDay = dayIn(payload.receivedAt);
  const channel = CHANNELS.find((c) => c === payload.channel);
  // Withdrawn before reception: nothing was promised, nothing is counted.
  if (receivedDay === null || !channel) return undefined;
  const punctuality = CLASSES.find((c) => c === payload.punctuality) ?? null;
  return {
    dossierId: payload.dossierId,
    unitId: payload.decidedByUnitId,
    channel,
    receivedDay,
    endedDay: punctuality === null ? null : dayIn(payload.endedAt),
    punctuality,
  };
}
