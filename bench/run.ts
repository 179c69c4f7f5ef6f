import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { type App, startApp } from './app-process.ts';
import { databaseUrlOf, generate, makeDataDir } from './data-dir.ts';
import { FIGURE_IDS, type FigureId, measureFigures } from './figures.ts';
import type { Measured } from './jobs.ts';
import { measureCost, measureRebuild } from './metrics.ts';
import { weighPage } from './page-bytes.ts';
import { gather, PROVINCE_UNITS, spread } from './province.ts';
import { measureReads, READ_IDS, type ReadId } from './reads.ts';
import { machineOf, type Result } from './results.ts';
import { measureWrites } from './writes.ts';

const USAGE = `Cách dùng: npm run bench -- [--json] [--only ID…] [--size N] [--seconds S] [--data-dir DIR]

  --json        chỉ in kết quả JSON ra stdout (npm run -s bench -- --json)
  --only ID     chỉ đo các mục này (lặp lại được hoặc cách nhau bằng dấu phẩy): intake.ratio, search.p95.1m …
  --size N      số hồ sơ của cơ sở dữ liệu lớn, mặc định 100000; con số công bố dùng 1000000
  --seconds S   mỗi phép đo bao nhiêu giây, mặc định 10
  --data-dir    dùng lại thư mục dữ liệu lớn đã sinh (không sinh thêm, không xóa)`;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    only: { type: 'string', multiple: true },
    size: { type: 'string' },
    seconds: { type: 'string' },
    'data-dir': { type: 'string' },
    help: { type: 'boolean' },
  },
  allowPositionals: true,
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const size = Number(values.size ?? 100_000);
const seconds = Number(values.seconds ?? 10);
if (!Number.isInteger(size) || size < 1000 || !(seconds >= 1)) {
  console.error(USAGE);
  process.exit(2);
}
const only = (values.only ?? []).flatMap((text) => text.split(','));
const wanted = (id: string): boolean => only.length === 0 || only.includes(id);
const note = (text: string): void => console.error(text);
const BASE = 10_000;
const GROWTH = 1.5;
const GOAL_MS = 50;
/** After a start the histories of all units are read ahead; figures are those of a service that is up. */
const READ_AHEAD_MS = 60_000;

const results: Result[] = [];
const made: string[] = [];
let app: App | undefined;
let rssMiB = 0;
const sampling = setInterval(() => {
  try {
    if (app) rssMiB = Math.max(rssMiB, app.rssMiB());
  } catch {
    // Between two processes.
  }
}, 500);
let postgres = '';

try {
  const sized = (id: string): boolean => wanted(`${id}.p95.1m`) || wanted(`${id}.growth`);
  const reads = READ_IDS.filter(sized);
  const figures = FIGURE_IDS.filter(sized);
  const small = makeDataDir();
  made.push(small);
  note(`first start, then ${BASE} dossiers`);
  app = await startApp(small);
  if (wanted('start.first.seconds'))
    results.push({ id: 'start.first.seconds', unit: 's', value: app.startSeconds, pass: true });
  await app.stop();
  // Memory is that of a running service under load; the first start also makes the demo.
  rssMiB = 0;
  await generate(small, BASE);
  app = await startApp(small);
  postgres = await versionOf(databaseUrlOf(small));
  if (wanted('start.seconds'))
    results.push({ id: 'start.seconds', unit: 's', value: app.startSeconds, limit: 10, pass: app.startSeconds <= 10 });
  if (wanted('page.bytes')) {
    const page = await weighPage(app.port);
    for (const part of page.parts) note(`  ${part.path} ${part.bytes}`);
    results.push({
      id: 'page.bytes',
      unit: 'byte',
      value: page.bytes,
      limit: 60_000,
      pass: page.bytes <= 60_000 && page.foreign.length === 0,
    });
  }
  let before = new Map<ReadId | FigureId, Measured>();
  if (reads.length > 0) {
    note(`reads at ${BASE}: ${reads.join(', ')}`);
    before = await measureReads(app, databaseUrlOf(small), reads, seconds);
  }
  if (figures.length > 0) {
    const found = await ofProvince(small, () => figuresOf(small, figures));
    before = new Map([...before, ...found]);
  }
  if (reads.length > 0 || figures.length > 0 || wanted('metrics.rebuild')) {
    await app.stop();
    app = undefined;
    const big = values['data-dir'] ? path.resolve(values['data-dir']) : small;
    if (!values['data-dir']) note(`generate up to ${size}: ${await generate(small, size - BASE)} s`);
    app = await startApp(big);
    note(`reads at ${await countOf(databaseUrlOf(big))}`);
    const after = await measureReads(app, databaseUrlOf(big), reads, seconds);
    for (const id of reads) report(id, before.get(id), after.get(id));
    if (figures.length > 0 || wanted('metrics.rebuild'))
      await ofProvince(big, async () => {
        const found = await figuresOf(big, figures);
        for (const id of figures) report(id, before.get(id), found.get(id));
        if (wanted('metrics.rebuild')) results.push(await measureRebuild(databaseUrlOf(big), note));
      });
    if (big !== small) {
      await app.stop();
      app = await startApp(small);
    }
  }
  if (wanted('metrics.cost'))
    results.push(await measureCost(app, databaseUrlOf(small), { seconds, cores: machineOf(postgres).cpus, note }));
  const rssOfReads = rssMiB;
  results.push(
    ...(await measureWrites(app, databaseUrlOf(small), {
      wanted,
      seconds,
      rounds: 2,
      note,
    })),
  );
  if (wanted('memory.rss'))
    results.push({
      id: 'memory.rss',
      unit: 'MiB',
      value: Math.max(rssMiB, rssOfReads),
      limit: 300,
      pass: Math.max(rssMiB, rssOfReads) <= 300,
    });
} finally {
  clearInterval(sampling);
  await app?.stop();
  for (const dir of made) fs.rmSync(dir, { recursive: true, force: true });
}

/** Measures while the figures are those of 250 units, and leaves them as they were. */
async function ofProvince<T>(dataDir: string, measure: () => Promise<T>): Promise<T> {
  note(`figures as of ${PROVINCE_UNITS} units`);
  await spread(databaseUrlOf(dataDir));
  await restart(dataDir);
  await pause(READ_AHEAD_MS);
  try {
    return await measure();
  } finally {
    await gather(databaseUrlOf(dataDir));
    await restart(dataDir);
  }
}

async function restart(dataDir: string): Promise<void> {
  await app?.stop();
  app = await startApp(dataDir);
}

async function figuresOf(dataDir: string, ids: readonly FigureId[]): Promise<Map<FigureId, Measured>> {
  if (!app || ids.length === 0) return new Map();
  note(`figures at ${await countOf(databaseUrlOf(dataDir))}: ${ids.join(', ')}`);
  return measureFigures(app, ids, seconds);
}

function report(id: ReadId | FigureId, small: Measured | undefined, big: Measured | undefined): void {
  if (!small || !big) return;
  const ratio = Math.round((big.p95 / Math.max(0.01, small.p95)) * 100) / 100;
  if (wanted(`${id}.p95.1m`))
    results.push({
      id: `${id}.p95.1m`,
      unit: 'ms',
      value: big.p95,
      limit: GOAL_MS,
      perSecond: big.perSecond,
      pass: big.p95 <= GOAL_MS,
    });
  if (wanted(`${id}.growth`))
    results.push({
      id: `${id}.growth`,
      unit: 'ratio',
      value: ratio,
      baseline: small.p95,
      ratio,
      limit: GROWTH,
      perSecond: small.perSecond,
      pass: ratio <= GROWTH,
    });
}

async function query<T>(url: string, text: string): Promise<T | undefined> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows[0] as T | undefined;
  } finally {
    await client.end();
  }
}

async function versionOf(url: string): Promise<string> {
  return (await query<{ server_version: string }>(url, 'show server_version'))?.server_version ?? '';
}

async function countOf(url: string): Promise<string> {
  return String((await query<{ n: string }>(url, 'select count(*) n from dossiers.dossier'))?.n ?? '');
}

const machine = machineOf(postgres);
if (values.json) console.log(JSON.stringify({ machine, size, results }));
else {
  console.log(
    `Máy: ${machine.cpus} nhân, ${machine.memoryGiB} GiB, Node ${machine.node}, PostgreSQL ${machine.postgres}; cơ sở dữ liệu lớn: ${size} hồ sơ`,
  );
  for (const r of results) {
    const side = [
      r.baseline === undefined ? '' : `so với ${r.baseline}`,
      r.ratio === undefined ? '' : `tỷ số ${r.ratio}`,
      r.limit === undefined ? '' : `mức ${r.limit}`,
      r.perSecond === undefined ? '' : `${r.perSecond}/giây`,
      r.p95Ms === undefined ? '' : `p95 ${r.p95Ms} ms`,
      r.skipped ?? '',
    ].filter(Boolean);
    console.log(
      `${r.pass ? '✓' : '✗'} ${r.id.padEnd(22)} ${String(r.value).padStart(9)} ${r.unit.padEnd(6)} ${side.join(' · ')}`,
    );
  }
}
process.exit(results.every((r) => r.pass) ? 0 : 1);
