import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uuidv7 } from '../core/ids/uuid.ts';
import { changeFromJson } from '../modules/onestop/dossiers/rules/action-json.ts';
import { picks, type Stored, walkThrough, worlds } from '../modules/onestop/dossiers/rules/random-walk.test-support.ts';
import { applyAction, type DossierState, EMPTY_STATE, replay } from '../modules/onestop/dossiers/rules/state.ts';
import {
  AUTHORITY,
  CALENDAR,
  DESK,
  OFFICE,
  PEOPLE,
  type World as Rules,
  type Walk,
} from '../modules/onestop/dossiers/rules/walk.test-support.ts';
import { stateColumns } from '../modules/onestop/dossiers/store.ts';
import {
  CALENDAR_REVISION_ID,
  createWorld,
  REVISION_ID,
  UNIT,
  type World,
} from '../modules/onestop/dossiers/testing/world.ts';
import { attribute } from '../modules/onestop/lateness/rules/attribute.ts';
import { getWarningContent } from '../modules/onestop/warnings/content.ts';
import { ladder } from '../modules/onestop/warnings/rules/ladder.ts';
import { type ClockFacts, roundOf, timingOf } from '../modules/onestop/warnings/rules/timing.ts';
import { type CopyValue, copyInto, copyLine } from './volume/copy-text.ts';
import { emptyLines, type Lines, TABLES, type TableId } from './volume/dossier-lines.ts';

// The promise of the log, on ten thousand histories at once: acts in the same second, pauses, restarts, second phases,
// re-appointments, calendars that change and change back, and units that are taken over by others.
const HISTORIES = 10_000;
/** `FC_SEED=… npm run -s unit -- src/app/random-histories.test.ts` plays the same ones again. */
const SEED = Number(process.env['FC_SEED'] ?? Math.floor(Math.random() * 0x7fffffff));

const staffId = (index: number): string => `0189000a-0000-7000-8000-${String(index).padStart(12, '0')}`;
/** The walks' short names as the database wants them. */
const IDS: ReadonlyMap<string, string> = new Map([
  [DESK, UNIT.desk],
  [OFFICE, UNIT.office],
  [AUTHORITY, UNIT.authority],
  ...Object.keys(PEOPLE).map((name, index) => [name, staffId(index)] as const),
]);
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
    typeof inner === 'string' && /(unitId|staffId)$/i.test(key) ? (IDS.get(inner) ?? inner) : inner,
  );

type History = { readonly walk: Walk; readonly stored: Stored; readonly rules: Rules };
let world: World;
let histories: readonly History[];

beforeAll(async () => {
  world = await createWorld();
  histories = fc.sample(fc.tuple(worlds, picks), { numRuns: HISTORIES, seed: SEED }).map(([from, chosen]) => {
    let last: History | undefined;
    walkThrough(from, chosen, (walk, stored, rules) => {
      last = { walk, stored, rules };
    });
    if (!last) throw new Error('a walk without a step');
    return last;
  });
}, 120_000);
afterAll(() => world.drop());

const columnsOf = (state: DossierState): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(stateColumns(state)).map(([name, value]) => [
      name,
      typeof value === 'string' && /_(unit|staff)_id$/.test(name) ? (IDS.get(value) ?? value) : value,
    ]),
  );

function addLines(lines: Lines, id: string, index: number, { walk }: History): void {
  const { state, actions } = walk;
  const code = `000.00.01.H00-${index}`;
  lines.dossier.push(
    copyLine([
      id, code, actions.length, '1.004873', REVISION_ID, null, 'normal', 'tt01-2018', 'desk', 'Hồ sơ thử', { json: {} }, null,
      'desk', null, { json: [] }, CALENDAR_REVISION_ID, 'password', 1, 'HT', false, state.submittedAt,
      ...Object.entries(columnsOf(state)).map(([name, value]): CopyValue =>
        value !== null && (name === 'clock_events' || name === 'result') ? { json: plain(value) } : (value as CopyValue)),
    ]),
  ); // biome-ignore format: columns
  for (const [at, action] of actions.entries())
    lines.action.push(
      copyLine([
        id,
        at + 1,
        action.kind,
        action.at,
        action.at,
        'system:test',
        null,
        'system',
        null,
        { json: plain(action.change) },
        { json: {} },
      ]),
    );
}

type Row = Record<string, unknown> & { id: string; code: string; version: number; changes: Record<string, unknown>[] };

async function compareAll(): Promise<{ compared: number; statuses: Set<unknown> }> {
  let [after, compared] = ['00000000-0000-0000-0000-000000000000', 0];
  const statuses = new Set<unknown>();
  for (;;) {
    const { rows } =
      await sql<Row>`select d.*, (select jsonb_agg(a.change order by a.seq) from dossiers.action a where a.dossier_id = d.id) changes
      from dossiers.dossier d where d.id > ${after}::uuid order by d.id limit 1000`.execute(world.db);
    if (rows.length === 0) return { compared, statuses };
    for (const row of rows) {
      const columns = stateColumns(replay(row.changes.map((change) => ({ change: changeFromJson(change) }))));
      const stored = Object.fromEntries(Object.keys(columns).map((name) => [name, row[name]]));
      expect(plain(stored), `${row.code}, seed ${SEED}`).toEqual(plain(columns));
      expect(row.version).toBe(row.changes.length);
      statuses.add(row['status']);
    }
    compared += rows.length;
    after = rows.at(-1)?.id ?? after;
  }
}

it('replaying the stored log gives the stored columns, also after a unit was taken over', async () => {
  const client = await world.db.raw.connect();
  try {
    for (let from = 0; from < histories.length; from += 2000) {
      const lines = emptyLines();
      histories.slice(from, from + 2000).forEach((history, index) => {
        addLines(lines, uuidv7(history.walk.state.submittedAt), from + index, history);
      });
      for (const table of ['dossier', 'action'] as const satisfies readonly TableId[])
        await copyInto(client, TABLES[table][0], TABLES[table][1], lines[table]);
    }
  } finally {
    client.release();
  }
  const { compared, statuses } = await compareAll();
  expect(compared).toBe(HISTORIES);
  expect(statuses.size).toBe(12);
  const latest = Math.max(...histories.map(({ walk }) => walk.actions.at(-1)?.at.getTime() ?? 0));
  world.clock.set(new Date(latest + 3_600_000));
  const pair = { fromUnitId: UNIT.office, toUnitId: UNIT.otherOffice };
  const moved = await world.service.transfer(
    { kind: 'system', name: 'test', assurance: 'system' },
    pair,
    world.clock.now(),
  );
  expect(moved).toBeGreaterThan(100);
  expect((await compareAll()).compared).toBe(HISTORIES);
}, 120_000);

const clockOf = ({ walk, rules }: History): ClockFacts => ({
  events: walk.state.clock.events,
  supplementPolicy: rules.limit.supplementPolicy,
});

it('the causes of each add up to its lateness, to the minute', () => {
  let late = 0;
  for (const history of histories) {
    const { walk, stored, rules } = history;
    const { receivedAt, endedAt, dueCurrent, punctuality, latenessMinutes } = walk.state;
    if (receivedAt === null || endedAt === null || dueCurrent === null) continue;
    const { parts } = attribute({
      segments: stored.segments,
      steps: rules.plan,
      calendar: rules.calendar ?? CALENDAR,
      countedFrom: timingOf(receivedAt, dueCurrent, clockOf(history)).startedAt,
      dueAt: dueCurrent,
      endedAt,
      late: punctuality === 'late',
      latenessMinutes: latenessMinutes ?? undefined,
      decidedByUnitId: AUTHORITY,
    });
    const told = parts.reduce((sum, part) => sum + part.minutes, 0);
    expect(told, `seed ${SEED}`).toBe(punctuality === 'late' ? (latenessMinutes ?? 0) : 0);
    if (told > 0) late++;
  }
  expect(late).toBeGreaterThan(100);
});

it('more time never takes a warning back, and what was reached stays reached as the history goes on', () => {
  const [definition] = getWarningContent().ladders.map((one) => one.definition);
  if (!definition) throw new Error('no ladder');
  let compared = 0;
  const reached = (state: DossierState, rules: Rules, now: Date): ReadonlyMap<string, number> => {
    const { receivedAt, dueCurrent, clock } = state;
    if (receivedAt === null || dueCurrent === null) return new Map();
    const facts = { events: clock.events, supplementPolicy: rules.limit.supplementPolicy };
    const placed = ladder(
      definition,
      { dossier: timingOf(receivedAt, dueCurrent, facts), step: null },
      rules.calendar ?? CALENDAR,
    );
    return new Map(
      placed
        .filter(({ at, rung }) => at <= now && rung.share !== undefined)
        .map(({ rung, at }) => [rung.id, at.getTime()]),
    );
  };
  for (const { walk, rules } of histories) {
    if (walk.state.receivedAt === null) continue;
    const states: DossierState[] = [];
    for (const action of walk.actions) states.push(applyAction(states.at(-1) ?? EMPTY_STATE, action));
    for (const [index, action] of walk.actions.entries()) {
      const [before, after] = [states[index - 1], states[index]];
      if (!before || !after) continue;
      // More time: what an hour later says holds everything of now.
      const later = reached(after, rules, new Date(action.at.getTime() + 3_600_000));
      for (const [rung, at] of reached(after, rules, action.at)) expect(later.get(rung), `seed ${SEED}`).toBe(at);
      // The next act: nothing of the same round and promise is taken back.
      const policy = rules.limit.supplementPolicy;
      const round = (state: DossierState): number => roundOf({ events: state.clock.events, supplementPolicy: policy });
      // A limit in plain days or hours of one day is shared out anew when a pause moves its end: its rungs move with it.
      const plainDays = rules.limit.allow.unit !== 'working-day';
      const promised = plainDays || action.kind === 'reappointed' || action.kind === 'due-moved';
      if (promised || round(before) !== round(after) || after.endedAt !== null || rules.calendar !== undefined)
        continue;
      const told = reached(after, rules, action.at);
      for (const [rung, at] of reached(before, rules, new Date(action.at.getTime() - 1))) {
        expect(told.has(rung), `${rung} ${new Date(at).toISOString()}, ${action.kind}, seed ${SEED}`).toBe(true);
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThan(1000);
}, 60_000);
