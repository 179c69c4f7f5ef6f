import { type RawBuilder, sql } from 'kysely';
import { uuidFloor } from '../core/ids/uuid.ts';
import { addDays, instantAt } from '../core/time/index.ts';
import { type ApologyService, ratePercent } from '../modules/onestop/apologies/index.ts';
import type { BoardPorts } from '../modules/onestop/boards/index.ts';
import { type DossierPorts, openLate, statusName } from '../modules/onestop/dossiers/index.ts';
import type { Db } from '../platform/db/open.ts';

type Moment = Parameters<BoardPorts['deskCounts']>[2];
type Group = Awaited<ReturnType<BoardPorts['deskCounts']>>[number];
type Row = Awaited<ReturnType<BoardPorts['deskRows']>>['rows'][number];
type Figures = Awaited<ReturnType<BoardPorts['unitFigures']>>[number];
type Bucket = keyof Group['counts'];

// Literal lists, so that the partial indexes over open dossiers serve: what waits for its owner is not open any more.
const HELD = sql`d.status in ('submitted', 'awaiting-completion', 'received', 'processing', 'supplement', 'finance', 'suspended')`;
const COUNTED = sql`d.status in ('received', 'processing', 'supplement', 'finance', 'suspended')`;

/** What each number means; the counts and the rows behind them are made of the same conditions. */
const meaning = ({ now, endOfDay }: Moment): Readonly<Record<Bucket, RawBuilder<boolean>>> => ({
  open: sql<boolean>`true`,
  'due-today': sql<boolean>`(d.due_current >= ${now} and d.due_current < ${endOfDay} and d.clock_status <> 'paused')`,
  'at-risk': sql<boolean>`(f.level is not null and not coalesce(${openLate('d', now)}, false))`,
  late: openLate('d', now),
  citizen: sql<boolean>`d.status in ('awaiting-completion', 'supplement')`,
  money: sql<boolean>`d.status = 'finance'`,
  agency: sql<boolean>`d.status = 'suspended'`,
});
const FROM = sql`dossiers.dossier d left join forecast.current f on f.dossier_id = d.id and f.level = 'likely'`;
const uuids = (ids: readonly string[]): RawBuilder<unknown> => sql`any(${[...ids]}::uuid[])`;

/** A page of rows, what is due first in front; of one nobody holds any more the unit that decided it. */
async function readRows(
  db: Db,
  where: RawBuilder<unknown>,
  now: Date,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ rows: Row[]; total: number }> {
  const [{ rows }, counted] = await Promise.all([
    sql<Row>`select d.id, d.code, d.procedure_revision_id "revisionId", d.status, d.step_id "stepId",
        coalesce(d.holder_unit_id, d.decided_by_unit_id) "unitId", d.holder_staff_id "staffId", d.due_current "dueAt", d.ended_at "endedAt",
        f.level is not null "atRisk", coalesce(case when d.ended_at is null then ${openLate('d', now)} else d.punctuality = 'late' end, false) late
      from ${FROM} where ${where} order by d.due_current nulls last, d.id limit ${limit} offset ${offset}`.execute(db),
    sql<{ n: number }>`select count(*) n from ${FROM} where ${where}`.execute(db),
  ]);
  return { rows, total: counted.rows[0]?.n ?? 0 };
}

/** Fits dossiers, forecasts, daily counts and apologies to what boards need. */
export function createBoardPorts({
  ports,
  apologies,
}: {
  readonly ports: DossierPorts;
  readonly apologies: Pick<ApologyService, 'lateFigures' | 'lateIds'>;
}): BoardPorts {
  return {
    async deskCounts(db, units, moment) {
      const means = meaning(moment);
      const counts = Object.entries(means).map(
        ([bucket, holds]) => sql`${sql.lit(bucket)}, count(*) filter (where ${holds})`,
      );
      const { rows } = await sql<
        Omit<Group, 'by'> & { set: number }
      >`select grouping(d.step_id, d.holder_staff_id) as set,
          d.holder_unit_id "unitId", d.step_id "stepId", d.holder_staff_id "staffId",
          (array_agg(d.procedure_revision_id order by d.id desc))[1] "revisionId", jsonb_build_object(${sql.join(counts)}) counts,
          min(d.due_current) filter (where ${means.late}) "lateSince",
          min(d.due_current) filter (where ${means['at-risk']}) "riskDue"
        from ${FROM} where d.holder_unit_id = ${uuids(units)} and ${HELD}
        group by grouping sets ((), (d.holder_unit_id, d.step_id), (d.holder_unit_id, d.holder_staff_id))`.execute(db);
      return rows.map(({ set, ...row }) => ({ ...row, by: set === 3 ? 'all' : set === 1 ? 'step' : 'staff' }));
    },
    async deskRows(db, { units, bucket, stepId, staffId }, moment, { offset, limit }) {
      const parts: RawBuilder<unknown>[] = [
        sql`d.holder_unit_id = ${uuids(units)}`,
        HELD,
        meaning(moment)[bucket ?? 'open'],
      ];
      if (stepId === 'none') parts.push(sql`d.step_id is null`);
      else if (stepId) parts.push(sql`d.step_id = ${stepId}`);
      if (staffId === 'none') parts.push(sql`d.holder_staff_id is null`);
      else if (staffId) parts.push(sql`d.holder_staff_id = ${staffId}::uuid`);
      const where = sql.join(parts, sql` and `);
      return readRows(db, where, moment.now, { offset, limit });
    },
    async unitRows(db, { units, figure, from, to }, moment, page) {
      if (figure === 'apologiesOwed' || figure === 'lateOfDue') {
        const behind = figure === 'lateOfDue' ? 'late' : 'without';
        const { ids, total } = await apologies.lateIds(units, { from, to }, behind, page);
        const { rows } = await readRows(db, sql`d.id = ${uuids(ids)}`, moment.now, { offset: 0, limit: page.limit });
        return { rows, total };
      }
      const [start, end] = [instantAt(from, '00:00'), instantAt(addDays(to, 1), '00:00')];
      const received = sql`d.received_at >= ${start} and d.received_at < ${end}`;
      const finished = sql`d.received_at is not null and d.ended_at >= ${start} and d.ended_at < ${end} and d.punctuality is not null`;
      const means: Readonly<Record<typeof figure, RawBuilder<unknown>>> = {
        received,
        online: sql`${received} and d.channel = 'online'`,
        finished,
        inTime: sql`${finished} and d.punctuality <> 'late'`,
        late: sql`${finished} and d.punctuality = 'late'`,
        open: COUNTED,
        openLate: sql`${COUNTED} and ${openLate('d', moment.now)}`,
      };
      // The id tells when a dossier was filed: nothing filed after the last day counts in it.
      const filed =
        figure === 'open' || figure === 'openLate' || !end ? sql`true` : sql`d.id < ${uuidFloor(end)}::uuid`;
      return readRows(
        db,
        sql`d.decided_by_unit_id = ${uuids(units)} and ${filed} and ${means[figure]}`,
        moment.now,
        page,
      );
    },
    async unitFigures(db, units, days, { now }) {
      const [{ rows: counted }, { rows: open }, late] = await Promise.all([
        sql<Omit<Figures, 'open' | 'openLate' | 'apologiesOwed' | 'lateOfDue' | 'due'>>`select unit_id "unitId",
            sum(received_desk + received_online + received_post)::integer received, sum(received_online)::integer "online",
            sum(ended_early + ended_on_time + ended_late)::integer finished,
            sum(ended_early + ended_on_time)::integer "inTime", sum(ended_late)::integer late
          from statistics.daily where unit_id = ${uuids(units)} and day between ${days.from}::date and ${days.to}::date
          group by unit_id`.execute(db),
        sql<Pick<Figures, 'unitId' | 'open' | 'openLate'>>`select d.decided_by_unit_id "unitId", count(*) "open",
            count(*) filter (where ${openLate('d', now)}) "openLate"
          from dossiers.dossier d where d.decided_by_unit_id = ${uuids(units)} and ${COUNTED} group by 1`.execute(db),
        apologies.lateFigures(units, days),
      ]);
      const none = {
        received: 0,
        online: 0,
        finished: 0,
        inTime: 0,
        late: 0,
        open: 0,
        openLate: 0,
        apologiesOwed: 0,
        lateOfDue: 0,
        due: 0,
      };
      const byUnit = new Map<string, Figures>();
      const add = (row: Pick<Figures, 'unitId'> & Partial<Figures>): void => {
        byUnit.set(row.unitId, { ...none, ...byUnit.get(row.unitId), ...row });
      };
      counted.forEach(add);
      open.forEach(add);
      for (const { unitId, without, late: lateOfDue, denominator: due } of late.units)
        if (due > 0) add({ unitId, apologiesOwed: without, lateOfDue, due });
      return [...byUnit.values()];
    },
    ratePercent,
    unitNames: ports.unitNames,
    staffNames: ports.staffNames,
    async procedureOf(revisionId) {
      const { definition } = await ports.getProcedureRevision(revisionId);
      return { name: definition.name, stepNames: new Map(definition.steps.map((step) => [step.id, step.name])) };
    },
    statusName: (status) => statusName(status as Parameters<typeof statusName>[0]),
  };
}
