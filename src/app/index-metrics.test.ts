import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StaffActor } from '../core/access/actor.ts';
import { pointsOf } from '../core/scoring/index.ts';
import { rebuildMetrics } from '../modules/insight/metrics/index.ts';
import { staffWith } from '../modules/onestop/dossiers/testing/staff.ts';
import { generateDossiers } from './volume/generate.ts';
import { openDemoSystem } from './volume/testing.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
let unit: string;
let year: number;
let actor: StaffActor;

beforeAll(async () => {
  demo = await openDemoSystem();
  await generateDossiers(demo.system, 300, { seed: 5 });
  await rebuildMetrics(demo.system.db);
  const { rows } = await sql<{ unit: string; year: number }>`select decided_by_unit_id unit,
      extract(year from ended_at at time zone 'Asia/Ho_Chi_Minh')::int as year from dossiers.dossier
    where ended_at is not null group by 1, 2 order by count(*) desc, min(code) limit 1`.execute(demo.system.db);
  unit = rows[0]?.unit ?? '';
  year = rows[0]?.year ?? 0;
  const names = ['indices.read', 'indices.score', 'indices.appraise', 'metrics.read', 'targets.edit'];
  actor = staffWith(1, unit, Object.fromEntries(names.map((permission) => [permission, [unit]])));
}, 120_000);
afterAll(() => demo.close());

let opened: { readonly office: StaffActor; readonly sheetId: string } | undefined;
/** Criteria of the unit's sheet in a round of the office above, of which nothing was sent. */
async function unsentCriteria() {
  const { indices, organisation } = demo.system;
  if (!opened) {
    const above = (await organisation.directory()).unitOn(unit, `${year}-12-01`)?.parentId ?? '';
    const office = staffWith(2, above, { 'indices.read': [above, unit], 'indices.appraise': [above, unit] });
    const wish = { setCode: 'par-index-commune-2026', year, unitId: above, unitIds: [unit] };
    const { id } = await indices.openRound(office, wish);
    opened = { office, sheetId: (await indices.round(office, id)).rows[0]?.sheetId ?? '' };
  }
  return (await indices.sheet(opened.office, opened.sheetId)).criteria;
}

it('a criterion with a metric is scored by it, cannot be typed, and keeps its numbers once it is sent', async () => {
  const { indices, metrics } = demo.system;
  const { id } = await indices.openRound(actor, { setCode: 'par-index-commune-2026', year, unitId: unit });
  const sheetId = (await indices.round(actor, id)).rows[0]?.sheetId ?? '';
  const period = metrics.periodOf(String(year), 'calendar');
  const query = { metricId: 'on-time-of-finished', unitId: unit, roll: 'tree' as const, period };
  const [value] = await metrics.values(actor, [query]);
  const page = await indices.sheet(actor, sheetId);
  const measured = page.criteria.find((each) => each.id === 'on-time');
  const { numerator = 0, denominator = 0 } = value ?? {};
  expect(denominator).toBeGreaterThan(0);
  const exact = pointsOf(
    { max: 14, rule: { kind: 'linear', from: 0.8 } },
    { numerator: numerator ?? 0, denominator: denominator ?? 0 },
  );
  expect(measured).toMatchObject({
    live: true,
    metricId: 'on-time-of-finished',
    numerator,
    denominator,
    selfPoints: exact?.round(4).toNumber(),
  });
  // The dossiers behind the number are as many as it says.
  const rows = await metrics.rows(actor, query, 'numerator', { page: 1, pageSize: 200 });
  expect(rows.total).toBe(numerator);
  const wish = { criterionId: 'on-time', version: 0, note: 'Ghi chú' };
  await expect(indices.score(actor, sheetId, { ...wish, points: 14 })).rejects.toMatchObject({
    code: 'indices/automatic',
  });
  await indices.score(actor, sheetId, wish);
  for (const each of page.criteria.filter((one) => !one.live))
    await indices.score(actor, sheetId, { criterionId: each.id, version: 0, points: 0, note: '' });
  await indices.decideSheet(actor, sheetId, { version: 1, act: 'submit' });
  const sent = await indices.sheet(actor, sheetId);
  expect(sent.criteria.find((each) => each.id === 'on-time')).toMatchObject({ live: false, numerator, denominator });
  const { rows: kept } = await sql<{ definition: string }>`select definition_id definition from indices.criterion_score
    where sheet_id = ${sheetId}::uuid and criterion_id = 'on-time'`.execute(demo.system.db);
  expect(kept[0]?.definition).toBe(value?.definitionId);
});

it('points lost become a task of somebody of the unit', async () => {
  const { indices } = demo.system;
  const [round] = (await indices.rounds(actor, {})).rows;
  const sheetId = round?.mySheetId ?? '';
  const { owners } = await indices.sheet(actor, sheetId);
  const task = {
    criterionId: 'discipline',
    title: 'Kiểm tra giờ làm việc',
    ownerStaffId: owners[0]?.id ?? '',
    dueDay: '2026-12-31',
  };
  const added = await indices.addAction(actor, sheetId, task, 'gửi-lại');
  // Sent once more, because the answer was lost: still one task.
  expect(await indices.addAction(actor, sheetId, task, 'gửi-lại')).toEqual(added);
  expect((await indices.sheet(actor, sheetId)).actions).toEqual([
    expect.objectContaining({ criterionId: 'discipline', title: task.title, dueDay: '2026-12-31', state: 'open' }),
  ]);
  await expect(indices.addAction(actor, sheetId, { ...task, dueDay: '2026-01-01' })).rejects.toMatchObject({
    code: 'indices/due',
  });
});

it('a task and its line in the history of the round are written together or not at all', async () => {
  const { indices, db } = demo.system;
  const [round] = (await indices.rounds(actor, {})).rows;
  const sheetId = round?.mySheetId ?? '';
  const { owners } = await indices.sheet(actor, sheetId);
  const title = 'Rà soát quy chế làm việc';
  const task = { criterionId: 'discipline', title, ownerStaffId: owners[0]?.id ?? '', dueDay: '2026-12-31' };
  const written = async () => {
    const { rows } = await sql<{ tasks: number; lines: number; notices: number; trail: number }>`select
        (select count(*)::int from targets.action where title = ${title}) tasks,
        (select count(*)::int from indices.act where act = 'add-action' and detail = ${title}) lines,
        (select count(*)::int from notifications.message where subject like ${`%${title}%`}) notices,
        (select count(*)::int from audit.entry where payload ->> 'title' = ${title} or payload ->> 'detail' = ${title}) trail`.execute(
      db,
    );
    return rows[0];
  };
  await sql`create function indices.refuse_line() returns trigger language plpgsql as $$
    begin raise exception 'the disk is full'; end $$`.execute(db);
  await sql`create trigger refuse_line before insert on indices.act for each row when (new.act = 'add-action')
    execute function indices.refuse_line()`.execute(db);
  await expect(indices.addAction(actor, sheetId, task)).rejects.toThrow('the disk is full');
  await sql`drop trigger refuse_line on indices.act`.execute(db);
  expect(await written()).toEqual({ tasks: 0, lines: 0, notices: 0, trail: 0 });
  await indices.addAction(actor, sheetId, task);
  expect(await written()).toEqual({ tasks: 1, lines: 1, notices: 1, trail: 2 });
});

it('the PAR INDEX of communes counts apologies for late dossiers itself; whoever was exempted owes none', async () => {
  const { metrics } = demo.system;
  await sql`insert into apologies.duty (dossier_id, dossier_code, procedure_code, procedure_revision_id, authority_unit_id,
      received_by_unit_id, due_original, due_at, ended_at)
    select id, code, procedure_code, procedure_revision_id, decided_by_unit_id, received_by_unit_id, due_original, due_current, ended_at
    from dossiers.dossier where decided_by_unit_id = ${unit}::uuid and punctuality = 'late'
    on conflict (dossier_id) do nothing`.execute(demo.system.db);
  await sql`with late as (select d.*, row_number() over (order by d.dossier_id) nth from apologies.duty d
      join dossiers.fact f on f.id = d.dossier_id
      where d.authority_unit_id = ${unit}::uuid and extract(year from f.ended_day) = ${year}),
    written as (insert into apologies.apology (id, dossier_id, kind, state, dossier_code, procedure_code, procedure_revision_id,
        authority_unit_id, received_by_unit_id, unit_id, due_original, due_before, origin, created_at)
      select gen_random_uuid(), dossier_id, 'apology', 'issued', dossier_code, procedure_code, procedure_revision_id,
        authority_unit_id, received_by_unit_id, authority_unit_id, due_original, due_at, 'person', now() from late where nth % 3 = 1
      returning id, dossier_id),
    spared as (insert into apologies.exemption (id, dossier_id, dossier_code, state, authority_unit_id, unit_id, due_at, reason,
        evidence, requested_by, requested_at)
      select gen_random_uuid(), dossier_id, dossier_code, 'approved', authority_unit_id, authority_unit_id, due_at, 'Bão', 'Công điện',
        'x', now() from late where nth % 3 = 2 returning id, dossier_id)
    update apologies.duty d set apology_id = w.id, exemption_id = s.id
    from late l left join written w on w.dossier_id = l.dossier_id left join spared s on s.dossier_id = l.dossier_id
    where d.dossier_id = l.dossier_id`.execute(demo.system.db);
  await rebuildMetrics(demo.system.db);
  const period = metrics.periodOf(String(year), 'calendar');
  const [apologised, owing] = await metrics.values(
    actor,
    ['late-apologised', 'late-not-apologised'].map((metricId) => ({
      metricId,
      unitId: unit,
      roll: 'tree' as const,
      period,
    })),
  );
  const written = apologised?.numerator ?? 0;
  expect(written).toBeGreaterThan(0);
  expect(owing?.numerator).toBeGreaterThan(0);
  const criteria = await unsentCriteria();
  expect(criteria.find((each) => each.id === 'apologies')).toMatchObject({
    live: true,
    metricId: 'late-apologised-share',
    numerator: written,
    denominator: written + (owing?.numerator ?? 0),
  });
});

it('the PAR INDEX of communes counts itself how many of those who got their result have rated', async () => {
  const { db } = demo.system;
  const within = sql`(returned_at at time zone 'Asia/Ho_Chi_Minh')::date between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date`;
  const of = sql`from dossiers.dossier where decided_by_unit_id = ${unit}::uuid and ${within}`;
  await sql`insert into dossiers.rating (dossier_id, score, rated_at)
    select id, 1 + nth % 5, now() from (select id, row_number() over (order by id) nth ${of}) one where nth % 3 = 1
    on conflict (dossier_id) do nothing`.execute(db);
  const counted = await sql<{ returned: number; rated: number }>`select count(*)::int returned,
    count(*) filter (where id in (select dossier_id from dossiers.rating))::int rated ${of}`.execute(db);
  const { returned = 0, rated = 0 } = counted.rows[0] ?? {};
  expect(rated).toBeGreaterThan(0);
  expect(rated).toBeLessThan(returned);
  const criteria = await unsentCriteria();
  expect(criteria.find((each) => each.id === 'rated-dossiers')).toMatchObject({
    live: true,
    metricId: 'ratings:given',
    numerator: rated,
    denominator: returned,
  });
});

it('766 counts online payments, electronic results, digitised papers and verified accounts itself, dossiers and procedures', async () => {
  const { indices, metrics } = demo.system;
  // Every procedure costs something; three dossiers of every second one were paid on a platform.
  await sql`update dossiers.dossier set fees = '[{"feeId": "le-phi", "amountVnd": 1000}]'
    where decided_by_unit_id = ${unit}::uuid`.execute(demo.system.db);
  await sql`insert into dossiers.money_entry (id, dossier_id, kind, fee_id, amount_vnd, method, platform, reference, occurred_at, actor)
    select gen_random_uuid(), id, 'paid', 'le-phi', 1000, 'online', 'national', 'G22.99-thu', now(), 'x' from (
      select id, dense_rank() over (order by procedure_code) nth, row_number() over (partition by procedure_code order by id) among
      from dossiers.fact where decided_by_unit_id = ${unit}::uuid and extract(year from received_day) = ${year}) one
    where nth % 2 = 1 and among <= 3`.execute(demo.system.db);
  await rebuildMetrics(demo.system.db);
  const { id: roundId } = await indices.openRound(actor, { setCode: '766-2022', year, unitId: unit });
  const { criteria } = await indices.sheet(actor, (await indices.round(actor, roundId)).rows[0]?.sheetId ?? '');
  const of = (id: string) => criteria.find((each) => each.id === id);
  const { rows } = await sql<
    Record<string, number>
  >`select count(*)::int received, count(*) filter (where payment <> 'free')::int owing,
      count(*) filter (where payment = 'online')::int online, count(*) filter (where returned = 'electronic')::int electronic,
      count(*) filter (where returned = 'electronic' and papers <> 'paper')::int digitised, count(*) filter (where account = 'verified')::int verified,
      count(distinct procedure_code) filter (where payment <> 'free')::int "proceduresOwing",
      count(distinct procedure_code) filter (where payment = 'online')::int "proceduresOnline"
    from dossiers.fact where decided_by_unit_id = ${unit}::uuid and extract(year from received_day) = ${year}`.execute(
    demo.system.db,
  );
  const n = rows[0] ?? {};
  const live = (numerator: number | undefined, denominator: number | undefined) => ({
    live: true,
    numerator,
    denominator,
  });
  expect(n['proceduresOnline']).toBeGreaterThan(0);
  expect(n['proceduresOwing']).toBeGreaterThan(n['proceduresOnline'] ?? 0);
  expect(n['online']).toBeGreaterThan(n['proceduresOnline'] ?? 0);
  expect(of('payment-dossiers')).toMatchObject(live(n['online'], n['owing']));
  expect(of('payment-used-procedures')).toMatchObject(live(n['proceduresOnline'], n['proceduresOwing']));
  expect(of('electronic-results')).toMatchObject(live(n['electronic'], n['received']));
  expect(of('digitised-dossiers')).toMatchObject(live(n['digitised'], n['received']));
  expect(of('population-dossiers')).toMatchObject(live(n['verified'], n['received']));
  // Nobody here knows of petitions, nor of what the national portal has published.
  for (const id of ['petitions-on-time', 'petitions-satisfied', 'dossier-sync', 'personal-store'])
    expect(of(id)).toMatchObject({ live: false, metricId: null });
  // Several procedures stand behind it: none has more above the line than below.
  const period = metrics.periodOf(String(year), 'calendar');
  const parts = await metrics.split(actor, { unitId: unit, roll: 'tree', period }, 'procedure', [
    'online-payment-share',
  ]);
  expect(parts.filter((one) => (one.values[0]?.numerator ?? 0) > 0)).toHaveLength(n['proceduresOnline'] ?? -1);
});

it('whoever opens a round of 766 may have the figures of the national portal typed instead', async () => {
  const { indices } = demo.system;
  const settings = { 'own-figures': 'portal', 'digitised-threshold': 'portal' };
  const { id } = await indices.openRound(actor, { setCode: '766-2022', year: year - 1, unitId: unit, settings });
  const page = await indices.sheet(actor, (await indices.round(actor, id)).rows[0]?.sheetId ?? '');
  for (const each of [
    'payment-dossiers',
    'payment-used-procedures',
    'electronic-results',
    'digitised-dossiers',
    'population-dossiers',
  ])
    expect(page.criteria.find((one) => one.id === each)).toMatchObject({ metricId: null, metricName: null });
});
