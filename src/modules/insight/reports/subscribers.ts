import type { Subscriber } from '../../../platform/events/outbox.ts';
import { appendItem } from './exchange-store.ts';

/** Puts every version that is sent into the order in which machines of the level above pull. */
export function createExchangeSubscriber(): Subscriber {
  return {
    name: 'reports.exchange',
    topics: ['report.submitted'],
    async handle({ payload }, trx) {
      const { id, versionNo } = payload;
      if (typeof id === 'string' && typeof versionNo === 'number') await appendItem(trx, id, versionNo);
    },
  };
}
