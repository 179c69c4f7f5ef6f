import type { ReportService } from '../modules/insight/reports/index.ts';
import { readerKey } from '../platform/db/reader-key.ts';
import { createStillReadings, standOf } from '../platform/db/still-readings.ts';
import type { System } from './system.ts';

/** What the clock alone changes in a draft (who is late by now) may be this old; `computedAt` says when it was counted. */
const KEPT_MS = 20_000;
/** A report over 250 units has some thousand cells. */
const MOST_KEPT = 50;

/** Reports, of which a page is counted once for all who open it until something is written, by whatever process. */
export function keepReports({ reports, db, readDb, clock }: System): ReportService {
  const still = createStillReadings(standOf([db, readDb]), clock, KEPT_MS, MOST_KEPT);
  return {
    ...reports,
    async get(actor, id, no) {
      if (actor.kind !== 'staff') return reports.get(actor, id, no);
      const { kept } = await still();
      return kept(`${id} ${no ?? ''} ${readerKey(actor)}`, () => reports.get(actor, id, no));
    },
  };
}
