// `npm test`: installs what it needs, then check → build → unit → second engine → e2e. Asks nothing. Runs on Node 20.
//   npm test -- --only unit,e2e      some stages        npm test -- --list      their names
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { node24 } from './node24.mjs';
import { startSecondEngine } from './second-engine.mjs';
import { ensureSystemPackages, findPostgres } from './system-packages.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const begun = performance.now();
const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-reports-'));

/** Runs a script on Node 24; its output goes to the terminal and, at the end, back to us. */
function onNode24(args, extraEnv = {}) {
  return new Promise((resolve) => {
    const node = node24();
    const env = { ...process.env, ...extraEnv, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` };
    const child = spawn(node, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output = (output + chunk).slice(-10_000);
      process.stdout.write(chunk);
    });
    child.on('error', () => resolve({ code: 1, output }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Totals of a Vitest run; a file that could not be loaded counts as one failure. */
async function vitest(name, args, env) {
  const report = path.join(reports, `${name}.json`);
  const { code } = await onNode24(
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ],
    { NO_COLOR: '1', ...env },
  );
  if (!fs.existsSync(report)) return { passed: 0, failed: 1, note: `no report, exit ${code}` };
  const result = JSON.parse(fs.readFileSync(report, 'utf8'));
  const broken = result.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const failed = result.numFailedTests + broken;
  const skipped = result.numPendingTests + result.numTodoTests;
  return {
    passed: result.numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    note: skipped > 0 ? `${skipped} skipped` : '',
  };
}

/** Test files that work on a database: those are repeated on the second engine. */
function databaseTests() {
  return fs
    .readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => path.join('src', file))
    .filter((file) => fs.readFileSync(file, 'utf8').includes('createTestDatabase'));
}

const stages = {
  check: async () => {
    const { output, code } = await onNode24(['scripts/check.mjs']);
    const totals = /(\d+) passed, (\d+) failed\s*$/.exec(output);
    return totals
      ? { passed: Number(totals[1]), failed: Number(totals[2]), note: '' }
      : { passed: 0, failed: 1, note: `exit ${code}` };
  },
  build: async () => {
    const { code } = await onNode24(['scripts/build.mjs']);
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, note: '' };
  },
  unit: () => vitest('unit', [], {}),
  second: async () => {
    const server = findPostgres();
    if (!server) return { passed: 0, failed: 1, note: 'no PostgreSQL ≥ 15 below /usr/lib/postgresql' };
    const engine = await startSecondEngine(server);
    try {
      const totals = await vitest('second', databaseTests(), { TEST_DATABASE_URL: engine.url });
      return { ...totals, note: [`PostgreSQL ${server.version}`, totals.note].filter(Boolean).join(', ') };
    } finally {
      await engine.stop();
    }
  },
  e2e: () => vitest('e2e', ['--config', 'vitest.e2e.config.ts'], {}),
};

const option = process.argv.findIndex((word) => word.startsWith('--only'));
const asked =
  option < 0 ? undefined : (process.argv[option].split('=')[1] ?? process.argv[option + 1] ?? '').split(',');
if (process.argv.includes('--list')) {
  console.log(Object.keys(stages).join('\n'));
  process.exit(0);
}
const unknown = (asked ?? []).filter((name) => !Object.hasOwn(stages, name));
if (unknown.length > 0) {
  console.error(`Không có bước “${unknown.join(', ')}”. Các bước: ${Object.keys(stages).join(', ')}.`);
  process.exit(2);
}

ensureInstalled();
node24();
const missing = ensureSystemPackages();
if (missing.length > 0) {
  console.error(`Còn thiếu: ${missing.map((m) => m.what).join('; ')}. Chạy rồi thử lại:\n  ${missing[0]?.line}`);
  process.exit(3);
}

const lines = [];
const sum = { passed: 0, failed: 0 };
for (const [name, run] of Object.entries(stages)) {
  if (asked && !asked.includes(name)) continue;
  console.log(`\n── ${name}`);
  const started = performance.now();
  let totals;
  try {
    totals = await run();
  } catch (error) {
    console.error(error);
    totals = { passed: 0, failed: 1, note: 'could not run' };
  }
  sum.passed += totals.passed;
  sum.failed += totals.failed;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  lines.push(
    `${name.padEnd(7)} ${seconds.padStart(5)} s  ${totals.passed} passed, ${totals.failed} failed${totals.note ? ` (${totals.note})` : ''}`,
  );
}
fs.rmSync(reports, { recursive: true, force: true });
console.log(`\n${lines.join('\n')}\nin all  ${((performance.now() - begun) / 1000).toFixed(0).padStart(5)} s\n`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed === 0 ? 0 : 1);
