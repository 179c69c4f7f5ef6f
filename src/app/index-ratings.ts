import { sql } from 'kysely';
import { type Day, dayOf } from '../core/time/index.ts';
import type { OrganisationService } from '../modules/foundation/organisation/index.ts';
import type { Clock } from '../platform/config/config.ts';
import type { Pool } from '../platform/db/open.ts';

/** Dossiers an authority with its offices decided and handed over between two days, and those of them rated by now. */
export type RatedShare = (of: {
  readonly unitId: string;
  readonly from: Day;
  readonly to: Day;
}) => Promise<{ readonly rated: number; readonly returned: number }>;

export function createRatedShare({
  db,
  clock,
  organisation,
}: {
  readonly db: Pool;
  readonly clock: Clock;
  readonly organisation: Pick<OrganisationService, 'directory'>;
}): RatedShare {
  return async ({ unitId, from, to }) => {
    const today = dayOf(clock.now());
    const units = (await organisation.directory()).reachOn(unitId, 'authority', to < today ? to : today);
    const { rows } = await sql<{
      rated: number;
      returned: number;
    }>`select count(*)::int returned, count(r.dossier_id)::int rated
      from dossiers.dossier d left join dossiers.rating r on r.dossier_id = d.id
      where d.decided_by_unit_id = any(${[...new Set([unitId, ...units])]}::uuid[])
        and (d.returned_at at time zone 'Asia/Ho_Chi_Minh')::date between ${from}::date and ${to}::date`.execute(db);
    return rows[0] ?? { rated: 0, returned: 0 };
  };
}
