import { sql } from 'kysely';
import { type Day, dayOf } from '../core/time/index.ts';
import { queueMessage } from '../modules/foundation/notifications/index.ts';
import type { MetricsPorts, ProcedureField } from '../modules/insight/metrics/index.ts';
import type { DossierPorts } from '../modules/onestop/dossiers/index.ts';
import { createKeptReadings } from '../platform/db/kept-readings.ts';
import type { Pool } from '../platform/db/open.ts';

/** The catalogue seldom changes, figures are asked for all the time. */
const CATALOGUE_KEPT_MS = 30_000;
const DAYS_KEPT = 100;

async function readFields(db: Pool, day: Day): Promise<ReadonlyMap<string, ProcedureField>> {
  const { rows } = await sql<{
    code: string;
    fieldCode: string;
    name: string;
  }>`select distinct on (code) code, field_code "fieldCode",
      field_name name
    from procedures.revision where status = 'published'
    order by code, valid_from <= ${day}::date desc, case when valid_from <= ${day}::date then valid_from end desc, valid_from`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.code, { code: row.fieldCode, name: row.name }]));
}

/** Names of steps of all procedures together: of several that of most procedures, the shortest first. */
async function readStepNames(db: Pool): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{
    id: string;
    name: string;
  }>`select distinct on (id) id, name
    from (select s->>'id' id, s->>'name' name, count(distinct r.code) uses
      from procedures.revision r, jsonb_array_elements(r.definition->'steps') s where r.status = 'published' group by 1, 2) named
    order by id, uses desc, length(name), name`.execute(db);
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Fits the catalogue, units and notices to what metrics need. */
export function createMetricsPorts(db: Pool, dossierPorts: DossierPorts): MetricsPorts {
  const briefly = createKeptReadings(CATALOGUE_KEPT_MS, DAYS_KEPT);
  return {
    fieldsOn: (day) => briefly(`fields ${day}`, () => readFields(db, day)),
    async procedureNames(codes) {
      const { rows } = await sql<{
        code: string;
        name: string;
      }>`select distinct on (code) code, name from procedures.revision
        where code = any(${[...codes]}::text[]) and status = 'published' order by code, valid_from desc`.execute(db);
      return new Map(rows.map((row) => [row.code, row.name]));
    },
    async calendars() {
      const { rows } = await sql<{ id: string }>`select id from calendar.revision`.execute(db);
      return new Map(
        await Promise.all(rows.map(async ({ id }) => [id, await dossierPorts.calendarRevision(id)] as const)),
      );
    },
    stepNames: () => briefly('steps', () => readStepNames(db)),
    staffNames: (ids) => dossierPorts.staffNames([...ids]),
    unitNames: (ids, day) => dossierPorts.unitNames([...ids], day),
    async alarm(trx, { checkId, cells, dossiers }, at) {
      const { rows } = await sql<{
        staffId: string;
      }>`select distinct g.staff_id "staffId" from organisation.role_grant g
        join organisation.role_permission p on p.role_code = g.role_code and p.permission_code = 'system.administer'
        where g.valid_from <= ${dayOf(at)}::date and (g.valid_to is null or g.valid_to >= ${dayOf(at)}::date)`.execute(
        trx,
      );
      for (const { staffId } of rows)
        await queueMessage(trx, {
          recipient: `staff:${staffId}`,
          channel: 'app',
          subject: 'Số liệu tổng hợp khác với đếm lại',
          body: `Tự kiểm tra đêm qua: ${cells} ô cộng dồn và ${dossiers} hồ sơ khác với đếm lại. Phần mềm đã tính lại; xem nhật ký hệ thống để tìm nguyên nhân.`,
          template: 'metrics.drifted/administrator',
          dedupeKey: `${checkId}:metrics.drifted:${staffId}`,
          at,
        });
    },
  };
}
