import { expect, it } from 'vitest';
import { instantOfUuid, uuidFloor, uuidv7 } from './uuid.ts';

const at = new Date('2026-11-18T10:00:00+07:00');

it('of one instant grow in the order they are made, however many, and whatever other instants come between', () => {
  const ids = Array.from({ length: 10_000 }, (_, n) => {
    if (n % 100 === 0) uuidv7(new Date(at.getTime() + n));
    return uuidv7(at);
  });
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

it('carry version, variant and instant', () => {
  const id = uuidv7(at);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(instantOfUuid(id)).toEqual(at);
  expect(id >= uuidFloor(at)).toBe(true);
  expect(uuidv7(new Date(-5)).startsWith('00000000-0000-7')).toBe(true);
});
