import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { canonicalJson } from '../modules/foundation/audit/rules/canonical-json.ts';
import { rebuildMetrics } from '../modules/insight/metrics/index.ts';
import {
  createFormService,
  createReportService,
  type FormService,
  type ReportService,
  requireForm,
} from '../modules/insight/reports/index.ts';
import { createReportPorts } from './report-ports.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let forms: FormService;
let reports: ReportService;
let clerk: StaffActor;
let unitId: string;

beforeAll(async () => {
  demo = await openDemoSystem();
  const { db, clock } = demo.system;
  await rebuildMetrics(db);
  const ctx = { db, clock, ports: createReportPorts({ ...demo.system, db: demo.system.readDb }) };
  forms = createFormService(ctx);
  reports = createReportService(ctx);
  unitId = (await demo.system.organisation.directory()).byCode('gso', '20779', '2026-11-18')?.unitId ?? '';
  const id = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  clerk = {
    kind: 'staff',
    accountId: id(1),
    staffId: id(2),
    displayName: 'Cán bộ mẫu',
    homeUnitId: unitId,
    unitIds: [unitId],
    roles: [],
    unitsByPermission: new Map([
      ['report.read', new Set([unitId])],
      ['report.fill', new Set([unitId])],
    ]),
    assurance: 'password',
    address: '203.0.113.9',
  };
}, 120_000);
afterAll(() => demo.close());

type Definition = Record<string, unknown> & {
  columns: Record<string, unknown>[];
  invariants: Record<string, unknown>[];
};
const draft = async (reportId = 'II.07b'): Promise<{ id: string; definition: Definition }> => {
  const { id } = await forms.create(clerk, { reportId });
  return { id, definition: (await forms.get(id)).definition as Definition };
};
const failure = (promise: Promise<unknown>): Promise<{ code: string; places: string[] }> =>
  promise.then(
    () => ({ code: 'done', places: [] }),
    (error) => ({
      code: error.code as string,
      places: (error.details?.fields ?? []).map((field: { path: string }) => field.path),
    }),
  );

it('refuses a form that is not sound when it is saved, with every place', async () => {
  const { id, definition } = await draft();
  const wrong = (change: (copy: Definition) => void) => {
    const copy = structuredClone(definition);
    change(copy);
    return failure(forms.save(clerk, id, { version: 1, definition: copy }));
  };
  expect(await wrong((copy) => Object.assign(copy.columns[6] ?? {}, { percent: ['5', '99'] }))).toEqual({
    code: 'report/form',
    places: ['columns[6].percent[1]'],
  });
  expect((await wrong((copy) => Object.assign(copy.columns[6] ?? {}, { percent: ['2', '7'] }))).places).toEqual([
    'columns[6].percent[0]',
    'columns[6]',
  ]);
  expect((await wrong((copy) => Object.assign(copy.columns[2] ?? {}, { title: '' }))).places).toEqual([
    'columns[2].title',
  ]);
  expect((await wrong((copy) => Object.assign(copy, { id: '06c' }))).places).toEqual([
    'id',
    'aliases[0]',
    'aliases[1]',
  ]);
  expect((await wrong((copy) => Object.assign(copy, { columns: 'x' }))).code).toBe('report/form');
  expect((await wrong((copy) => Object.assign(copy.invariants[0] ?? {}, { left: ['8'] }))).places).toEqual([
    'invariants[0].left[0]',
  ]);
  expect((await forms.get(id)).version).toBe(1);
});

it('publishes for good from a day on; reports given before keep their form', async () => {
  const before = await reports.assign(clerk, { reportId: 'II.07b', periodId: '2026-Q4', unitId });
  const { id, definition } = await draft();
  definition.columns.splice(7, 0, { no: '9', title: 'Đã công khai', kind: 'manual' });
  await forms.save(clerk, id, { version: 1, definition });
  expect((await failure(forms.publish(clerk, id, { version: 2, validFrom: '2026-11-17' }))).code).toBe(
    'report/form-day',
  );
  expect((await failure(forms.publish(clerk, id, { version: 1, validFrom: '2026-11-18' }))).code).toBe('row/stale');
  await forms.publish(clerk, id, { version: 2, validFrom: '2026-11-18' });
  expect((await failure(forms.save(clerk, id, { version: 3, definition }))).code).toBe('report/form-published');
  expect((await failure(forms.discard(clerk, id, { version: 3 }))).code).toBe('report/form-published');
  await expect(
    sql`update reports.form set definition = '{}' where id = ${id}::uuid`.execute(demo.system.db),
  ).rejects.toThrow(/never changes/);
  const columns = async (reportId: string | undefined) =>
    (await reports.get(clerk, reportId ?? '')).columns.map((column) => column.no);
  expect(await columns(before.ids[0])).not.toContain('9');
  // The half ends on 14/12/2026, after the day; the third quarter ended before it.
  const after = await reports.assign(clerk, { reportId: '07b', periodId: '2026-H2', unitId });
  expect(await columns(after.ids[0])).toEqual(['1', '2', '3', '4', '5', '6', '7', '9', '8']);
  const past = await reports.assign(clerk, { reportId: 'II.07b', periodId: '2026-Q3', unitId });
  expect(await columns(past.ids[0])).not.toContain('9');
  const { form } = await requireForm(demo.system, 'ii-07B', '2026-H2', undefined);
  expect(form.formId).toBe(id);
  const other = await draft();
  expect((await failure(forms.publish(clerk, other.id, { version: 1, validFrom: '2026-11-18' }))).code).toBe(
    'report/form-taken',
  );
  await forms.discard(clerk, other.id, { version: 1 });
  const kept = await forms.get(id);
  expect(kept.digest).toBe(createHash('sha256').update(canonicalJson(kept.definition)).digest('hex'));
  expect((await failure(forms.get(other.id))).code).toBe('row/missing');
});

it('lets one of two designers win', async () => {
  const { id, definition } = await draft('de-an-06');
  const done = await Promise.all([1, 2, 3].map(() => failure(forms.save(clerk, id, { version: 1, definition }))));
  expect(done.map((one) => one.code).toSorted()).toEqual(['done', 'row/stale', 'row/stale']);
});

it('makes one draft of a request that comes again', async () => {
  const made = await Promise.all([1, 2, 3].map(() => forms.create(clerk, { reportId: 'II.06a' }, 'khoa-1')));
  expect(new Set(made.map((one) => one.id)).size).toBe(1);
  const id = made[0]?.id ?? '';
  const { definition } = await forms.get(id);
  const saved = await forms.save(clerk, id, { version: 1, definition }, 'khoa-2');
  expect(await forms.save(clerk, id, { version: 1, definition }, 'khoa-2')).toEqual(saved);
  expect(await forms.discard(clerk, id, { version: 2 }, 'khoa-3')).toEqual({ id });
  expect(await forms.discard(clerk, id, { version: 2 }, 'khoa-3')).toEqual({ id });
});

it('makes a report nobody had: a copy under its own names, published, given, sent', async () => {
  const as = { id: 'PAKN-quy', code: 'PAKN', name: 'Phản ánh, kiến nghị trong quý' };
  for (const taken of ['II.06a', 'ii-06A', '06a', 'cchc'])
    expect(await failure(forms.create(clerk, { reportId: 'II.07b', as: { ...as, id: taken } }))).toEqual({
      code: 'report/form',
      places: ['as/id'],
    });
  const { id } = await forms.create(clerk, { reportId: 'II.07b', as });
  expect((await failure(forms.create(clerk, { reportId: 'II.07b', as }))).places).toEqual(['as/id']);
  const { definition } = await forms.get(id);
  expect(definition).toMatchObject({ id: 'PAKN-quy', aliases: [], code: 'PAKN', verified: false });
  // The system gives it to nobody of its own.
  expect(definition).not.toHaveProperty('automatic');
  await forms.publish(clerk, id, { version: 1, validFrom: '2026-11-18' });
  const { ids } = await reports.assign(clerk, { reportId: 'pakn-quy', periodId: '2026-Q4', unitId });
  const page = await reports.get(clerk, ids[0] ?? '');
  expect(page).toMatchObject({ reportCode: 'PAKN', reportName: as.name, reportId: 'PAKN-quy' });
  expect((await reports.list(clerk, { side: 'fill', q: 'phan anh' })).rows.map((row) => row.id)).toEqual(ids);
  expect((await reports.regimes(clerk)).rows.map((row) => row.id)).toContain('PAKN-quy');
});
