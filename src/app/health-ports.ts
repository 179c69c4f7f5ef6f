import { sql } from 'kysely';
import { uuidFloor } from '../core/ids/uuid.ts';
import { addDays, type Day, instantAt, toIso } from '../core/time/index.ts';
import type { OrganisationService } from '../modules/foundation/organisation/index.ts';
import type { DossierPorts } from '../modules/onestop/dossiers/index.ts';
import type { HealthPorts } from '../modules/onestop/unit-health/index.ts';
import { AppError } from '../platform/errors/app-error.ts';

/** A dossier filed online may wait for its reception; it is looked for this far before a period. */
const LONGEST_WAIT_DAYS = 60;
// The literal list of the partial index over dossiers that somebody holds.
const HELD = sql`d.status in ('submitted', 'awaiting-completion', 'received', 'processing', 'supplement', 'finance', 'suspended', 'decided')`;
const SINCE = sql`case when d.status = 'decided' then d.ended_at
  when d.clock_status = 'paused' then (d.clock_events->-1->>'at')::timestamptz
  else coalesce(d.step_started_at, d.received_at, d.submitted_at) end`;

export type HealthPortDeps = {
  readonly ports: DossierPorts;
  readonly organisation: OrganisationService;
  /** Units the installation is for on a day. */
  readonly homeUnits: (day: Day) => Promise<readonly string[]>;
};

/** Fits dossiers, procedures, calendars, units and daily counts to what unit health needs. */
export function createHealthPorts({ ports, organisation, homeUnits }: HealthPortDeps): HealthPorts {
  return {
    async authoritiesOn(day) {
      const directory = await organisation.directory();
      const ids = new Set((await homeUnits(day)).flatMap((id) => directory.reachOn(id, 'subtree', day)));
      const found = await Promise.all(
        [...ids]
          .filter((id) => directory.unitOn(id, day)?.type === 'administrative')
          .map((id) => ports.findUnit(id, day)),
      );
      return found.flatMap((unit) => (unit?.level ? [{ unitId: unit.id, level: unit.level }] : []));
    },
    async authorityOf(unitId, day) {
      const unit = await ports.authorityOf(unitId, null, day);
      return unit && { unitId: unit.id, level: unit.level };
    },
    unitNames: ports.unitNames,
    staffNames: ports.staffNames,
    async findCalendar(unitId, day) {
      try {
        return (await ports.calendarFor(unitId, day)).calendar;
      } catch (error) {
        if (error instanceof AppError) return undefined;
        throw error;
      }
    },
    async proceduresOn(level, day) {
      const revisions = await ports.listProcedures(level, day, undefined);
      return revisions.map(({ definition }) => ({
        code: definition.code,
        name: definition.name,
        online: definition.channels.online && definition.onlineLevel !== 'none',
      }));
    },
    async receivedCounts(db, { from, to }) {
      const { rows } = await sql<{ unitId: string; online: number; received: number }>`select unit_id "unitId",
          sum(received_online)::integer "online", sum(received_desk + received_online + received_post)::integer received
        from statistics.daily where day between ${from}::date and ${to}::date group by unit_id`.execute(db);
      return new Map(rows.map(({ unitId, ...counts }) => [unitId, counts]));
    },
    async firstDay(db) {
      const { rows } = await sql<{ day: Day | null }>`select min(day) as day from statistics.daily`.execute(db);
      return rows[0]?.day ?? undefined;
    },
    async receivedOf(db, unitId, codes, { from, to }) {
      const [start, end] = [instantAt(from, '00:00'), instantAt(addDays(to, 1), '00:00')];
      const earliest = instantAt(addDays(from, -LONGEST_WAIT_DAYS), '00:00');
      if (!start || !end || !earliest) return 0;
      const { rows } = await sql<{ n: number }>`select count(*) n from dossiers.dossier d
        where d.decided_by_unit_id = ${unitId}::uuid and d.id >= ${uuidFloor(earliest)}::uuid and d.id < ${uuidFloor(end)}::uuid
          and d.procedure_code = any(${[...codes]}::text[]) and d.received_at >= ${start} and d.received_at < ${end}`.execute(
        db,
      );
      return rows[0]?.n ?? 0;
    },
    async holdingUnits(db) {
      const { rows } = await sql<{ id: string }>`select distinct coalesce(d.holder_unit_id, d.received_by_unit_id) id
        from dossiers.dossier d where ${HELD}`.execute(db);
      return rows.map((row) => row.id);
    },
    async parked(db, limits) {
      if (limits.length === 0) return [];
      const given = limits.map((limit) => ({ ...limit, before: toIso(limit.before) }));
      const { rows } = await sql<{
        unitId: string;
        status: string;
        count: number;
        dossiers: { id: string; code: string; since: string }[];
      }>`with late as (
          select coalesce(d.holder_unit_id, d.received_by_unit_id) unit_id, d.status, d.id, d.code, ${SINCE} since
          from dossiers.dossier d where ${HELD}),
        numbered as (
          select l.*, row_number() over (partition by l.unit_id, l.status order by l.since, l.id) n
          from late l join jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as t("unitId" uuid, status text, before timestamptz)
            on t."unitId" = l.unit_id and t.status = l.status and l.since < t.before)
        select unit_id "unitId", status, count(*) "count",
          jsonb_agg(jsonb_build_object('id', id, 'code', code, 'since', since) order by since, id) filter (where n <= 50) dossiers
        from numbered group by unit_id, status order by unit_id, status`.execute(db);
      return rows.map((row) => ({
        ...row,
        dossiers: row.dossiers.map((one) => ({ ...one, since: toIso(new Date(one.since)) })),
      }));
    },
  };
}
