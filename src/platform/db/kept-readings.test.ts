import { expect, test } from 'vitest';
import { createKeptReadings } from './kept-readings.ts';

test('one reading serves all who ask meanwhile, each key its own', async () => {
  const briefly = createKeptReadings(60_000, 10);
  let read = 0;
  const count = async (): Promise<number> => ++read;
  expect(await Promise.all([briefly('a', count), briefly('a', count), briefly('b', count)])).toEqual([1, 1, 2]);
  expect(await briefly('a', count)).toBe(1);
});

test('a failed reading and one of long ago are read again; more than the most are forgotten', async () => {
  const briefly = createKeptReadings(60_000, 2);
  await expect(briefly('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(await briefly('a', async () => 1)).toBe(1);
  await briefly('b', async () => 1);
  await briefly('c', async () => 1);
  expect(await briefly('a', async () => 2)).toBe(2);
  const never = createKeptReadings(0, 2);
  expect([await never('a', async () => 1), await never('a', async () => 2)]).toEqual([1, 2]);
});
