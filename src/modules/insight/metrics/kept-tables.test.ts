import { expect, it } from 'vitest';
import { createKeptTables } from './kept-tables.ts';

const NOW = new Date('2026-11-22T09:00:00+07:00');
const after = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

/** Asks in turn and tells which reading answered each: the first is 1. */
async function answers(asks: readonly (readonly [key: string, to: string, at: Date])[]) {
  const tables = createKeptTables();
  let readings = 0;
  const found: number[] = [];
  for (const [key, to, at] of asks) found.push(await tables.table(key, to, at, async () => ++readings));
  return found;
}

it.each([
  ['a past period is read again after a minute', '2026-09-30', [0, 59, 60, 61], [1, 1, 2, 2]],
  ['a running one after five seconds', '2026-12-31', [0, 4, 5, 6], [1, 1, 2, 2]],
  ['one that ends today runs still', '2026-11-22', [0, 4, 5], [1, 1, 2]],
  ['a clock set back reads again', '2026-09-30', [10, 0, 5], [1, 2, 2]],
])('%s', async (_, to, seconds, readings) => {
  expect(await answers(seconds.map((one) => ['a', to, after(one)] as const))).toEqual(readings);
});

it('forgets periods that reach a day, the oldest of thirteen, and what failed', async () => {
  const tables = createKeptTables();
  const read = (key: string, to: string) => tables.table(key, to, NOW, async () => Symbol(key));
  const [march, june] = [await read('march', '2026-03-31'), await read('june', '2026-06-30')];
  tables.forgetFrom('2026-04-01');
  expect(await read('march', '2026-03-31')).toBe(march);
  expect(await read('june', '2026-06-30')).not.toBe(june);
  for (const key of 'abcdeghijkl') await read(key, '2026-03-31');
  expect(await read('march', '2026-03-31')).not.toBe(march);
  const failing = tables.table('f', '2026-03-31', NOW, async () => Promise.reject(new Error('lost')));
  await expect(failing).rejects.toThrow('lost');
  expect(await tables.table('f', '2026-03-31', NOW, async () => 'found')).toBe('found');
});
