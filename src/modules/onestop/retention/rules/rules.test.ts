import { expect, test } from 'vitest';
import { blockingOf } from './blocking.ts';
import { isDue, lastKeptDay } from './period.ts';

test('a period of years counts from the end of the year in which the work ended', () => {
  expect(lastKeptDay('2024-01-01', 2)).toBe('2026-12-31');
  expect(lastKeptDay('2024-12-31', 2)).toBe('2026-12-31');
  expect(isDue('2024-12-31', 2, '2026-12-31')).toBe(false);
  expect(isDue('2024-12-31', 2, '2027-01-01')).toBe(true);
});

test('what is kept for ever is never due', () => {
  expect(isDue('1990-01-01', 'permanent', '2990-01-01')).toBe(false);
});

const fine = { closed: true, held: false, erased: false, pending: false, due: true };
test.each([
  ['erasure', {}, null],
  ['erasure', { due: false }, null],
  ['erasure', { closed: false }, 'open'],
  ['erasure', { held: true, closed: false }, 'held'],
  ['erasure', { erased: true, held: true }, 'erased'],
  ['erasure', { pending: true }, 'pending'],
  ['disposal', { due: false }, 'not-due'],
  ['disposal', { held: true }, 'held'],
] as const)('%s of %o is blocked by %s', (kind, facts, blocking) => {
  expect(blockingOf(kind, { ...fine, ...facts })).toBe(blocking);
});
