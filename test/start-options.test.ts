import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

const SCRIPT = path.resolve(import.meta.dirname, '../scripts/start.mjs');
const start = (...given: string[]) =>
  spawnSync(process.execPath, [SCRIPT, ...given], { encoding: 'utf8', timeout: 20_000 });

it.each([['--data', '/tmp/elsewhere'], ['--port'], ['--port', '--reset'], ['8090'], ['--era', '2026', '2023']])(
  'npm start refuses options it does not know, or without a value, before anything is installed: %s %s',
  (...given) => {
    const { status, stderr, stdout } = start(...given);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^Không hiểu “.+”\. npm start -- \[--era 2026\|2023\]/);
    expect(stdout).toBe('');
  },
);

it('npm start knows two periods', () => {
  const { status, stderr } = start('--era', '2024');
  expect([status, stderr]).toEqual([2, 'Không có thời kỳ “2024”: chọn --era 2023 hoặc --era 2026.\n']);
});
