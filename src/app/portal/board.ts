import { sql } from 'kysely';
import { dayOf } from '../../core/time/index.ts';
import type { BoardPort } from '../../modules/onestop/portal/index.ts';
import type { Installation } from '../installation.ts';
import type { System } from '../system.ts';

type Row = {
  unit_id: string;
  received: number;
  resolved: number;
  early: number;
  on_time: number;
  late: number;
  open: number;
  open_late: number;
};

/** Figures of the public board by deciding unit and month; kept for half a minute. */
export function createBoardPort(system: System, installation: () => Installation | undefined): BoardPort {
  const kept = new Map<string, { rows: Awaited<ReturnType<BoardPort['monthly']>>; until: number }>();
  return {
    async monthly(month) {
      const known = kept.get(month);
      if (known && performance.now() < known.until) return known.rows;
      void installation;
      const now = system.clock.now();
      const [start, end] = [`${month}-01`, nextMonth(month)];
      const { rows } = await sql<Row>`select decided_by_unit_id unit_id,
          count(*) filter (where received_at >= ${start}::timestamptz and received_at < ${end}::timestamptz) received,
          count(*) filter (where ended_at >= ${start}::timestamptz and ended_at < ${end}::timestamptz) resolved,
          count(*) filter (where ended_at >= ${start}::timestamptz and ended_at < ${end}::timestamptz and punctuality = 'early') early,
          count(*) filter (where ended_at >= ${start}::timestamptz and ended_at < ${end}::timestamptz and punctuality = 'on-time') on_time,
          count(*) filter (where ended_at >= ${start}::timestamptz and ended_at < ${end}::timestamptz and punctuality = 'late') late,
          count(*) filter (where status in ('received', 'processing', 'supplement', 'finance', 'suspended')) open,
          count(*) filter (where status in ('received', 'processing', 'supplement', 'finance', 'suspended') and due_current < ${now}) open_late
        from dossiers.dossier where received_at is not null group by decided_by_unit_id`.execute(system.readDb);
      const names = await system.dossierPorts.unitNames(
        rows.map((r) => r.unit_id),
        dayOf(now),
      );
      const shown = rows.map((r) => ({
        unitId: r.unit_id,
        unitName: names.get(r.unit_id) ?? '',
        received: r.received,
        resolved: r.resolved,
        early: r.early,
        onTime: r.on_time,
        late: r.late,
        open: r.open,
        openLate: r.open_late,
      }));
      kept.set(month, { rows: shown, until: performance.now() + 30_000 });
      return shown;
    },
    async firstMonth() {
      const { rows } = await sql<{
        at: Date | null;
      }>`select received_at at from dossiers.dossier where received_at is not null order by id limit 1`.execute(
        system.readDb,
      );
      return rows[0]?.at ? dayOf(rows[0].at).slice(0, 7) : undefined;
    },
  };
}

function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`;
}
