import { sql } from 'kysely';
import type pg from 'pg';
import { DAY_MS, dayOf, dayOfNumber } from '../../core/time/index.ts';
import { sealOnce } from '../../modules/foundation/audit/index.ts';
import { rebuildMetrics } from '../../modules/insight/metrics/index.ts';
import { dossierCode } from '../../modules/onestop/dossiers/rules/dossier-code.ts';
import type { Channel } from '../../modules/onestop/dossiers/rules/state.ts';
import { rebuildStatistics } from '../../modules/onestop/statistics/index.ts';
import { findInstallation } from '../installation.ts';
import { lateShare, onlineShare, progressOf, spreadArrivals } from './arrivals.ts';
import { type Choice, createCellBook, type Desk, readDesks } from './cells.ts';
import { copyInto, copyLine } from './copy-text.ts';
import { addDossier, addPerson, emptyLines, type Lines, TABLES, type TableId } from './dossier-lines.ts';
import { inventPerson } from './invented-people.ts';
import { type Pending, playOne } from './play-one.ts';
import { progressBar } from './progress.ts';
import { createRandom, cumulative } from './random.ts';
import type { Known, Run, VolumeSystem } from './run.ts';
import { buildIndexes, dropIndexes } from './secondary-indexes.ts';
import { fulfil, type Wish } from './wishes.ts';
import { instantInDay } from './working-instants.ts';

export type GenerateOptions = {
  /** The same seed at the same instant gives the same dossiers in every installation of the same content. */
  readonly seed?: number;
  /** Desks the unplanned dossiers leave alone. */
  readonly except?: ReadonlySet<string>;
  /** Dossiers made beside the unplanned ones, each as it is wished for. */
  readonly wishes?: readonly Wish[];
  /** Dossiers written so far, of all; default: a bar on stderr where that is a terminal. */
  readonly onProgress?: (done: number, total: number) => void;
  /** What goes on beside writing: `indexes`, `audit`, `statistics`. */
  readonly onPhase?: (phase: 'indexes' | 'audit' | 'statistics', done: number, total: number) => void;
};

export type GenerateReport = {
  readonly generated: number;
  readonly open: number;
  readonly people: number;
  readonly seconds: number;
};

/** Up to so many generated dossiers, causes of lateness and forecasts are counted before the command ends. */
const COUNTED_AT_ONCE = 20_000;
const BATCH = 2000;
/** From this size on it pays to drop the secondary indexes and build them again. */
const REBUILD_FROM = 30_000;
/** Weight of the worked procedures; others 1. */
const PROCEDURE_WEIGHT: Readonly<Record<string, number>> = {
  '2.000815': 6,
  '1.004873': 4,
  '1.001612': 1.5,
  '1.001776': 1.2,
  '1.013225': 0.8,
};

/**
 * Makes realistic dossiers with whole histories over the three years before the business clock's now, by COPY. The
 * histories are played by the rules that guard the server. Nothing goes to the outbox: these events told nobody.
 * @throws Error in a real installation, or where no desk takes any procedure.
 */
export async function generateDossiers(
  system: VolumeSystem,
  n: number,
  options: GenerateOptions = {},
): Promise<GenerateReport> {
  const begunMs = performance.now();
  const { db, clock } = system;
  if (!Number.isSafeInteger(n) || n < 0) throw new Error('Số hồ sơ phải là số nguyên không âm.');
  const installation = await findInstallation(db);
  if (!installation?.demo)
    throw new Error('Chỉ bản trình diễn mới sinh hồ sơ giả; đây là một bản cài đặt thật hoặc chưa khởi tạo.');
  const now = clock.now();
  const client = await db.raw.connect();
  try {
    await client.query('set synchronous_commit = off');
    const known = await readKnown(client);
    const random = createRandom((options.seed ?? Date.now() & 0x7fffffff) ^ known.nextSerial);
    const desks = await readDesks(db);
    const book = createCellBook(system.dossierPorts);
    const whole = n + (options.wishes?.length ?? 0);
    const people = Math.max(1, Math.round(whole * 0.6));
    const run: Run = {
      system,
      random,
      book,
      desks,
      now,
      known,
      client,
      names: new Set(),
      personIds: [],
      firstSerial: known.nextSerial,
      open: 0,
    };
    const indexes = n >= REBUILD_FROM && n > known.dossiers / 4 ? await dropIndexes(client) : [];
    let generated = 0;
    try {
      const peopleFromMs = now.getTime() - 3.1 * 365 * DAY_MS;
      for (let i = 0; i < people; i++) run.personIds.push(random.uuid(peopleFromMs + i));
      await loadPeople(run);
      generated = await loadDossiers(run, n, options, whole);
      await loadNames(run);
    } finally {
      if (indexes.length > 0)
        await buildIndexes(client, indexes, (done, total) => options.onPhase?.('indexes', done, total));
    }
    await saveRegisters(run);
    const waiting = (await client.query<{ n: number }>('select count(*) n from audit.waiting')).rows[0]?.n ?? 0;
    for (let sealed = 0; ; ) {
      const more = await sealOnce(db, 10_000);
      if (more === 0) break;
      sealed += more;
      options.onPhase?.('audit', Math.min(sealed, waiting), waiting);
    }
    options.onPhase?.('statistics', 0, 1);
    await rebuildStatistics(db);
    await system.apologies.rebuildDuties();
    await system.unitHealth.rebuild();
    await rebuildMetrics(db, clock.now());
    // A benchmark's million is counted by the timers; a demo is whole from the start.
    if (n <= COUNTED_AT_ONCE) {
      await system.lateness.rebuild(new Date(0));
      await system.forecast.recountAll();
    }
    if (n > 1000) await client.query('vacuum (analyze)');
    else await client.query('analyze');
    options.onPhase?.('statistics', 1, 1);
    return { generated, open: run.open, people: run.personIds.length, seconds: (performance.now() - begunMs) / 1000 };
  } finally {
    await client.query('reset synchronous_commit').catch(() => {});
    client.release();
  }
}

async function readKnown(client: pg.PoolClient): Promise<Known> {
  const dossiers = await client.query<{ n: number }>(
    "select greatest(reltuples, 0)::bigint n from pg_class where oid = 'dossiers.dossier'::regclass",
  );
  const last = await client.query<{ n: string | null }>(
    "select max(number) n from dossiers.person_identity where type = 'cccd' and number ~ '^9991\\d{8}$'",
  );
  const registers = await client.query<{ register: string; last_number: number }>(
    'select register, last_number from dossiers.number_register',
  );
  const lastNumber = last.rows[0]?.n;
  return {
    dossiers: dossiers.rows[0]?.n ?? 0,
    nextSerial: lastNumber ? Number(lastNumber.slice(3)) - 100_000_000 + 1 : 0,
    registers: new Map(registers.rows.map((row) => [row.register, row.last_number])),
  };
}

async function loadPeople(run: Run): Promise<void> {
  for (let from = 0; from < run.personIds.length; from += 20_000) {
    const lines = emptyLines();
    run.personIds.slice(from, from + 20_000).forEach((id, index) => {
      addPerson(lines, inventPerson(run.firstSerial + from + index, id));
    });
    await write(run.client, lines);
  }
}

async function loadDossiers(run: Run, n: number, options: GenerateOptions, whole: number): Promise<number> {
  const { system, now } = run;
  const today = dayOf(now);
  const current = run.desks.filter(
    (desk) => desk.validFrom <= today && (desk.validTo === null || today <= desk.validTo),
  );
  const anyDesk = current[0] ?? run.desks[0];
  if (!anyDesk) throw new Error('Chưa có bộ phận một cửa nào: nạp nội dung đơn vị trước.');
  const { calendar } = await system.dossierPorts.calendarFor(anyDesk.unitId, today);
  const isWorking = (day: number): boolean => calendar.dateOf(day).opens.length > 0;
  let written = 0;
  const onProgress = options.onProgress ?? progressBar('Hồ sơ', whole);
  let batch: Pending[] = [];
  let flushing: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    const mine = batch;
    batch = [];
    await flushing;
    const lines = await toLines(run, mine);
    // The server loads this batch while the next one is being made.
    flushing = write(run.client, lines);
    flushing.catch(() => {});
    written += mine.length;
    onProgress(written, whole);
  };
  for (const { day, count } of spreadArrivals(n, now, current.length, isWorking)) {
    const counter = await openDay(run, dayOfNumber(day), options.except);
    if (!counter) continue;
    const made: Pending[] = [];
    for (let i = 0; i < count; i++) {
      const pending = await makeOne(run, counter, day);
      if (pending) made.push(pending);
    }
    made.sort((a, b) => a.submittedAtMs - b.submittedAtMs);
    for (const pending of made) {
      batch.push(pending);
      if (batch.length >= BATCH) await flush();
    }
  }
  for (const wish of options.wishes ?? []) {
    const made = await fulfil(run, wish);
    if (made) batch.push(made);
  }
  batch.sort((a, b) => a.submittedAtMs - b.submittedAtMs);
  await flush();
  await flushing;
  return written;
}

type Counter = {
  readonly desks: readonly { desk: Desk; choices: readonly Choice[]; weights: Float64Array }[];
  readonly weights: Float64Array;
  readonly day: string;
};

async function openDay(run: Run, day: string, except?: ReadonlySet<string>): Promise<Counter | undefined> {
  const desks: Counter['desks'][number][] = [];
  for (const desk of run.desks) {
    if (except?.has(desk.unitId) || desk.validFrom > day || (desk.validTo !== null && desk.validTo < day)) continue;
    const choices = await run.book.choices(desk.unitId, day);
    if (choices.length > 0)
      desks.push({ desk, choices, weights: cumulative(choices.map((c) => PROCEDURE_WEIGHT[c.procedureCode] ?? 1)) });
  }
  if (desks.length === 0) return undefined;
  // Desks differ by a factor of about four, the same ones every day.
  const weights = desks.map(({ desk }) => desk.weight);
  return { desks, weights: cumulative(weights), day };
}

async function makeOne(run: Run, counter: Counter, dayNumber: number): Promise<Pending | undefined> {
  const { random, now } = run;
  const progress = progressOf(dayNumber, now);
  for (let attempt = 0; attempt < 6; attempt++) {
    const at = counter.desks[random.weighted(counter.weights)];
    const choice = at?.choices[random.weighted(at.weights)];
    if (!at || !choice) continue;
    const wanted: Channel = random.chance(onlineShare(progress)) ? 'online' : random.chance(0.04) ? 'post' : 'desk';
    const channel = choice.channels.includes(wanted)
      ? wanted
      : choice.channels.includes('desk')
        ? 'desk'
        : choice.channels[0];
    const cell = channel && (await run.book.cell(at.desk.unitId, choice, channel, counter.day));
    if (!cell || !channel) continue;
    const inHours = instantInDay(cell.prepared.calendar, dayNumber, random.next());
    const anyHour = dayNumber * DAY_MS - 7 * 3_600_000 + (6 + 17 * random.next()) * 3_600_000;
    if (channel !== 'online' && inHours === undefined) continue;
    const submittedAtMs =
      Math.floor(
        (channel === 'online' && (inHours === undefined || random.chance(0.25)) ? anyHour : (inHours ?? anyHour)) /
          1000,
      ) * 1000;
    if (submittedAtMs > now.getTime()) return undefined;
    const resultMethod =
      channel === 'online' && random.chance(0.35)
        ? 'electronic'
        : channel === 'post' || random.chance(0.03)
          ? 'post'
          : 'desk';
    const made = playOne(run, cell, {
      day: counter.day,
      submittedAtMs,
      lateShare: lateShare(progress),
      resultMethod,
    });
    if (made) return made;
  }
  return undefined;
}

/** Takes code numbers for a batch (one statement per day and unit, so live intake goes on beside) and makes its lines. */
async function toLines(run: Run, batch: readonly Pending[]): Promise<Lines> {
  const wanted = new Map<string, number>();
  for (const { prefix } of batch) wanted.set(prefix, (wanted.get(prefix) ?? 0) + 1);
  const { rows } = await sql<{
    prefix: string;
    last_number: number;
  }>`insert into dossiers.code_counter (prefix, last_number)
    select p, n from unnest(${[...wanted.keys()]}::text[], ${[...wanted.values()]}::int[]) t(p, n) order by p
    on conflict (prefix) do update set last_number = code_counter.last_number + excluded.last_number returning prefix, last_number`.execute(
    run.system.db,
  );
  const next = new Map(rows.map((row) => [row.prefix, row.last_number - (wanted.get(row.prefix) ?? 0) + 1]));
  const lines = emptyLines();
  for (const pending of batch) {
    const number = next.get(pending.prefix) ?? 1;
    next.set(pending.prefix, number + 1);
    const owner = inventPerson(run.firstSerial + pending.serial, run.personIds[pending.serial] ?? '');
    addDossier(
      lines,
      {
        id: run.random.uuid(pending.submittedAtMs),
        code: dossierCode(pending.cell.codeRule, pending.day, number),
        cell: pending.cell,
        history: pending.history,
        owner,
        resultMethod: pending.resultMethod,
      },
      run.system.secret,
      run.names,
      run.random,
    );
  }
  return lines;
}

async function write(client: pg.PoolClient, lines: Lines): Promise<void> {
  await client.query('begin');
  try {
    for (const [id, [table, columns]] of Object.entries(TABLES))
      await copyInto(client, table, columns, lines[id as TableId]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

async function loadNames(run: Run): Promise<void> {
  await run.client.query('create temporary table if not exists generated_name (value text)');
  await copyInto(
    run.client,
    'generated_name',
    'value',
    [...run.names].map((name) => copyLine([name])),
  );
  await run.client.query(
    'insert into dossiers.search_name (value) select distinct value from generated_name on conflict do nothing',
  );
  await run.client.query('drop table generated_name');
}

async function saveRegisters(run: Run): Promise<void> {
  const entries = [...run.known.registers];
  await sql`insert into dossiers.number_register (register, last_number)
    select r, n from unnest(${entries.map(([register]) => register)}::text[], ${entries.map(([, last]) => last)}::int[]) t(r, n)
    on conflict (register) do update set last_number = greatest(number_register.last_number, excluded.last_number)`.execute(
    run.system.db,
  );
}
