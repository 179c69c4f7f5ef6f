import { sql } from 'kysely';
import type { SystemActor } from '../core/access/actor.ts';
import { dayOf } from '../core/time/index.ts';
import type { FilesService } from '../modules/foundation/files/index.ts';
import type { OrganisationService } from '../modules/foundation/organisation/index.ts';
import { EVIDENCE, type IndexPorts } from '../modules/insight/indices/index.ts';
import type { MetricsService } from '../modules/insight/metrics/index.ts';
import { uploadOwner } from '../modules/onestop/dossiers/index.ts';
import type { Clock } from '../platform/config/config.ts';
import type { Pool } from '../platform/db/open.ts';

/** Counts are the unit's; who may see the sheet may see them. The rows behind need a permission of their own. */
const SYSTEM: SystemActor = { kind: 'system', name: 'indices', assurance: 'system' };

/** Fits metrics, files, staff and tasks to what indices need. */
export function createIndexPorts({
  db,
  clock,
  organisation,
  metrics,
  files,
}: {
  readonly db: Pool;
  readonly clock: Clock;
  readonly organisation: OrganisationService;
  readonly metrics: MetricsService;
  readonly files: FilesService;
}): IndexPorts {
  return {
    directory: () => organisation.directory(),
    metrics: () => metrics.definitions().map(({ id, name }) => ({ id, name })),
    async measures(unitId, year, metricIds) {
      const period = metrics.periodOf(String(year), 'calendar');
      const known = new Map(metrics.definitions(period.to).map((one) => [one.id, one]));
      const asked = [...new Set(metricIds)].filter((id) => known.get(id)?.denominator !== undefined);
      const values = await metrics.values(
        SYSTEM,
        asked.map((metricId) => ({ metricId, unitId, roll: 'tree' as const, period })),
      );
      return new Map(
        values.flatMap(({ metricId, numerator, denominator, definitionId }) =>
          numerator === null || denominator === null
            ? []
            : [
                [
                  metricId,
                  { numerator, denominator, definitionId, name: known.get(metricId)?.name ?? metricId },
                ] as const,
              ],
        ),
      );
    },
    staffNames: (ids) => organisation.staffNames(ids),
    async staffOf(unitId) {
      const today = dayOf(clock.now());
      const units = (await organisation.directory()).reachOn(unitId, 'authority', today);
      const { rows } = await sql<{ staffId: string; name: string }>`select distinct s.id "staffId", s.full_name name
        from organisation.position p join organisation.staff s on s.id = p.staff_id
        where p.unit_id = any(${[...units]}::uuid[]) and p.valid_from <= ${today}::date
          and (p.valid_to is null or p.valid_to >= ${today}::date) order by 2`.execute(db);
      return rows;
    },
    async filesOf(owners) {
      const { rows } = await sql<{
        id: string;
        owner: string;
        name: string;
        size: number;
      }>`select r.id, r.owner_id "owner",
          r.name, b.size from files.reference r join files.blob b on b.digest = r.digest
        where r.owner_type = ${EVIDENCE} and r.owner_id = any(${[...owners]}) and r.erased_at is null order by r.id`.execute(
        db,
      );
      const found = new Map<string, { id: string; name: string; size: number }[]>();
      for (const { owner, ...file } of rows) found.set(owner, [...(found.get(owner) ?? []), file]);
      return found;
    },
    takeUpload: (trx, actor, fileId, owner) =>
      files.move(trx, [fileId], uploadOwner(actor), { type: EVIDENCE, id: owner }),
    surveyPart: async () => undefined,
    actionsOf: async () => [],
    createAction: () => Promise.reject(new Error('no door for tasks')),
  };
}
