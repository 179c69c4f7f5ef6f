import { sql } from 'kysely';
import { dayOf } from '../core/time/index.ts';
import { queueMessage } from '../modules/foundation/notifications/index.ts';
import type { MetricsPorts } from '../modules/insight/metrics/index.ts';
import type { DossierPorts } from '../modules/onestop/dossiers/index.ts';
import type { Pool } from '../platform/db/open.ts';

/** Fits the catalogue, units and notices to what metrics need. */
export function createMetricsPorts(db: Pool, dossierPorts: DossierPorts): MetricsPorts {
  return {
    async proceduresOfField(fieldCode) {
      const { rows } = await sql<{ code: string }>`select distinct code from procedures.revision
        where field_code = ${fieldCode} and status = 'published'`.execute(db);
      return rows.map((row) => row.code);
    },
    async procedureNames(codes) {
      const { rows } = await sql<{
        code: string;
        name: string;
      }>`select distinct on (code) code, name from procedures.revision
        where code = any(${[...codes]}::text[]) and status = 'published' order by code, valid_from desc`.execute(db);
      return new Map(rows.map((row) => [row.code, row.name]));
    },
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
