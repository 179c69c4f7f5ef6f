import type { ReportService } from '../modules/insight/reports/index.ts';
import { readerKey } from '../platform/db/reader-key.ts';
import type { System } from './system.ts';
import { keepWhileStill } from './system-still.ts';

/** A report over 250 units has some thousand cells. */
const MOST_KEPT = 50;

/** Reports, of which a page is counted once for all who open it until something is written, by whatever process. */
export function keepReports(system: System): ReportService {
  const { reports } = system;
  const still = keepWhileStill(system, MOST_KEPT);
  return {
    ...reports,
    async get(actor, id, no) {
      if (actor.kind !== 'staff') return reports.get(actor, id, no);
      const { kept } = await still();
      return kept(`${id} ${no ?? ''} ${readerKey(actor)}`, () => reports.get(actor, id, no));
    },
  };
}
