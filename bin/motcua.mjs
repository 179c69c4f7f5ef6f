#!/usr/bin/env node
// The command line. Runs on Node 20 and hands over to Node 24 where the one at hand is older.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { node24 } from '../scripts/node24.mjs';

const entry = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../src/app/cli.ts');
const node = node24();
if (node === process.execPath) {
  const { main } = await import(entry);
  await main(process.argv.slice(2));
} else {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 130 : (code ?? 1);
  });
}
