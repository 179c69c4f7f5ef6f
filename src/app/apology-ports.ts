import { type RawBuilder, sql } from 'kysely';
import type { FilesService } from '../modules/foundation/files/index.ts';
import { loadRegimes, resolveRegime } from '../modules/foundation/reference/index.ts';
import type { ApologyPorts, DossierFacts } from '../modules/onestop/apologies/index.ts';
import { type DossierPorts, type DossierService, uploadOwner } from '../modules/onestop/dossiers/index.ts';
import type { Db } from '../platform/db/open.ts';

type Row = Omit<DossierFacts, 'reappointed' | 'heldByUnitIds'> & {
  readonly reappointments: number;
  readonly held: string[] | null;
};

// Dossiers under way, as the partial index over deciding unit and due instant has them.
const OPEN = sql`d.status in ('received', 'processing', 'supplement', 'finance', 'suspended')`;

async function readFacts(db: Db, where: RawBuilder<unknown>): Promise<ReadonlyMap<string, DossierFacts>> {
  const { rows } =
    await sql<Row>`select d.id, d.code, d.procedure_code "procedureCode", d.procedure_revision_id "procedureRevisionId",
      d.decided_by_unit_id "decidedByUnitId", d.received_by_unit_id "receivedByUnitId",
      coalesce(d.holder_unit_id, (select t.unit_id from dossiers.task t where t.dossier_id = d.id order by (t.role = 'officer') desc, t.seq desc limit 1)) "holderUnitId",
      (select array_agg(distinct t.unit_id) from dossiers.task t where t.dossier_id = d.id) held,
      d.received_at "receivedAt", d.due_original "dueOriginal", d.due_current "dueCurrent", d.ended_at "endedAt", d.punctuality, d.reappointments,
      case when d.clock_status = 'paused' then (d.clock_events->-1->>'at')::timestamptz end "pausedSince"
    from dossiers.dossier d where ${where}`.execute(db);
  return new Map(
    rows.map(({ reappointments, held, ...row }) => [
      row.id,
      { ...row, reappointed: reappointments > 0, heldByUnitIds: held ?? [] },
    ]),
  );
}

/**
 * Fits the doors of dossiers, calendar and regimes to what apologies need.
 * @param clerkOf unit that numbers the papers of an authority on a day
 */
export function createApologyPorts(
  ports: DossierPorts,
  dossiers: Pick<DossierService, 'reappoint'>,
  clerkOf: ApologyPorts['numberUnitOf'],
  files: Pick<FilesService, 'move' | 'listOf'>,
): ApologyPorts {
  const regimes = loadRegimes();
  return {
    findDossiers: (db, scope, ids) => readFacts(db, sql`d.id = any(${[...ids]}::uuid[]) and ${scope.where('d')}`),
    async findDueIds(db, after, until, beyond, limit) {
      const { rows } = await sql<{ id: string }>`select d.id from dossiers.dossier d where ${OPEN}
        and d.due_current < ${until} and (${after}::timestamptz is null or d.due_current >= ${after}::timestamptz)
        and (${beyond}::uuid is null or d.id > ${beyond}::uuid) order by d.id limit ${limit}`.execute(db);
      return rows.map((row) => row.id);
    },
    async findLateIds(db, now, beyond, limit) {
      const { rows } = await sql<{ id: string }>`select d.id from dossiers.dossier d
        where (d.punctuality = 'late' or (${OPEN} and d.due_current < ${now}))
        and (${beyond}::uuid is null or d.id > ${beyond}::uuid) order by d.id limit ${limit}`.execute(db);
      return rows.map((row) => row.id);
    },
    async recipientOf(db, dossierId) {
      const { rows } = await sql<{
        name: string;
        address: string | null;
        phone: string | null;
        email: string | null;
        citizenAccountId: string | null;
      }>`select p.snapshot->>'fullName' "name", nullif(p.snapshot->>'address', '') address, nullif(p.snapshot->>'phone', '') phone,
          (select nullif(q.snapshot->>'email', '') from dossiers.party q where q.dossier_id = d.id and coalesce(q.snapshot->>'email', '') <> ''
            order by (q.role = 'submitter') desc, q.seq limit 1) email,
          d.citizen_account_id "citizenAccountId"
        from dossiers.dossier d join dossiers.party p on p.dossier_id = d.id
        where d.id = ${dossierId}::uuid order by (p.role = 'owner') desc, p.seq limit 1`.execute(db);
      return rows[0];
    },
    async procedureNames(revisionIds) {
      const known = await Promise.all(
        revisionIds.map(async (id) => [id, (await ports.getProcedureRevision(id)).definition.name] as const),
      );
      return new Map(known);
    },
    unitNames: (ids, day) => ports.unitNames(ids, day),
    findUnit: (id, day) => ports.findUnit(id, day),
    numberUnitOf: clerkOf,
    staffNames: (ids) => ports.staffNames(ids),
    calendarFor: async (unitId, day) => (await ports.calendarFor(unitId, day)).calendar,
    lateNoticeOn(day) {
      const resolved = resolveRegime(regimes, 'late-notice', day);
      if (!resolved.ok) throw new Error(resolved.message);
      return resolved.entry.value;
    },
    formSetOn: (day) => ports.regimeOn(day).formSet,
    async finishedCounts(db, unitIds, from, to) {
      const mine = unitIds === undefined ? sql`true` : sql`unit_id = any(${[...unitIds]}::uuid[])`;
      const { rows } = await sql<{
        unitId: string;
        n: number;
      }>`select unit_id "unitId", sum(ended_early + ended_on_time + ended_late) n
        from statistics.daily where day between ${from}::date and ${to}::date and ${mine} group by unit_id
        having sum(ended_early + ended_on_time + ended_late) > 0`.execute(db);
      return new Map(rows.map((row) => [row.unitId, Number(row.n)]));
    },
    async attachEvidence(trx, actor, fileIds, exemptionId) {
      if (fileIds.length === 0) return [];
      const owner = { type: 'apology-exemption', id: exemptionId };
      await files.move(trx, fileIds, uploadOwner(actor), owner);
      return (await files.listOf(trx, owner)).map(({ id, name }) => ({ id, name }));
    },
    async reappoint(actor, order, trx) {
      await dossiers.reappoint(actor, order, trx);
    },
  };
}
