import { expect, it } from 'vitest';
import { resolveLadder, type ScopedLadder } from './resolve.ts';

const definition = { dossier: [], step: [] };
const one = (id: string, more: Partial<ScopedLadder> = {}): ScopedLadder => ({
  id,
  name: id,
  procedureCode: null,
  unitId: null,
  validFrom: '2020-01-01',
  definition,
  ...more,
});
const all = [
  one('everything'),
  one('district', { unitId: 'district' }),
  one('commune', { unitId: 'commune' }),
  one('procedure', { procedureCode: 'p' }),
  one('procedure in district', { procedureCode: 'p', unitId: 'district' }),
  one('later', { validFrom: '2026-01-01' }),
];
const of = (ladders: ScopedLadder[], procedure: string, path: string[], day = '2025-06-01') =>
  resolveLadder(ladders, procedure, path, day)?.id;

it('the narrowest ladder wins: procedure and unit, procedure, nearest unit, everything', () => {
  expect(of(all, 'p', ['commune', 'district'])).toBe('procedure in district');
  expect(of(all, 'p', ['elsewhere'])).toBe('procedure');
  expect(of(all, 'q', ['commune', 'district'])).toBe('commune');
  expect(of(all, 'q', ['other', 'district'])).toBe('district');
  expect(of(all, 'q', ['elsewhere'])).toBe('everything');
});

it('of one scope the latest in force counts; one without rungs of its own falls back to the wider', () => {
  expect(of(all, 'q', [], '2026-01-01')).toBe('later');
  const ended = [...all, one('back', { unitId: 'commune', validFrom: '2025-01-01', definition: null })];
  expect(of(ended, 'q', ['commune', 'district'])).toBe('district');
  expect(of(ended, 'q', ['commune', 'district'], '2024-12-31')).toBe('commune');
  expect(of([], 'q', [])).toBeUndefined();
});
