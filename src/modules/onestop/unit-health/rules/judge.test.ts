import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Found, judgeUnderEntry, judgeZeroOnline, type KnownFinding, reconcile } from './judge.ts';
import { daysOfPeriod, endedPeriods, periodOf } from './period.ts';
import { FINDING_ACTS, FINDING_STATES, stateAfter } from './stages.ts';

const at = { unitId: 'u', period: '2026-10' };

describe('periods', () => {
  test.each([
    ['2026', '2026-01-01', '2026-12-31'],
    ['2026-Q1', '2026-01-01', '2026-03-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
  ])('%s', (name, from, to) => expect(daysOfPeriod(name)).toEqual({ from, to }));
  test.each(['2026-Q5', '2026-13', '26', '2026-00', ''])('%j is none', (name) => {
    expect(daysOfPeriod(name)).toBeUndefined();
  });
  test('that ended lately are looked at, the running one is not', () => {
    expect(endedPeriods('month', '2026-11-22', 2)).toEqual(['2026-09', '2026-10']);
    expect(endedPeriods('quarter', '2026-11-22', 2)).toEqual(['2026-Q3']);
    expect(endedPeriods('year', '2026-11-22', 2)).toEqual([]);
    expect(endedPeriods('year', '2027-01-02', 2)).toEqual(['2026']);
    expect(periodOf('quarter', '2026-12-31')).toBe('2026-Q4');
  });
});

describe('zero online', () => {
  test('zero of something offered is a finding', () => {
    expect(judgeZeroOnline(at, { offered: 3, online: 0, received: 12 })).toMatchObject({ measure: 12 });
  });
  test('zero of zero offered is none', () => {
    expect(judgeZeroOnline(at, { offered: 0, online: 0, received: 12 })).toBeUndefined();
  });
  test('one is enough', () => expect(judgeZeroOnline(at, { offered: 3, online: 1, received: 1 })).toBeUndefined());
});

test('a book that shows as many or fewer is no finding; what is lacking is added up over books', () => {
  const book = (inBook: number, inSystem: number) => ({ book: 'b', name: 'B', inBook, inSystem });
  expect(judgeUnderEntry(at, [book(5, 5), book(1, 9)])).toBeUndefined();
  expect(judgeUnderEntry(at, [book(7, 5), book(9, 0), book(1, 9)])).toMatchObject({
    measure: 11,
    facts: { books: [book(7, 5), book(9, 0)] },
  });
});

describe('reconcile', () => {
  const found = (more: Partial<Found> = {}): Found => ({ rule: 'zero-online', ...at, measure: 1, facts: {}, ...more });
  const known = (more: Partial<KnownFinding> = {}): KnownFinding => ({
    ...found(),
    id: 'f',
    state: 'open',
    closedAs: null,
    ...more,
  });
  const all = () => true;

  test('the same twice changes nothing', () => {
    expect(
      reconcile([known({ facts: { months: 1, offered: 2 } })], [found({ facts: { offered: 2, months: 1 } })], all),
    ).toEqual([]);
  });
  test('closes what is not found any more, unless nobody looked', () => {
    expect(reconcile([known()], [], all)).toMatchObject([{ kind: 'closed' }]);
    expect(reconcile([known()], [], () => false)).toEqual([]);
  });
  test('opens again what its facts had closed, never what a person closed', () => {
    expect(reconcile([known({ state: 'closed', closedAs: 'facts' })], [found()], all)).toMatchObject([
      { kind: 'reopened' },
    ]);
    expect(reconcile([known({ state: 'closed', closedAs: 'accepted' })], [found()], all)).toEqual([]);
  });
  test('a standing finding goes on over the turn of a month', () => {
    const before = known({ rule: 'parked', period: '2026-10' });
    const now = found({ rule: 'parked', period: '2026-11', measure: 4 });
    expect(reconcile([before], [now], all)).toMatchObject([{ kind: 'changed', id: 'f' }]);
    expect(reconcile([{ ...before, state: 'closed', closedAs: 'accepted' }], [now], all)).toMatchObject([
      { kind: 'found' },
    ]);
  });
});

test('whatever people do, only an answered finding is decided and a closed one stays closed', () => {
  fc.assert(
    fc.property(fc.constantFrom(...FINDING_STATES), fc.constantFrom(...FINDING_ACTS), (state, act) => {
      const after = stateAfter(state, act);
      if (state === 'closed') expect(after).toBeUndefined();
      if (after === 'accepted' || after === 'returned') expect(state).toBe('explained');
    }),
  );
});
