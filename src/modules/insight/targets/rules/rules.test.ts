import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal, rounded } from '../../../../core/scoring/index.ts';
import { decideAction, openActionActs } from './action.ts';
import { attain, LIGHTS, type Reading } from './attain.ts';
import { change } from './change.ts';
import type { Goal, TargetTerms } from './definition.ts';
import { type Elapsed, forecast } from './forecast.ts';
import { league } from './league.ts';
import { lintTerms, lintValue } from './lint.ts';
import { total } from './total.ts';

const DOWN = ['atMost', 'below', 'notAbove'];

function terms(goal: Goal, more: Partial<TargetTerms> = {}): TargetTerms {
  return {
    name: 'Chỉ tiêu mẫu',
    source: { number: '', text: 'Bài mẫu' },
    owner: 'Văn phòng',
    direction: Object.keys(goal).some((key) => DOWN.includes(key)) ? 'down' : 'up',
    weight: 1,
    value: { manual: true },
    unit: 'percent',
    decimals: 2,
    goal,
    forecast: 'ratio',
    ...more,
  };
}
const BANDS = ['Yếu', 'Trung bình', 'Khá', 'Tốt', 'Xuất sắc'];
const planned = { quantity: 12_000, derived: true };

describe('the light of a target', () => {
  const table: readonly [string, TargetTerms, Reading | null, string][] = [
    ['65,0 reaches “từ 65 % trở lên”', terms({ atLeast: 65 }), { value: 65 }, 'met'],
    ['64,99 does not, but is near', terms({ atLeast: 65 }), { value: 64.99 }, 'near'],
    ['64,999… is not rounded up', terms({ atLeast: 65 }), { numerator: 64_999, denominator: 100_000 }, 'near'],
    ['80 of 100 services reaches 80', terms({ atLeast: 80 }), { numerator: 80, denominator: 100 }, 'met'],
    ['49,9 does not reach 50', terms({ atLeast: 50 }), { value: 49.9 }, 'near'],
    ['90 is not “trên 90”', terms({ above: 90 }), { value: 90 }, 'near'],
    ['“trên 90” published is “trên 90”', terms({ above: 90 }), { value: 90, bound: 'above' }, 'met'],
    ['“dưới 90” published does not reach 90', terms({ atLeast: 90 }), { value: 90, bound: 'below' }, 'near'],
    ['16.175 of 12.000 is more than all', terms({ atLeast: 100 }, { planned }), { numerator: 16_175 }, 'met'],
    ['182 of 200 content reaches 90', terms({ atLeast: 90 }), { numerator: 182, denominator: 200 }, 'met'],
    ['33 of 40 for land does not reach 85', terms({ atLeast: 85 }), { numerator: 33, denominator: 40 }, 'near'],
    ['late 7,83 within 8', terms({ atMost: 8 }), { value: 7.83 }, 'met'],
    ['late 28,72 far beyond 8', terms({ atMost: 8 }), { value: 28.72 }, 'behind'],
    ['none late where none may be', terms({ atMost: 0 }), { value: 0 }, 'met'],
    ['one late where none may be', terms({ atMost: 0 }), { value: 1 }, 'behind'],
    ['exactly 5 is not “dưới 5”', terms({ below: 5 }), { value: 5 }, 'near'],
    ['nothing entered', terms({ atLeast: 50 }), null, 'no-data'],
    ['nothing below the line', terms({ atLeast: 50 }), { numerator: 0, denominator: 0 }, 'no-data'],
    ['too few cases', terms({ atLeast: 50 }, { minimumVolume: 30 }), { numerator: 29, denominator: 29 }, 'too-few'],
    ['enough cases', terms({ atLeast: 50 }, { minimumVolume: 30 }), { numerator: 30, denominator: 30 }, 'met'],
    ['Khá reaches Khá', band('Khá'), { band: 'Khá' }, 'met'],
    ['Xuất sắc reaches Tốt', band('Tốt'), { band: 'Xuất sắc' }, 'met'],
    ['Khá does not reach Tốt', band('Tốt'), { band: 'Khá' }, 'behind'],
    ['Khá is near Tốt where one band is', { ...band('Tốt'), nearBands: 1 }, { band: 'Khá' }, 'near'],
    ['an unknown band is no data', band('Tốt'), { band: 'Giỏi' }, 'no-data'],
  ];
  it.each(table)('%s', (_, one, reading, light) => {
    expect(attain(one, reading).light).toBe(light);
  });

  it('follows a moving goal, and says nothing where that has no data', () => {
    const moving = terms({ notBelow: { of: 'parent' } }, { value: { metric: 'online-rate' } });
    expect(attain(moving, { value: 57.7 }, new Decimal('57.7')).light).toBe('met');
    expect(attain(moving, { value: 50 }, new Decimal('57.7')).light).toBe('behind');
    expect(attain(moving, { value: 50 }, null)).toMatchObject({ light: 'no-data', goal: null });
  });

  it('keeps what is over 100 %: 135 and 108 of one plan that we worked out', () => {
    const plan = terms({ atLeast: 100 }, { planned });
    const collected = attain(plan, { numerator: 16_175 });
    const activated = attain(plan, { numerator: 12_951 });
    expect([rounded(collected.value ?? new Decimal(0), 0), rounded(activated.value ?? new Decimal(0), 0)]).toEqual([
      135, 108,
    ]);
    expect(rounded(collected.attainment ?? new Decimal(0), 4)).toBe(1.3479);
  });

  it('counts a ceiling that was kept as all of it, and one passed by how far', () => {
    const share = (value: number) => attain(terms({ atMost: 8 }), { value }).attainment?.toNumber();
    expect([share(0), share(7.83), share(8), share(16)]).toEqual([1, 1, 1, 0.5]);
    expect(attain(terms({ atMost: 0 }), { value: 1 }).attainment?.toNumber()).toBe(0);
  });

  it('never worsens as the result gets better', () => {
    const order = ['behind', 'near', 'met'];
    const goals = fc.oneof(
      fc.integer({ min: 0, max: 200 }).map((n): Goal => ({ atLeast: n })),
      fc.integer({ min: 0, max: 200 }).map((n): Goal => ({ above: n })),
      fc.integer({ min: 0, max: 200 }).map((n): Goal => ({ atMost: n })),
      fc.integer({ min: 0, max: 200 }).map((n): Goal => ({ below: n })),
    );
    const value = fc.integer({ min: 0, max: 40_000 }).map((n) => n / 100);
    fc.assert(
      fc.property(goals, value, value, (goal, a, b) => {
        const one = terms(goal);
        const [worse, better] = (one.direction === 'up') === a < b ? [a, b] : [b, a];
        const [low, high] = [attain(one, { value: worse }), attain(one, { value: better })];
        expect(order.indexOf(low.light)).toBeLessThanOrEqual(order.indexOf(high.light));
        if (low.attainment && high.attainment) expect(low.attainment.lte(high.attainment)).toBe(true);
      }),
    );
  });
});

function band(atLeastBand: string): TargetTerms {
  return terms({ atLeastBand, bands: BANDS }, { unit: 'band', forecast: 'none' });
}

describe('a forecast to the end of the period', () => {
  it('lets a count go on by working days, and keeps a ratio with what it still needs', () => {
    const plan = terms({ atLeast: 100 }, { planned, forecast: 'count' });
    expect(forecast(plan, { numerator: 6000 }, null, { days: 100, ofDays: 250 })).toMatchObject({
      method: 'linear',
      light: 'met',
      value: new Decimal(125),
    });
    const ratio = forecast(terms({ atLeast: 65 }), { numerator: 60, denominator: 100 }, null, {
      days: 50,
      ofDays: 100,
    });
    // 130 of 200 are wanted, 60 are there: 70 of the 100 to come.
    expect(ratio).toMatchObject({
      method: 'same-share',
      light: 'near',
      value: new Decimal(60),
      needed: new Decimal(70),
    });
  });

  it('lets a running total go on from where the period began; where that is not known it says nothing', () => {
    const plan = terms({ atLeast: 100 }, { planned, forecast: 'count' });
    // 9,000 when the year began, 15,000 after 120 of 240 days: as many again make 21,000 of 12,000.
    const half = { days: 120, ofDays: 240 };
    const grown = (begun: { value: Decimal; days: number } | null, of: Elapsed = half) =>
      forecast(plan, { numerator: 15_000 }, null, of, begun)?.value.toNumber() ?? null;
    expect(grown({ value: new Decimal(75), days: 120 })).toBe(175);
    // What was known last was known 30 working days before the period.
    expect(grown({ value: new Decimal(75), days: 150 })).toBe(165);
    expect(grown(null)).toBeNull();
    // A total that fell was begun anew.
    expect(grown({ value: new Decimal(140), days: 120 })).toBe(250);
    // Over: the value stands, whatever it began with.
    expect(grown(null, { days: 240, ofDays: 240 })).toBe(125);
    // A share of a whole still ends at the whole.
    const share = terms({ above: 90 }, { forecast: 'count' });
    const at = (value: number) => forecast(share, { value }, null, half, { value: new Decimal(60), days: 120 })?.value;
    expect([at(70), at(90)]).toEqual([new Decimal(80), new Decimal(100)]);
  });

  it('ends a share of a whole at the whole', () => {
    const share = terms({ above: 90 }, { forecast: 'count' });
    expect(forecast(share, { value: 90 }, null, { days: 100, ofDays: 150 })?.value).toEqual(new Decimal(100));
  });

  it('is the value once the period is over, and nothing before the first working day or without data', () => {
    const one = terms({ atLeast: 65 });
    const reading = { numerator: 60, denominator: 100 };
    expect(forecast(one, reading, null, { days: 100, ofDays: 100 })).toMatchObject({ method: 'final', needed: null });
    expect(forecast(one, reading, null, { days: 0, ofDays: 100 })).toBeNull();
    expect(forecast(one, null, null, { days: 10, ofDays: 100 })).toBeNull();
    expect(forecast(band('Tốt'), { band: 'Khá' }, null, { days: 10, ofDays: 100 })).toBeNull();
  });
});

describe('the change on the last period', () => {
  it.each([
    [7.83, 28.72, { points: -20.89, percent: -72.74 }],
    [57.7, 0, { points: 57.7, percent: null }],
    [74.3, 79.17, { points: -4.87, percent: -6.15 }],
    [93.23, 82.51, { points: 10.72, percent: 12.99 }],
    [5, null, null],
    [null, 5, null],
  ])('%s after %s', (now, before, expected) => {
    expect(change(now, before)).toEqual(expected);
  });
});

describe('a league table', () => {
  const one = terms({ atLeast: 50 }, { minimumVolume: 10 });
  const entrant = (item: string, numerator: number, denominator: number) => ({
    item,
    attained: attain(one, { numerator, denominator }),
  });

  it('gives equals the better place, sets small units apart and those without data last', () => {
    const table = league(one, [
      entrant('a', 10, 30),
      entrant('b', 90, 100),
      entrant('c', 20, 60),
      entrant('d', 9, 9),
      entrant('e', 0, 0),
      entrant('f', 10, 100),
    ]);
    expect(table.ranked.map(({ item, rank, population }) => [item, rank, population])).toEqual([
      ['b', 1, 4],
      ['a', 2, 4],
      ['c', 2, 4],
      ['f', 4, 4],
    ]);
    expect([table.tooFew, table.noData]).toEqual([['d'], ['e']]);
  });

  it('ranks the least first where less is better, and bands by their order', () => {
    const down = terms({ atMost: 5 });
    const late = [7.83, 28.72, 0].map((value) => ({ item: value, attained: attain(down, { value }) }));
    expect(league(down, late).ranked.map((row) => row.item)).toEqual([0, 7.83, 28.72]);
    const good = band('Tốt');
    const bands = ['Khá', 'Tốt', 'Xuất sắc'].map((name) => ({
      item: name,
      band: name,
      attained: attain(good, { band: name }),
    }));
    expect(league(good, bands).ranked.map((row) => [row.item, row.rank])).toEqual([
      ['Xuất sắc', 1],
      ['Tốt', 2],
      ['Khá', 3],
    ]);
  });

  it('does not depend on the order, and everybody stands somewhere once', () => {
    const pair = fc.tuple(fc.nat({ max: 50 }), fc.nat({ max: 50 }));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 20 }), (pairs) => {
        const all = pairs.map(([a, b], n) => entrant(String(n), Math.min(a, b), b));
        const places = (list: typeof all) => {
          const table = league(one, list);
          expect(table.ranked.length + table.tooFew.length + table.noData.length).toBe(all.length);
          return new Map(table.ranked.map((row) => [row.item, row.rank]));
        };
        const forward = places(all);
        for (const [item, rank] of places(all.toReversed())) expect(forward.get(item)).toBe(rank);
      }),
    );
  });
});

describe('a unit’s total', () => {
  it('weighs what was met and how far, keeps more than 100, and leaves out what cannot be judged', () => {
    const over = attain(terms({ atLeast: 100 }, { planned }), { numerator: 15_000 });
    const half = attain(terms({ atLeast: 50 }), { value: 25 });
    const none = attain(terms({ atLeast: 50 }), null);
    expect(
      total([
        { weight: 2, attained: over },
        { weight: 1, attained: half },
        { weight: 3, attained: none },
      ]),
    ).toEqual({
      count: { met: 1, near: 0, behind: 1, 'too-few': 0, 'no-data': 1 },
      metShare: 66.67,
      attainment: 100,
      unjudgedWeight: 3,
    });
    expect(total([])).toMatchObject({ metShare: null, attainment: null });
  });

  it('knows every light', () => {
    expect(Object.keys(total([]).count)).toEqual([...LIGHTS]);
  });
});

describe('terms and values somebody types', () => {
  const known = (id: string) => ({ 'online-rate': 'percent', open: 'count' })[id];
  const places = (one: TargetTerms): string[] => lintTerms(one, known).map((fault) => fault.place);

  it('are refused with the place', () => {
    expect(places(terms({ atLeast: 5 }))).toEqual([]);
    expect(places(terms({ atLeast: 5 }, { direction: 'down' }))).toEqual(['goal']);
    expect(places(terms({ atLeast: 5 }, { value: { metric: 'nothing' } }))).toEqual(['value/metric']);
    expect(places(terms({ atLeast: 5 }, { value: { metric: 'open' } }))).toEqual(['unit']);
    expect(places(terms({ notBelow: { of: 'parent' } }))).toEqual(['goal']);
    expect(places(terms({ notBelow: { of: 'unit' } }, { value: { metric: 'online-rate' } }))).toEqual(['goal']);
    // A share is not held against a number of things.
    const against = (metric: string) => terms({ notBelow: { of: 'parent', metric } }, { value: { manual: true } });
    expect([places(against('open')), places(against('online-rate'))]).toEqual([['goal/metric'], []]);
    expect(places(terms({ atLeast: 5 }, { unit: 'count', value: { survey: 'sipas' } }))).toEqual(['unit']);
    expect(places({ ...band('Giỏi') })).toEqual(['goal/atLeastBand']);
    expect(places(terms({ atLeast: 5 }, { unit: 'band', forecast: 'none' }))).toEqual(['unit']);
    expect(places(terms({ atLeast: 5 }, { unit: 'count', planned }))).toEqual(['planned']);
    const source = { number: '12/QĐ-UBND', date: '2026-02-30', text: 'Kế hoạch' };
    expect(places(terms({ atLeast: 5 }, { source }))).toEqual(['source/date']);
  });

  it.each([
    [terms({ atLeast: 5 }), { value: 98 }, []],
    [terms({ atLeast: 5 }), { numerator: 1, denominator: 2 }, []],
    [terms({ atLeast: 5 }), { numerator: 1 }, ['denominator']],
    [terms({ atLeast: 5 }), { numerator: 120, denominator: 0 }, ['denominator']],
    [terms({ atLeast: 5 }), { numerator: 0, denominator: 0 }, []],
    [terms({ atLeast: 5 }), {}, ['numerator']],
    [terms({ atLeast: 5 }), { numerator: -1, denominator: 2 }, ['numerator']],
    [terms({ atLeast: 5 }), { value: 1, numerator: 2 }, ['value']],
    [terms({ atLeast: 5 }), { value: -3 }, ['value']],
    [terms({ atLeast: 5 }, { unit: 'points' }), { value: -3 }, []],
    [terms({ atLeast: 5 }), { band: 'Khá' }, ['band']],
    [terms({ atLeast: 5 }, { planned }), { value: 135 }, ['numerator']],
    [terms({ atLeast: 5 }, { planned }), { numerator: 16_175 }, []],
    [band('Khá'), { band: 'Tốt' }, []],
    [band('Khá'), { value: 80 }, ['band']],
  ])('a value for it: %#', (one, value, expected) => {
    const faults = lintValue(one, { asOf: '2023-08-31', evidence: 'Báo cáo', ...value });
    expect(faults.map((fault) => fault.place)).toEqual(expected);
  });
});

describe('an action', () => {
  it('is worked by its owner and given up, reopened or moved only by those who set targets', () => {
    expect(decideAction('start', 'open', ['owner'], '')).toEqual({ ok: true, state: 'doing' });
    expect(decideAction('finish', 'doing', ['owner'], '')).toEqual({ ok: false, why: 'text' });
    expect(decideAction('finish', 'doing', ['owner'], 'Đã xong')).toEqual({ ok: true, state: 'done' });
    expect(decideAction('drop', 'doing', ['owner'], 'Thôi')).toEqual({ ok: false, why: 'side' });
    expect(decideAction('drop', 'done', ['manager'], 'Thôi')).toEqual({ ok: false, why: 'state' });
    expect(openActionActs('open', ['owner'])).toEqual(['start', 'note', 'finish']);
    expect(openActionActs('done', ['manager'])).toEqual(['note', 'reopen']);
    expect(openActionActs('open', [])).toEqual([]);
  });
});
