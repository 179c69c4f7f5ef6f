import fc from 'fast-check';
import { expect, test } from 'vitest';
import { registerVolumes } from './register-volumes.ts';

test('an empty book and a small one are one volume', () => {
  expect(registerVolumes(0)).toEqual([{ number: 1, first: 1, last: 0 }]);
  expect(registerVolumes(500)).toEqual([{ number: 1, first: 1, last: 500 }]);
});

test('1,234 dossiers are three volumes', () => {
  expect(registerVolumes(1234).map(({ first, last }) => [first, last])).toEqual([
    [1, 500],
    [501, 1000],
    [1001, 1234],
  ]);
});

test('volumes follow each other without a gap and hold every row once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 900 }), (rows, size) => {
      const volumes = registerVolumes(rows, size);
      let next = 1;
      for (const volume of volumes) {
        expect(volume.first).toBe(next);
        expect(volume.last - volume.first).toBeLessThan(size);
        next = volume.last + 1;
      }
      expect(next).toBe(rows + 1);
    }),
  );
});
