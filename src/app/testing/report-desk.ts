import { sql } from 'kysely';
import type { StaffActor } from '../../core/access/actor.ts';
import type { Day } from '../../core/time/index.ts';
import type { UnitDirectory } from '../../modules/foundation/organisation/index.ts';
import { rebuildMetrics } from '../../modules/insight/metrics/index.ts';
import { insertRandomDossiers, seeded } from '../../modules/insight/metrics/testing/random-dossiers.ts';
import { createReportService, type ReportService } from '../../modules/insight/reports/index.ts';
import { staffWith } from '../../modules/onestop/dossiers/testing/staff.ts';
import { createReportPorts } from '../report-ports.ts';
import { openDemoSystem } from '../volume/testing.ts';

/** Random dossiers of some units, the same at every run. */
export type Dossiers = {
  readonly unitIds: readonly string[];
  readonly count: number;
  readonly seed: number;
  readonly from: Day;
  /** Nothing has ended after it; without it now. */
  readonly until?: Date;
};
export type ReportDesk = Awaited<ReturnType<typeof openDemoSystem>> & {
  readonly reports: ReportService;
  readonly directory: UnitDirectory;
};

/** Reports of the demo of 2026 on a test database, over the dossiers asked for. */
export async function openReportDesk(
  dossiersOf: (directory: UnitDirectory) => readonly Dossiers[] = () => [],
): Promise<ReportDesk> {
  const demo = await openDemoSystem();
  const { db, readDb, clock, organisation } = demo.system;
  const directory = await organisation.directory();
  for (const { unitIds, count, seed, until = clock.now(), from } of dossiersOf(directory))
    await insertRandomDossiers(db, unitIds, count, seeded(seed), until, from);
  // A revision that knows the field of its procedure.
  await sql`update dossiers.dossier d set procedure_revision_id = (select r.id from procedures.revision r
    where r.code = d.procedure_code and r.status = 'published' order by r.valid_from desc limit 1)`.execute(db);
  await rebuildMetrics(db);
  const reports = createReportService({ db, clock, ports: createReportPorts({ ...demo.system, db: readDb }) });
  return { ...demo, reports, directory };
}

/**
 * Somebody at the first of the units she fills in for (else of those she receives for).
 * @param n tells people apart
 */
export function reportStaff(n: number, fill: readonly string[], receive: readonly string[] = []): StaffActor {
  return staffWith(n, fill[0] ?? receive[0] ?? '', {
    'report.read': [...fill, ...receive],
    'report.fill': fill,
    'report.receive': receive,
    'dossier.read': fill,
  });
}

/** The commune of the tests of 2026 with its province, and the communes and the district of 2025 it was made of. */
export function mergedCommune(directory: UnitDirectory, day: Day) {
  const commune = directory.byCode('gso', '20779', '2026-08-14');
  const birth = directory.successions.find(
    (one) => one.to.length === 1 && one.to[0] === commune?.unitId && !one.partial,
  );
  const former = (birth?.from ?? []).filter((id) => directory.unitOn(id, day)?.level === 'commune');
  const district = directory.unitOn(former[0] ?? '', day)?.parentId;
  if (!commune?.parentId || former.length < 2 || !district || directory.unitOn(district, day)?.level !== 'district')
    throw new Error('communes of a district that were merged');
  return { commune: commune.unitId, province: commune.parentId, district, former };
}
