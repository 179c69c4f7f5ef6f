import { sql } from 'kysely';
import { dayOf, instantAt } from '../core/time/index.ts';
import {
  type CountOpenDossiers,
  type OrganisationService,
  successorOf,
} from '../modules/foundation/organisation/index.ts';
import type { DossierService } from '../modules/onestop/dossiers/index.ts';
import type { Clock } from '../platform/config/config.ts';
import type { Pool } from '../platform/db/open.ts';
import type { Timer } from '../platform/events/timers.ts';
import type { Log } from '../platform/log/log.ts';

type Deps = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly organisation: OrganisationService;
  readonly dossiers: DossierService;
};

const OPEN = sql`d.status in ('submitted', 'awaiting-completion', 'received', 'processing', 'supplement', 'finance', 'suspended', 'decided')`;

/** Open dossiers by the unit that received, decides or holds them, for the preview of a succession. */
export function createCountOpenDossiers(db: Pool): CountOpenDossiers {
  return async (unitIds) => {
    const { rows } = await sql<{ unit_id: string; count: number }>`
      select u.unit_id, count(distinct d.id)::int count from dossiers.dossier d
      cross join lateral (values (d.received_by_unit_id), (d.decided_by_unit_id), (d.holder_unit_id)) u(unit_id)
      where ${OPEN} and u.unit_id = any(${[...unitIds]}::uuid[]) group by u.unit_id`.execute(db);
    return new Map(rows.map((row) => [row.unit_id, row.count]));
  };
}

/**
 * Hourly: open dossiers at units that are gone move to the successors (domain §11.4): same code, same due date. Driven
 * by what is open, so a succession recorded before or after its day is applied just the same, and once.
 */
export function createSuccessionTimer({ db, clock, log, organisation, dossiers }: Deps): Timer {
  return {
    name: 'dossiers.succession',
    everyMs: 3_600_000,
    run: async () => {
      const now = clock.now();
      const today = dayOf(now);
      const units = await organisation.directory();
      const { rows } = await sql<{ unit_id: string }>`
        select distinct u.unit_id from dossiers.dossier d
        cross join lateral (values (d.received_by_unit_id), (d.decided_by_unit_id), (d.holder_unit_id)) u(unit_id)
        where ${OPEN}
          and u.unit_id is not null`.execute(db);
      for (const { unit_id } of rows) {
        if (units.unitOn(unit_id, today)) continue;
        const heir = successorOf(units, unit_id, today);
        if (!heir) {
          log.warn({ unitId: unit_id }, 'open dossiers at a unit that is gone, no single successor');
          continue;
        }
        const at = instantAt(heir.from, '00:00') ?? now;
        const moved = await dossiers.transfer(
          { kind: 'system', name: 'succession', assurance: 'system' },
          { fromUnitId: unit_id, toUnitId: heir.id },
          at,
        );
        log.info({ fromUnitId: unit_id, toUnitId: heir.id, moved }, 'dossiers moved to the successor');
      }
      return false;
    },
  };
}
