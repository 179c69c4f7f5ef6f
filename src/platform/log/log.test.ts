import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

test('the failing row that PostgreSQL tells with an error stays out of the log', () => {
  const module = path.join(import.meta.dirname, 'log.ts');
  const script = `const { createLog } = await import(${JSON.stringify(module)});
    const err = Object.assign(new Error('violates check'), { code: '23514', detail: 'Failing row contains (Nguyễn Văn Thử, 001099000001)' });
    createLog('info', 2).error({ err }, 'bug');`;
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(done.stderr).toContain('23514');
  expect(done.stderr).not.toContain('001099000001');
});
