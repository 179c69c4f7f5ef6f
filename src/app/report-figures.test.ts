import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, instantAt } from '../core/time/index.ts';
import { rebuildMetrics } from '../modules/insight/metrics/index.ts';
import { insertRandomDossiers, seeded } from '../modules/insight/metrics/testing/random-dossiers.ts';
import {
  type Counts,
  CUTOFFS,
  type FieldCounts,
  periodOf,
  type ReportPorts,
} from '../modules/insight/reports/index.ts';
import { createReportPorts } from './report-ports.ts';
import { recountForReports } from './testing/report-recount.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let ports: ReportPorts;
let units: string[];

beforeAll(async () => {
  demo = await openDemoSystem();
  const { system } = demo;
  ports = createReportPorts({ ...system, db: system.readDb });
  const directory = await system.organisation.directory();
  const commune = directory.byCode('gso', '20779', '2026-08-14');
  units = directory.childrenOn(commune?.parentId ?? '', '2026-08-14').map((unit) => unit.unitId);
  const pick = seeded(26);
  await insertRandomDossiers(system.db, units.slice(0, 6), 3000, pick, system.clock.now(), '2026-02-01');
  // A revision that knows the field of its procedure, and answers to some of the late.
  await sql`update dossiers.dossier d set procedure_revision_id = (select r.id from procedures.revision r
    where r.code = d.procedure_code and r.status = 'published' order by r.valid_from desc limit 1)`.execute(system.db);
  await system.apologies.rebuildDuties();
  await system.db.transaction().execute(async (trx) => {
    // Letters of apology that are only counted: without the papers they would stand for.
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`update apologies.duty set apology_id = dossier_id where random() < 0.5`.execute(trx);
  });
  await rebuildMetrics(system.db);
}, 120_000);
afterAll(() => demo.close());

const sorted = (rows: readonly FieldCounts[]) =>
  rows
    .filter(({ counts }) => Object.values(counts).some((count) => count > 0))
    .map(({ unitId, fieldCode, counts }) => ({ unitId, fieldCode, counts: { ...counts } }))
    .toSorted((a, b) => (a.unitId + a.fieldCode < b.unitId + b.fieldCode ? -1 : 1));

const PERIODS = ['2026-03', '2026-06', '2026-11', '2026-12', '2026-Q2', '2026-Q4', '2026-H1', '2026'];

describe('the figures of metrics', () => {
  it.each(PERIODS.flatMap((id) => CUTOFFS.map((cutoff) => [id, cutoff] as const)))(
    'are those of a recount for every column, unit and field: %s by %s',
    async (id, cutoff) => {
      const period = periodOf(id, cutoff);
      if (!period) throw new Error(id);
      const now = demo.system.clock.now();
      const end = instantAt(addDays(period.to, 1), '00:00');
      const span = { from: instantAt(period.from, '00:00'), to: end, asOf: now < end ? now : end };
      const counted = await ports.countsOf(units, period);
      expect(sorted(counted)).toEqual(sorted(await recountForReports(demo.system.db, units, span)));
      expect(counted.length).toBeGreaterThan(5);
    },
  );

  it('are as many as the dossiers behind them', async () => {
    const period = periodOf('2026-Q2', 'nd09');
    if (!period) throw new Error('period');
    const counted = await ports.countsOf(units, period);
    const actor = { kind: 'system', name: 'test', assurance: 'system' } as const;
    const ids = Object.keys(counted[0]?.counts ?? {}) as (keyof Counts)[];
    for (const { unitId, fieldCode, counts } of counted.slice(0, 4)) {
      for (const id of ids) {
        const found = await ports.rowsOf(
          actor,
          { unitIds: [unitId], period, fieldCode, counts: [id] },
          { page: 1, pageSize: 10 },
        );
        expect([id, found.total]).toEqual([id, counts[id]]);
      }
    }
  });
});
