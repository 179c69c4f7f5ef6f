// `npm run check`: everything that can be said about the code without running the product. CI runs the same.
// Each step is a command that can be run alone; it is printed where the step fails. Runs on Node 24 whatever Node starts it.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { node24 } from './node24.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const node = node24();

const steps = [
  {
    name: 'format, lint',
    args: ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '--max-diagnostics=30', '.'],
  },
  { name: 'types', args: ['node_modules/typescript7/bin/tsc', '-p', 'tsconfig.json', '--noEmit'] },
  {
    name: 'dependency rules',
    args: ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', '--config', '.dependency-cruiser.cjs', 'src'],
  },
  { name: 'unused files and packages', args: ['node_modules/knip/bin/knip.js', '--no-config-hints'] },
  { name: 'content', args: ['scripts/check-content.ts'] },
  { name: 'database types fresh', args: ['scripts/generate-db-types.ts', '--check'] },
];

function run(step) {
  const begun = performance.now();
  return new Promise((resolve) => {
    const chunks = [];
    const env = {
      ...process.env,
      NO_COLOR: '1',
      FORCE_COLOR: '0',
      PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
    };
    const child = spawn(node, step.args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => resolve({ step, ok: false, output: String(error), seconds: 0 }));
    child.on('close', (code) =>
      resolve({
        step,
        ok: code === 0,
        output: Buffer.concat(chunks).toString('utf8').trim(),
        seconds: (performance.now() - begun) / 1000,
      }),
    );
  });
}

const only = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const queue = steps.filter((step) => only.length === 0 || only.some((word) => step.name.includes(word)));
const wanted = queue.length;
let failed = 0;

async function worker() {
  for (let step = queue.shift(); step; step = queue.shift()) {
    const result = await run(step);
    console.log(`${result.ok ? '✓' : '✗'} ${step.name} (${result.seconds.toFixed(1)} s)`);
    if (result.ok) continue;
    failed++;
    const lines = result.output.split('\n');
    if (lines.length > 120) lines.splice(100, lines.length - 120, `… ${lines.length - 120} lines left out …`);
    console.log(lines.map((line) => `  ${line}`).join('\n'));
    console.log(`  again: node ${step.args.join(' ')}`);
  }
}

if (!fs.existsSync(path.join(root, 'node_modules'))) {
  console.error('Chưa cài thư viện: chạy "npm ci --ignore-scripts" trước.');
  process.exit(3);
}
await Promise.all([worker(), worker()]);
console.log(`${wanted - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
