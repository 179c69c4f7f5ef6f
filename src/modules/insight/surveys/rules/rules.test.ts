import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentForms, fieldGroups } from '../content.ts';
import { checkAnswers, compareEntries } from './answers.ts';
import { estimate, wilson } from './estimate.ts';
import { groupOf } from './group.ts';
import { hideGrid } from './hide.ts';
import { lintQuestionnaire, type Questionnaire } from './questionnaire.ts';
import { seededRandom } from './random.ts';
import { type ResultStratum, resultsOf, type StoredAnswer } from './results.ts';
import { drawSample, type FrameRow, shareOut, shortageOf } from './sample.ts';
import { legalActs, stateAfter } from './states.ts';
import { unfinishedParts } from './unfinished.ts';
import { weightCells } from './weights.ts';

const one: Questionnaire = {
  id: 'mau',
  name: 'Mẫu',
  kind: 'index',
  validFrom: '2026-01-01',
  source: 'Bài kiểm tra',
  verified: true,
  scale: ['Rất không hài lòng', 'Không hài lòng', 'Bình thường', 'Hài lòng', 'Rất hài lòng'],
  satisfiedFrom: 4,
  index: 'share',
  factors: [{ id: 'all', name: 'Chung' }],
  questions: [{ id: 'q1', kind: 'scale', factor: 'all', text: 'Hài lòng chung' }],
};
const times = (n: number, stratum: number, place: number): StoredAnswer[] =>
  Array.from({ length: n }, () => ({ stratum, answers: { q1: place } }));
const plain = { minimum: 10, weighted: false };

describe('the example of the domain: 200 valid answers', () => {
  // 120 satisfied and 62 very satisfied; of the 40 about land 33.
  const strata: ResultStratum[] = [
    { no: 1, unitId: 'u', groupId: 'land', frame: 400 },
    { no: 2, unitId: 'u', groupId: 'other', frame: 1600 },
  ];
  const answers = [
    ...times(20, 1, 4),
    ...times(13, 1, 5),
    ...times(7, 1, 3),
    ...times(100, 2, 4),
    ...times(49, 2, 5),
    ...times(11, 2, 2),
  ];
  const results = resultsOf(one, strata, answers, plain);

  it('gives 91.0 % in all and 82.5 % for land', () => {
    expect(results.overall.result).toMatchObject({ n: 200, percent: 91 });
    expect(results.groups.find((group) => group.groupId === 'land')?.result).toMatchObject({ n: 40, percent: 82.5 });
  });

  it('gives an interval that holds the share and is narrower than without the correction for the population', () => {
    const { low = 0, high = 0 } = results.overall.result ?? {};
    const free = wilson(0.91, 200);
    expect(low).toBeGreaterThan(free.low * 100);
    expect(high).toBeLessThan(free.high * 100);
    expect(low).toBeLessThan(91);
    expect(high).toBeGreaterThan(91);
  });

  it('weights strata by their finished dossiers', () => {
    // (400 × 33/40 + 1600 × 149/160) / 2000 = 91 %: here the sample is proportional; doubled land is not.
    expect(resultsOf(one, strata, answers, { ...plain, weighted: true }).overall.result?.percent).toBe(91);
    const bent = resultsOf(
      one,
      strata.map((stratum) => ({ ...stratum, frame: 1600 })),
      answers,
      { ...plain, weighted: true },
    );
    expect(bent.overall.result?.percent).toBe(87.81);
  });

  it('counts the mean and the spread of a criterion', () => {
    expect(results.criteria[0]?.spread?.map(({ n }) => n)).toEqual([0, 11, 7, 120, 62]);
    expect(results.criteria[0]?.mean).toBe(4.17);
  });

  it('shows nothing of a group of nine, nor of the one that would give it away', () => {
    const few = resultsOf(one, strata, [...times(9, 1, 4), ...times(60, 2, 5)], plain);
    expect(few.groups).toMatchObject([
      { groupId: 'land', n: null, hidden: true, result: null },
      { groupId: 'other', n: null, hidden: true, result: null },
    ]);
    expect(few.overall.result?.n).toBe(69);
  });

  it('tells no data from nothing shown', () => {
    const none = resultsOf(one, strata, [], plain);
    expect(none.overall).toEqual({ n: 0, hidden: false, result: null });
  });
});

describe('estimates', () => {
  it('pool answers of several criteria by their weights', () => {
    const two: Questionnaire = {
      ...one,
      questions: [
        { id: 'q1', kind: 'scale', factor: 'all', text: 'Một' },
        { id: 'q2', kind: 'scale', factor: 'all', text: 'Hai', weight: 3 },
      ],
    };
    const answers = Array.from({ length: 20 }, () => ({ stratum: 1, answers: { q1: 5, q2: 1 } }));
    const strata = [{ no: 1, unitId: 'u', groupId: 'g', frame: 100 }];
    expect(resultsOf(two, strata, answers, plain).overall.result?.percent).toBe(25);
    expect(resultsOf({ ...two, index: 'mean' }, strata, answers, plain).criteria[0]?.result?.percent).toBe(100);
  });

  it('count choices by the percent they stand for: A 100, B 60, C 20, D 0', () => {
    const graded: Questionnaire = {
      ...one,
      questions: [
        {
          id: 'q1',
          kind: 'choice',
          factor: 'all',
          text: 'Mức',
          options: [
            { id: 'a', text: 'A', value: 100 },
            { id: 'b', text: 'B', value: 60 },
            { id: 'c', text: 'C', value: 20 },
            { id: 'd', text: 'D', value: 0 },
          ],
        },
      ],
    };
    const answers = ['a', 'b', 'c', 'd'].flatMap((id) =>
      Array.from({ length: 5 }, () => ({ stratum: 1, answers: { q1: id } })),
    );
    const strata = [{ no: 1, unitId: 'u', groupId: 'g', frame: 1000 }];
    expect(resultsOf(graded, strata, answers, plain).overall.result?.percent).toBe(45);
  });

  it('know exactly where everybody has answered', () => {
    const all = estimate(
      [
        { stratum: 1, gained: 1, possible: 1 },
        { stratum: 1, gained: 0, possible: 1 },
      ],
      2,
      null,
    );
    expect(all).toEqual({ n: 2, percent: 50, low: 50, high: 50 });
  });

  it('hold the share inside the interval, between 0 and 100, whatever comes', () => {
    const observation = fc.record({ stratum: fc.integer({ min: 1, max: 3 }), gained: fc.integer({ min: 0, max: 10 }) });
    fc.assert(
      fc.property(fc.array(observation, { minLength: 1, maxLength: 60 }), fc.boolean(), (rows, weighted) => {
        const strata = [1, 2, 3].map((no) => {
          const size = rows.filter((row) => row.stratum === no).length;
          return { no, unitId: 'u', frame: size * 3 + no, size };
        });
        const population = strata.reduce((sum, stratum) => sum + stratum.frame, 0);
        const cells = weighted ? weightCells(strata, 5) : null;
        const found = estimate(
          rows.map((row) => ({ ...row, possible: 10 })),
          population,
          cells,
        );
        expect(found).toBeDefined();
        if (!found) return;
        expect(found.low).toBeGreaterThanOrEqual(0);
        expect(found.low).toBeLessThanOrEqual(found.percent + 0.01);
        expect(found.high).toBeGreaterThanOrEqual(found.percent - 0.01);
        expect(found.high).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('never let one person stand for a stratum: small ones share a weight', () => {
    // 24 dossiers with 12 answers, 203 with one bad answer: by strata it would be 24/227 = 10.57 %, and tell that answer.
    const strata = [
      { no: 1, unitId: 'u', groupId: 'construction', frame: 24 },
      { no: 2, unitId: 'u', groupId: 'other', frame: 203 },
    ];
    const results = resultsOf(one, strata, [...times(12, 1, 5), ...times(1, 2, 1)], { minimum: 5, weighted: true });
    expect(results.overall.result?.percent).toBe(92.31);
  });

  it('of a group everybody has answered for are exact, whatever the other groups weigh', () => {
    const strata = [
      { no: 1, unitId: 'u', groupId: 'construction', frame: 14 },
      { no: 2, unitId: 'v', groupId: 'construction', frame: 6 },
      { no: 3, unitId: 'v', groupId: 'other', frame: 400 },
    ];
    const answers = [...times(14, 1, 5), ...times(5, 2, 5), ...times(1, 2, 1), ...times(30, 3, 4)];
    const results = resultsOf(one, strata, answers, { minimum: 5, weighted: true });
    expect(results.groups[0]?.result).toEqual({ n: 20, percent: 95, low: 95, high: 95 });
  });

  it('put strata into cells that are large enough, and lose no dossier', () => {
    const stratum = fc.record({
      unitId: fc.constantFrom('a', 'b', 'c'),
      frame: fc.nat({ max: 500 }),
      share: fc.nat({ max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(stratum, { minLength: 1, maxLength: 12 }), (rows) => {
        const strata = rows.map(({ share, ...row }, at) => ({ ...row, no: at + 1, size: Math.min(row.frame, share) }));
        const cells = weightCells(strata, 6);
        const distinct = new Map([...cells.values()].map((cell) => [cell.id, cell]));
        const total = (pick: (cell: { frame: number; size: number }) => number): number =>
          [...distinct.values()].reduce((sum, cell) => sum + pick(cell), 0);
        expect(cells.size).toBe(strata.length);
        expect(total((cell) => cell.frame)).toBe(strata.reduce((sum, row) => sum + row.frame, 0));
        expect(total((cell) => cell.size)).toBe(strata.reduce((sum, row) => sum + row.size, 0));
        if (distinct.size > 1) for (const cell of distinct.values()) expect(cell.size).toBeGreaterThanOrEqual(6);
      }),
    );
  });

  it('rise when one answer rises', () => {
    const places = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 10, maxLength: 40 });
    const strata = [{ no: 1, unitId: 'u', groupId: 'g', frame: 1000 }];
    const percentOf = (given: readonly number[]): number =>
      resultsOf(
        one,
        strata,
        given.map((q1) => ({ stratum: 1, answers: { q1 } })),
        plain,
      ).overall.result?.percent ?? -1;
    fc.assert(
      fc.property(places, fc.nat(), (given, at) => {
        const better = given.map((place, n) => (n === at % given.length ? Math.min(5, place + 1) : place));
        expect(percentOf(better)).toBeGreaterThanOrEqual(percentOf(given));
      }),
    );
  });

  it('do not depend on the order of answers', () => {
    const strata = [1, 2].map((no) => ({ no, unitId: `u${no}`, groupId: 'g', frame: 300 * no }));
    const answer = fc.record({
      stratum: fc.integer({ min: 1, max: 2 }),
      answers: fc.record({ q1: fc.integer({ min: 1, max: 5 }) }),
    });
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 50 }), fc.boolean(), (given, weighted) => {
        const [a, b] = [given, given.toReversed()].map((rows) =>
          resultsOf(one, strata, rows, { minimum: 5, weighted }),
        );
        expect(a?.units.map((unit) => unit.result?.percent)).toEqual(b?.units.map((unit) => unit.result?.percent));
      }),
    );
  });
});

describe('what several units found together', () => {
  const drawn = fc.record({
    weighted: fc.boolean(),
    strata: fc.array(
      fc.record({
        unit: fc.constantFrom('a', 'b', 'c', 'd'),
        group: fc.constantFrom('land', 'other'),
        frame: fc.integer({ min: 40, max: 400 }),
        places: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 30 }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  });
  type Drawn = (typeof drawn extends fc.Arbitrary<infer T> ? T : never)['strata'];
  const surveyOf = (given: Drawn) => {
    const once = [...new Map(given.map((one) => [`${one.unit} ${one.group}`, one])).values()];
    return {
      strata: once.map(({ unit, group, frame }, no): ResultStratum => ({ no, unitId: unit, groupId: group, frame })),
      answers: once.flatMap(({ places }, no) => places.map((place) => ({ stratum: no, answers: { q1: place } }))),
    };
  };
  const wholes = [
    { unitId: 'ab', unitIds: ['a', 'b'] },
    { unitId: 'c alone', unitIds: ['c'] },
    { unitId: 'all', unitIds: ['a', 'b', 'c', 'd'] },
  ];

  it('is what a survey of them alone would have found, with the same interval; none where one of them is hidden', () => {
    fc.assert(
      fc.property(drawn, ({ weighted, strata: given }) => {
        const { strata, answers } = surveyOf(given);
        const settings = { minimum: 5, weighted };
        const results = resultsOf(one, strata, answers, settings, wholes);
        for (const [n, { unitId, unitIds }] of wholes.entries()) {
          const found = results.together[n];
          const mine = strata.filter((stratum) => unitIds.includes(stratum.unitId));
          const numbers = new Set(mine.map((stratum) => stratum.no));
          const alone = resultsOf(
            one,
            mine,
            answers.filter((answer) => numbers.has(answer.stratum)),
            settings,
          );
          expect(found).toMatchObject({ unitId, pooled: unitIds.length, frame: alone.frame });
          const hidden = results.units.some((unit) => unitIds.includes(unit.unitId) && unit.hidden);
          expect(found?.hidden).toBe(hidden);
          if (hidden) expect(found).toMatchObject({ n: null, result: null });
          else expect(found?.result).toEqual(alone.overall.result);
          // The same of each group of fields; none where one of their cells of it is hidden.
          expect(found?.groups.map((group) => group.groupId)).toEqual(alone.groups.map((group) => group.groupId));
          for (const group of found?.groups ?? []) {
            const few = results.cells.some(
              (cell) => unitIds.includes(cell.unitId) && cell.groupId === group.groupId && cell.hidden,
            );
            const inGroup = mine.filter((stratum) => stratum.groupId === group.groupId);
            const places = new Set(inGroup.map((stratum) => stratum.no));
            const of = resultsOf(
              one,
              inGroup,
              answers.filter((answer) => places.has(answer.stratum)),
              settings,
            );
            expect(group).toMatchObject({ hidden: few, frame: of.frame, result: few ? null : of.overall.result });
          }
          const { percent = 0, low = 0, high = 0 } = found?.result ?? {};
          expect(low <= percent + 0.01 && percent <= high + 0.01).toBe(true);
        }
      }),
    );
  });

  it('is narrower than each of theirs, and counts them by their dossiers where the survey is weighted', () => {
    const strata: ResultStratum[] = [
      { no: 1, unitId: 'a', groupId: 'land', frame: 300 },
      { no: 2, unitId: 'b', groupId: 'land', frame: 100 },
    ];
    const answers = [...times(10, 1, 4), ...times(10, 1, 2), ...times(20, 2, 4), ...times(0, 2, 2)];
    const whole = [{ unitId: 'ab', unitIds: ['a', 'b'] }];
    const [plainly] = resultsOf(one, strata, answers, plain, whole).together;
    const weighed = resultsOf(one, strata, answers, { ...plain, weighted: true }, whole);
    // 30 of 40; by dossiers 50 % of 300 and 100 % of 100.
    expect(plainly?.result).toMatchObject({ n: 40, percent: 75 });
    expect(weighed.together[0]?.result).toMatchObject({ n: 40, percent: 62.5 });
    const width = (result: { low: number; high: number } | null | undefined) => (result ? result.high - result.low : 0);
    expect(width(weighed.together[0]?.result)).toBeLessThan(width(weighed.units[0]?.result));
    expect(width(weighed.together[0]?.result)).toBeGreaterThan(0);
  });
});

describe('what is hidden', () => {
  const cells = fc.array(fc.array(fc.nat({ max: 25 }), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 4 });
  const withTotals = (rows: readonly (readonly number[])[]): number[][] => {
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
    const wide = rows.map((row) => [...row, sum(row)]);
    return [...wide, (wide[0] ?? []).map((_, x) => sum(wide.map((row) => row[x] ?? 0)))];
  };

  it('can be worked out from no row and no column', () => {
    fc.assert(
      fc.property(cells, (rows) => {
        const grid = withTotals(rows);
        const hidden = hideGrid(grid, 10);
        const lines = [
          ...grid.map((row, y) => row.map((n, x) => ({ n, hidden: hidden[y]?.[x] ?? false }))),
          ...(grid[0] ?? []).map((_, x) => grid.map((row, y) => ({ n: row[x] ?? 0, hidden: hidden[y]?.[x] ?? false }))),
        ];
        for (const line of lines) {
          const secret = line.filter((cell) => cell.hidden);
          for (const cell of line) expect(cell.n > 0 && cell.n < 10 && !cell.hidden).toBe(false);
          expect(secret.length === 1 && line.some((cell) => cell.n > 0 && !cell.hidden)).toBe(false);
        }
      }),
    );
  });

  it('leaves a table of large numbers and empty cells as it is', () => {
    expect(
      hideGrid(
        [
          [20, 0, 20],
          [30, 12, 42],
          [50, 12, 62],
        ],
        10,
      ).flat(),
    ).not.toContain(true);
  });
});

describe('a sample', () => {
  const frame: FrameRow[] = Array.from({ length: 500 }, (_, n) => ({
    dossierId: `d${String(n).padStart(4, '0')}`,
    unitId: `u${n % 3}`,
    groupId: n % 5 === 0 ? 'land' : 'other',
  }));

  it('is the same for the same seed, whatever the order of the frame, and another for another seed', () => {
    const drawn = (rows: readonly FrameRow[], seed: string) =>
      drawSample(rows, { kind: 'fixed', perStratum: 10 }, seed).map((stratum) => stratum.drawn.join());
    expect(drawn(frame.toReversed(), 'a')).toEqual(drawn(frame, 'a'));
    expect(drawn(frame, 'b')).not.toEqual(drawn(frame, 'a'));
  });

  it('is known for good: these are the first of seed “khao-sat-2026”', () => {
    const random = seededRandom('khao-sat-2026');
    expect(Array.from({ length: 6 }, () => random.below(1000))).toMatchInlineSnapshot(`
      [
        703,
        179,
        283,
        883,
        542,
        766,
      ]
    `);
  });

  it('keeps what a smaller quota drew, takes each dossier once, and only of its stratum', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 200 }), fc.string(), (few, more, seed) => {
        const small = drawSample(frame, { kind: 'fixed', perStratum: few }, seed);
        const large = drawSample(frame, { kind: 'fixed', perStratum: few + more }, seed);
        for (const [at, stratum] of small.entries()) {
          expect(large[at]?.drawn.slice(0, stratum.drawn.length)).toEqual(stratum.drawn);
          expect(new Set(stratum.drawn).size).toBe(stratum.drawn.length);
          expect(stratum.drawn.length).toBe(Math.min(few, stratum.frame));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('shares out a total by size, with the minimum of each, and tells the shortage', () => {
    expect(shareOut([600, 300, 100], { kind: 'proportional', total: 100, minimum: 20 })).toEqual([60, 30, 20]);
    expect(shareOut([1, 1, 1], { kind: 'proportional', total: 100, minimum: 0 })).toEqual([34, 33, 33]);
    expect(shortageOf({ frame: 7, quota: 20 })).toBe(13);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1 }),
        fc.nat({ max: 3000 }),
        (sizes, total) => {
          const shares = shareOut(sizes, { kind: 'proportional', total, minimum: 0 });
          expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
        },
      ),
    );
  });

  it('draws every place about as often', () => {
    const random = seededRandom('đều');
    const drawn = Array.from({ length: 7000 }, () => random.below(7));
    const counts = [0, 1, 2, 3, 4, 5, 6].map((place) => drawn.filter((one) => one === place).length);
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe('answers', () => {
  it('are read from texts of a form', () => {
    expect(checkAnswers(one, { q1: '4', _csrf: 'x' })).toEqual({ ok: true, answers: { q1: 4 } });
  });

  it.each([['0'], ['6'], ['4.5'], ['năm'], [5.5], [['4']], [{}]])('refuse %j as a place on the scale', (q1) => {
    expect(checkAnswers(one, { q1 })).toEqual({ ok: false, problems: [{ questionId: 'q1', why: 'value' }] });
  });

  it('name the question that was left out, and never throw', () => {
    expect(checkAnswers(one, { q1: ' ' })).toEqual({ ok: false, problems: [{ questionId: 'q1', why: 'missing' }] });
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.anything()),
        (given) => void contentForms().map((f) => checkAnswers(f, given)),
      ),
    );
  });

  it('of two people are compared without regard to blanks and case of words', () => {
    const form = contentForms().find((each) => each.id === 'sau-ho-so');
    if (!form) throw new Error('the example');
    const first = { overall: 4, promised: 'yes', channel: 'desk', words: 'Nhanh  hơn' };
    expect(compareEntries(form, first, { ...first, words: 'nhanh hơn ' })).toEqual([]);
    expect(compareEntries(form, first, { ...first, overall: 5, channel: 'post' })).toEqual(['overall', 'channel']);
  });
});

describe('questionnaires', () => {
  it('shipped are sound; the SIPAS one has five factors of a scale of five', () => {
    const sipas = contentForms().find((form) => form.id === 'sipas-2023');
    expect(sipas?.factors).toHaveLength(5);
    expect(sipas?.questions.filter((question) => question.kind === 'scale')).toHaveLength(22);
    expect(sipas?.verified).toBe(false);
  });

  it.each<[string, Partial<Questionnaire>, string]>([
    ['an unknown factor', { questions: [{ id: 'q', kind: 'scale', factor: 'no', text: 'x' }] }, 'questions[0].factor'],
    [
      'a factor nobody asks for',
      {
        factors: [
          { id: 'all', name: 'a' },
          { id: 'b', name: 'b' },
        ],
      },
      'factors[1]',
    ],
    ['a step beyond the scale', { satisfiedFrom: 6 }, 'satisfiedFrom'],
    ['two questions of one name', { questions: [...one.questions, ...one.questions] }, 'questions[1].id'],
    ['an end before the beginning', { validTo: '2025-01-01' }, 'validTo'],
    [
      'a graded choice without grades',
      {
        questions: [
          {
            id: 'q',
            kind: 'choice',
            factor: 'all',
            text: 'x',
            options: [
              { id: 'a', text: 'A' },
              { id: 'b', text: 'B' },
            ],
          },
        ],
      },
      'questions[0].options',
    ],
    [
      'an index without questions of it',
      { factors: [], questions: [{ id: 'q', kind: 'text', text: 'x' }] },
      'questions',
    ],
  ])('with %s are refused at the place', (_, change, path) => {
    expect(lintQuestionnaire({ ...one, ...change }).map((finding) => finding.path)).toContain(path);
  });

  const question = { id: 'q', text: 'Câu hỏi' } as const;
  const options = (...values: number[]) => values.map((value, at) => ({ id: `o${at}`, text: `${at}`, value }));
  it.each<[string, Partial<Questionnaire>, string[]]>([
    ['nothing missing', {}, []],
    ['a blank name', { name: ' ' }, ['name']],
    ['no first day', { validFrom: '' }, ['validFrom']],
    ['no source', { source: '' }, ['source']],
    ['a scale of one step', { scale: ['Tốt'] }, ['scale']],
    ['a step of 61 letters', { scale: ['Tốt', 'x'.repeat(61)] }, ['scale']],
    ['a factor without a name', { factors: [{ id: 'f', name: '' }] }, ['factors[0].name']],
    ['a question without words', { questions: [{ ...question, text: '\n', kind: 'text' }] }, ['questions[0].text']],
    ['a weight of 0', { questions: [{ ...question, kind: 'scale', weight: 0 }] }, ['questions[0].weight']],
    [
      'a weight that is no number',
      { questions: [{ ...question, kind: 'scale', weight: Number.NaN }] },
      ['questions[0].weight'],
    ],
    ['one option', { questions: [{ ...question, kind: 'choice', options: options(1) }] }, ['questions[0].options']],
    [
      'an option of 101',
      { questions: [{ ...question, kind: 'choice', options: options(1, 101) }] },
      ['questions[0].options'],
    ],
  ])('with %s say what is unfinished before they are kept', (_, change, paths) => {
    expect(unfinishedParts({ ...one, ...change }).map((finding) => finding.path)).toEqual(paths);
  });

  it('may be drawn, opened, closed, in this order', () => {
    expect(legalActs('draft')).toEqual(['draw']);
    expect(stateAfter('drawn', 'open')).toBe('open');
    expect(stateAfter('draft', 'open')).toBeUndefined();
    expect(stateAfter('closed', 'open')).toBeUndefined();
  });
});

it('fields go into groups by code, then by name', () => {
  const groups = fieldGroups();
  expect(groupOf(groups, 'G17-XD11', 'Hoạt động xây dựng')).toBe('construction');
  expect(groupOf(groups, 'X', 'ĐẤT ĐAI')).toBe('land');
  expect(groupOf(groups, 'X', 'Giáo dục trung học')).toBe('education');
  expect(groupOf(groups, 'G15-TP07', 'Hộ tịch')).toBe('other');
});
