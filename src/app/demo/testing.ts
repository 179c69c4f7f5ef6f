import { sql } from 'kysely';
import type { System } from '../system.ts';

/** Reports that were sent by somebody who does not work at the reporting unit or one of its offices: unit and report. */
export async function sentByOthers({ db, organisation }: System): Promise<readonly string[]> {
  const directory = await organisation.directory();
  const { rows } = await sql<{ unitId: string; reportId: string; day: string; places: string[] }>`select
      a.unit_id "unitId", a.report_id "reportId", (v.sent_at at time zone 'Asia/Ho_Chi_Minh')::date::text "day",
      array(select p.unit_id::text from organisation.position p where 'staff:' || p.staff_id = v.sent_by) places
    from reports.assignment a join reports.version v on v.assignment_id = a.id`.execute(db);
  if (rows.length === 0) throw new Error('nothing was sent');
  return rows
    .filter(({ unitId, day, places }) => {
      const own = new Set(directory.reachOn(unitId, 'authority', day));
      return !places.some((place) => own.has(place));
    })
    .map(({ unitId, reportId }) => `${directory.unitOn(unitId, '2026-11-18')?.name ?? unitId} ${reportId}`);
}
