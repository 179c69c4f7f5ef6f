import { sql } from 'kysely';
import type { SystemActor } from '../core/access/actor.ts';
import type { FilesService } from '../modules/foundation/files/index.ts';
import type { OrganisationService } from '../modules/foundation/organisation/index.ts';
import {
  EVIDENCE,
  type IndexAction,
  type IndexPorts,
  SURVEY_PART,
  WITHDRAWN_EVIDENCE,
} from '../modules/insight/indices/index.ts';
import type { MetricsService } from '../modules/insight/metrics/index.ts';
import { registersOn } from '../modules/insight/registers/index.ts';
import type { TargetPorts, TargetService } from '../modules/insight/targets/index.ts';
import { uploadOwner } from '../modules/onestop/dossiers/index.ts';
import type { Pool } from '../platform/db/open.ts';
import { type OutsideSources, outsideMeasure, outsideMeasures, surveyName } from './index-measures.ts';
import { procedureMeasure, procedureMeasures } from './index-procedures.ts';

/** Counts are the unit's; who may see the sheet may see them. The rows behind need a permission of their own. */
const SYSTEM: SystemActor = { kind: 'system', name: 'indices', assurance: 'system' };

/** A set may name what has been published, also where it begins later. */
const EVER = '9999-12-31';

/** Origin of tasks that follow from lost points; its id is `<sheet>/<criterion>`. */
const ORIGIN = 'criterion';

/** Fits metrics, files, staff and tasks to what indices need. */
export function createIndexPorts({
  db,
  organisation,
  metrics,
  files,
  targets,
  peopleOf,
  sources,
}: {
  readonly db: Pool;
  readonly organisation: OrganisationService;
  readonly metrics: MetricsService;
  readonly files: FilesService;
  readonly targets: TargetService;
  readonly peopleOf: TargetPorts['peopleOf'];
  readonly sources: OutsideSources;
}): IndexPorts {
  return {
    directory: () => organisation.directory(),
    async metrics() {
      const definitions = metrics.definitions();
      const own = definitions.map(({ id, name }) => ({ id, name }));
      return [...own, ...procedureMeasures(definitions), ...outsideMeasures(await registersOn(db, EVER))];
    },
    async measures(unitId, year, metricIds) {
      const period = metrics.periodOf(String(year), 'calendar');
      const known = new Map(metrics.definitions(period.to).map((one) => [one.id, one]));
      const asked = [...new Set(metricIds)].filter((id) => known.get(id)?.denominator !== undefined);
      const values = await metrics.values(
        SYSTEM,
        asked.map((metricId) => ({ metricId, unitId, roll: 'tree' as const, period })),
      );
      const counted = new Map(
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
      for (const id of new Set(metricIds)) {
        const found = known.has(id)
          ? undefined
          : ((await procedureMeasure(metrics, [...known.values()], id, { unitId, roll: 'tree', period })) ??
            (await outsideMeasure(sources, id, unitId, year)));
        if (found) counted.set(id, found);
      }
      return counted;
    },
    staffNames: (ids) => organisation.staffNames(ids),
    staffOf: (unitId, day) => peopleOf(unitId, day),
    holdersOf: (unitId, permission, day) => organisation.staffOf(unitId, permission, day),
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
    async takeUpload(trx, actor, fileId, owner) {
      await files.move(trx, [fileId], uploadOwner(actor), { type: EVIDENCE, id: owner });
      return (await files.listOf(trx, { type: EVIDENCE, id: owner })).find((file) => file.id === fileId)?.name ?? '';
    },
    takeBack: (trx, fileId, owner) =>
      files.move(trx, [fileId], { type: EVIDENCE, id: owner }, { type: WITHDRAWN_EVIDENCE, id: owner }),
    async surveyPart(unitIds, year, partId) {
      const found = new Map<string, { percent: number; source: string }>();
      if (partId !== SURVEY_PART) return found;
      const endedIn = { from: `${year}-01-01`, to: `${year}-12-31` };
      for (const unitId of unitIds) {
        const index = await sources.surveyIndex({ unitId, endedIn });
        if (index) found.set(unitId, { percent: index.percent, source: surveyName(index) });
      }
      return found;
    },
    async runningSurveys(unitIds, year) {
      const endedIn = { from: `${year}-01-01`, to: `${year}-12-31` };
      const running = await sources.runningSurveys({ unitIds, endedIn });
      return running.flatMap(({ id, name, unitId: ownerId, unitIds: asked, openTo }) =>
        asked.map((unitId) => ({ unitId, surveyId: id, name, ownerId, openTo })),
      );
    },
    async actionsOf(sheetId) {
      const { rows } = await sql<Omit<IndexAction, 'criterionId'> & { originId: string; ownerStaffId: string }>`
        select id, origin_id "originId", title, owner_staff_id "ownerStaffId", due_day "dueDay", state, '' "ownerName"
        from targets.action where origin_type = ${ORIGIN} and origin_id like ${`${sheetId}/%`} order by id`.execute(db);
      const names = await organisation.staffNames(rows.map((row) => row.ownerStaffId));
      return rows.map(({ originId, ownerStaffId, ...row }) => ({
        ...row,
        criterionId: originId.slice(sheetId.length + 1),
        ownerName: names.get(ownerStaffId)?.name ?? '',
      }));
    },
    createAction: (trx, actor, { sheetId, criterionId, label, ...wish }) =>
      targets.createAction(actor, { ...wish, origin: { type: ORIGIN, id: `${sheetId}/${criterionId}`, label } }, trx),
  };
}
