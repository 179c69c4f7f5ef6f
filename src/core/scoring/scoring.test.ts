import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  chooseSettings,
  type IndicatorSet,
  pointsOf,
  rankHighest,
  rankLost,
  readSet,
  type Score,
  type ScoreValues,
  type ScoringRule,
  scoreSet,
} from './index.ts';

const SETS = path.resolve(import.meta.dirname, '../../../content/sets');
const load = (id: string): IndicatorSet => {
  const read = readSet(parse(fs.readFileSync(path.join(SETS, `${id}.yaml`), 'utf8')));
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  return read.set;
};
const score = (set: IndicatorSet, values: ScoreValues, level?: string): Score => {
  const reply = scoreSet(set, values, level);
  if (!reply.ok) throw new Error(JSON.stringify(reply.errors));
  return reply.score;
};
const caoBang = load('par-index-cao-bang-2022');
const NGUYEN_BINH = {
  points: {
    steering: 15,
    institutions: 12,
    procedures: 20,
    organisation: 5,
    'civil-service': 15,
    'public-finance': 4.9,
    'e-government': 9.5,
  },
};

it.each(fs.readdirSync(SETS))('%s can be scored', (name) => {
  const read = readSet(parse(fs.readFileSync(path.join(SETS, name), 'utf8')));
  expect(read).toMatchObject({ ok: true, set: { id: name.replace('.yaml', '') } });
});

describe('Nguyên Bình 2022', () => {
  it('has 81.4 of 100 and the seven published classes', () => {
    const { total, max, domains, band, lost } = score(caoBang, NGUYEN_BINH);
    expect([total, max, band]).toEqual([81.4, 100, null]);
    expect(domains.map((each) => [each.id, each.percent, each.band])).toEqual([
      ['steering', 93.75, 'Tốt'],
      ['institutions', 92.31, 'Tốt'],
      ['procedures', 80, 'Khá'],
      ['organisation', 62.5, 'Trung bình'],
      ['civil-service', 88.24, 'Khá'],
      ['public-finance', 70, 'Khá'],
      ['e-government', 67.86, 'Khá'],
    ]);
    expect(lost.slice(0, 3)).toEqual([
      { id: 'procedures', points: 5 },
      { id: 'e-government', points: 4.5 },
      { id: 'organisation', points: 3 },
    ]);
    expect(rankLost(caoBang, { lost }).map((each) => each.sharePercent)[0]).toBe(26.88);
    expect(lost.reduce((sum, each) => sum + each.points, 0)).toBeCloseTo(18.6, 10);
  });
});

describe('Nông Sơn', () => {
  const quangNam = load('par-index-quang-nam-2022');
  it('has 79.98, class Khá, in 2022 from 74.30 and 93.23', () => {
    expect(score(quangNam, { parts: { appraisal: 74.3, survey: 93.23 } })).toEqual({
      total: 79.98,
      max: 100,
      parts: [
        { id: 'appraisal', percent: 74.3, weight: 0.7, points: 52.01 },
        { id: 'survey', percent: 93.23, weight: 0.3, points: 27.97 },
      ],
      domains: [],
      band: 'Khá',
      lost: [
        { id: 'appraisal', points: 17.99 },
        { id: 'survey', points: 2.03 },
      ],
    });
  });
  it('says which weights and limits are worked out by us', () => {
    expect(quangNam.parts?.map((part) => part.derived)).toEqual([true, true]);
    expect([quangNam.bands?.derived, caoBang.bands?.derived]).toEqual([true, true]);
    // What we propose ourselves is no published weight that was worked out.
    expect(load('par-index-commune-2026').parts?.map((part) => part.derived)).toEqual([undefined, undefined]);
  });
  it('had 80.17 a year before by the same weights', () => {
    expect(score(quangNam, { parts: { appraisal: 79.17, survey: 82.51 } })).toMatchObject({
      total: 80.17,
      band: 'Tốt',
    });
  });
});

describe('the set of decision 766', () => {
  const set = load('766-2022');
  const of = (numerator: number, denominator = 100) => ({ numerator, denominator });
  const measures = {
    'publish-on-time': of(100),
    'public-update-on-time': of(19, 20),
    'public-content-full': of(100),
    'dossier-sync': of(1960, 2000),
    'on-time': of(1880, 2000),
    'payment-procedures': of(64),
    'payment-used-procedures': of(70),
    'payment-dossiers': of(700, 1000),
    'electronic-results': of(900, 1000),
    'digitised-dossiers': of(85),
    'reused-data': of(72),
    'personal-store': of(0),
    'population-procedures': of(50),
    'population-dossiers': of(90),
    'certified-copies': of(100),
    'petitions-on-time': of(0, 0),
    'petitions-satisfied': of(0, 0),
    'dossiers-satisfied': of(93),
  };
  const { 'public-update-on-time': _, ...withoutUpdate } = measures;
  it('gives 77.43 of the 88 points whose rules are known', () => {
    const { total, domains } = score(set, { measures, points: { 'online-dossiers': 0 } });
    expect(domains.map((each) => [each.id, each.points])).toEqual([
      ['transparency', 17.68],
      ['progress', 18.8],
      ['online-services', 0],
      ['online-payment', 7.55],
      ['digitisation', 15.4],
      ['satisfaction', 18],
    ]);
    expect(total).toBe(77.43);
  });
  const read = (choices: Record<string, string>): IndicatorSet => {
    const reply = chooseSettings(set, choices);
    if (!reply.ok) throw new Error(JSON.stringify(reply.unknown));
    return reply.set;
  };
  it('gives 78.03 by the threshold of the text, a setting like each place on which sources disagree', () => {
    expect(score(read({}), { measures, points: { 'online-dossiers': 0 } }).total).toBe(77.43);
    const text = read({ 'digitised-threshold': 'text' });
    expect(score(text, { measures, points: { 'online-dossiers': 0 } }).total).toBe(78.03);
    expect(text.settings?.map((each) => each.chosen)).toEqual([
      'portal',
      'text',
      'counted',
      'straight',
      'full',
      'five',
    ]);
    const split = read({ 'online-split': 'two-four-six' });
    const online = { 'online-procedures': of(60), 'online-services-used': of(50), 'online-filed': of(40) };
    expect(score(split, { measures: { ...measures, ...online } }).domains[2]).toMatchObject({ points: 8.3, max: 12 });
    const whole = read({ 'online-split': 'full-process' });
    expect(score(whole, { measures: { ...measures, 'online-dossiers': of(60) } }).total).toBe(84.63);
    const skip = read({ 'commune-exclusion': 'skip', classes: 'none' });
    expect(score(skip, { measures: withoutUpdate, points: { 'online-dossiers': 0 } }, 'commune')).toMatchObject({
      max: 96,
      band: null,
    });
    expect(chooseSettings(set, { 'online-split': 'x', other: 'y' })).toEqual({
      ok: false,
      unknown: [
        { setting: 'online-split', option: 'x', known: ['portal', 'two-four-six', 'full-process'] },
        { setting: 'other', option: null, known: (set.settings ?? []).map((each) => each.id) },
      ],
    });
  });
  it('holds items that are told and give no points; they need not be given', () => {
    expect(pointsOf({ max: 0 }, of(500))?.toNumber()).toBe(0);
    expect(pointsOf({ max: 0 }, of(1, 0))?.toNumber()).toBe(0);
    const told = { ...measures, 'average-time': of(500) };
    expect(score(set, { measures: told, points: { 'online-dossiers': 0 } }).total).toBe(77.43);
    const reply = scoreSet(set, { measures, points: { 'online-dossiers': 0, 'average-time': 1 } });
    expect(reply).toMatchObject({ ok: false, errors: [{ id: 'average-time', code: 'score/too-large' }] });
  });
  it('gives a commune the criterion that does not apply to it in full', () => {
    const reply = score(set, { measures: withoutUpdate, points: { 'online-dossiers': 0 } }, 'commune');
    expect(reply.domains[0]).toMatchObject({ id: 'transparency', points: 17.88 });
  });
  it('gives nothing for satisfaction without dossiers, and all of it without petitions', () => {
    const reply = score(set, {
      measures: { ...measures, 'dossiers-satisfied': of(0, 0) },
      points: { 'online-dossiers': 0 },
    });
    expect(reply.domains.at(-1)).toMatchObject({ points: 12 });
  });
  it('has no score where a ratio has no denominator and no rule for it', () => {
    const reply = scoreSet(set, { measures: { ...measures, 'on-time': of(0, 0) }, points: { 'online-dossiers': 0 } });
    expect(reply).toMatchObject({ ok: false, errors: [{ id: 'on-time', code: 'score/no-data' }] });
  });
});

describe('values that are wrong', () => {
  const errors = (values: ScoreValues): unknown[] => {
    const reply = scoreSet(caoBang, values);
    return reply.ok ? [] : reply.errors.map((error) => [error.id, error.code]);
  };
  const { points } = NGUYEN_BINH;
  it('are each told by name', () => {
    expect(errors({ points: { ...points, procedures: 25.01 } })).toEqual([['procedures', 'score/too-large']]);
    expect(scoreSet(caoBang, { points: { ...points, procedures: 25.5 } })).toMatchObject({
      errors: [{ message: expect.stringContaining('có 25,5, lớn hơn mức tối đa 25.') }],
    });
    expect(errors({ points: { ...points, procedures: -1 } })).toEqual([['procedures', 'score/negative']]);
    expect(errors({ points: { ...points, Procedures: 1 } })).toEqual([['Procedures', 'score/unknown']]);
    expect(errors({ points, parts: { survey: 90 } })).toEqual([['survey', 'score/unknown']]);
    const { steering: _, ...rest } = points;
    expect(errors({ points: { ...rest, procedures: 26 } })).toEqual([
      ['steering', 'score/missing'],
      ['procedures', 'score/too-large'],
    ]);
  });
});

describe('a set that cannot be scored', () => {
  const findings = (change: object): unknown[] => {
    const read = readSet({ ...caoBang, ...change });
    return read.ok ? [] : read.findings.map((finding) => [finding.path, finding.code]);
  };
  it('is refused with the place', () => {
    const domains = caoBang.domains ?? [];
    expect(findings({ max: 101 })).toEqual([['/', 'set/maxima']]);
    expect(findings({ validFrom: '2022-02-30' })).toEqual([['/validFrom', 'set/days']]);
    expect(findings({ validFrom: '2022-01-01', validTo: '2021-12-31' })).toEqual([['/validTo', 'set/days']]);
    expect(findings({ level: 'ấp' })).toEqual([['/level', 'set/level']]);
    expect(findings({ name: ' \t' })).toEqual([['/name', 'set/name']]);
    expect(findings({ domains: [...domains, { id: 'steering', name: 'Lần nữa', max: 0 }] })).toEqual([
      ['/steering', 'set/repeated-id'],
    ]);
    expect(findings({ domains: undefined })).toEqual([['/', 'set/empty']]);
    // With parts, a domain of no part would count nowhere.
    const parts = [{ id: 'all', name: 'Thẩm định', weight: 1 }];
    expect(
      findings({ parts, domains: domains.map((each, at) => (at === 0 ? each : { ...each, part: 'all' })) }),
    ).toEqual([['/steering', 'set/unknown-part']]);
    expect(
      findings({
        bands: {
          domain: [
            { min: 50, label: 'Khá' },
            { min: 90, label: 'Tốt' },
          ],
        },
      }),
    ).toEqual([
      ['/bands/domain', 'set/bands'],
      ['/bands/domain', 'set/bands'],
    ]);
    expect(findings({ domains: undefined, parts: [{ id: 'a', name: 'A', weight: 0.9 }] })).toEqual([
      ['/parts', 'set/weights'],
    ]);
    const settings = [
      {
        id: 'x',
        name: 'X',
        chosen: 'c',
        options: [
          { id: 'a', name: 'A', bands: { total: [{ min: 10, label: 'Tốt' }] } },
          { id: 'a', name: 'B', criteria: [{ id: 'none', name: 'N', max: 1 }] },
        ],
      },
    ];
    expect(findings({ settings })).toEqual([
      ['/settings/x', 'set/settings'],
      ['/settings/x/a', 'set/bands'],
      ['/settings/x/a', 'set/repeated-id'],
      ['/settings/x/a', 'set/settings'],
      ['/settings/x/a', 'set/bands'],
    ]);
    expect(findings({ max: 'một trăm' })).toEqual([['/max', 'set/shape']]);
    const excluded = (level: string) =>
      findings({
        domains: domains.map((each, at) => {
          const criteria = [{ id: 'a1', name: 'A1', max: each.max, notFor: [{ level, treat: 'skip' as const }] }];
          return at === 0 ? { ...each, criteria } : each;
        }),
      });
    // An exclusion for a level there is none of would never hold.
    expect([excluded('xã'), excluded('commune')]).toEqual([[['/a1', 'set/level']], []]);
    // Each reading alone adds up; both together would not: c1 3, c2 1, c3 2 of a domain of 5.
    const c = (n: number, max: number) => ({ id: `c${n}`, name: `C${n}`, max });
    const reading = (id: string, criteria: readonly object[]) => ({
      id,
      name: id,
      chosen: 'as-written',
      options: [
        { id: 'as-written', name: 'Như văn bản' },
        { id: 'other', name: 'Cách khác', criteria },
      ],
    });
    const disputed = (second: readonly object[]) =>
      findings({
        max: 5,
        domains: [{ id: 'd', name: 'D', max: 5, criteria: [c(1, 2), c(2, 2), c(3, 1)] }],
        settings: [reading('x', [c(1, 3), c(2, 1)]), reading('y', second)],
      });
    expect(disputed([c(2, 1), c(3, 2)])).toEqual([['/settings/y/other', 'set/settings']]);
    expect(disputed([c(3, 1)])).toEqual([]);
    // A formula nobody can compute is told also while the rest of the set is half made.
    const formula = { ...c(3, 1), rule: { kind: 'formula' as const, expression: 'ratio * so_luong' } };
    expect(disputed([formula])).toEqual([['/settings/y/other', 'set/formula']]);
    const half = { domains: undefined, parts: [{ id: 'a', name: 'A', weight: 0.9 }] };
    expect(findings({ ...half, settings: [reading('y', [formula])] })).toEqual([
      ['/parts', 'set/weights'],
      ['/settings/y/other', 'set/formula'],
    ]);
  });
});

describe('a domain that does not apply to a level at all', () => {
  const skip = [{ level: 'commune', treat: 'skip' as const }];
  const full = [{ level: 'commune', treat: 'full' as const }];
  const base = { name: 'Thử', level: 'any', owner: 'Thử', validFrom: '2026-01-01', source: 'thử', verified: false };
  const domain = (id: string, max: number, notFor?: typeof skip | typeof full, part?: string) => ({
    id,
    name: id,
    max,
    ...(part === undefined ? {} : { part }),
    criteria: [{ id: `${id}1`, name: id, max, ...(notFor ? { notFor } : {}) }],
  });

  it('is left out of total, maximum and bands; given in full it counts without anybody giving it', () => {
    const set: IndicatorSet = {
      ...base,
      id: 'thu',
      max: 100,
      domains: [domain('a', 60), domain('b', 30, skip), domain('c', 10, full)],
      bands: { domain: [{ min: 0, label: 'Yếu' }] },
    };
    const found = score(set, { points: { a1: 45 } }, 'commune');
    expect([found.total, found.max]).toEqual([55, 70]);
    expect(found.domains.map((each) => [each.id, each.points, each.max])).toEqual([
      ['a', 45, 60],
      ['c', 10, 10],
    ]);
    expect(found.lost).toEqual([{ id: 'a1', points: 15 }]);
    // Elsewhere it is missed as ever.
    expect(scoreSet(set, { points: { a1: 45 } }, 'district')).toMatchObject({ ok: false, errors: [{}, {}] });
  });

  it('takes nothing of its part, and a part of such domains alone counts nowhere', () => {
    const parts = [
      { id: 'p', name: 'P', weight: 0.6 },
      { id: 'q', name: 'Q', weight: 0.4 },
    ];
    const some = [domain('a', 50, undefined, 'p'), domain('b', 50, skip, 'p'), domain('c', 20, undefined, 'q')];
    const part = score(
      { ...base, id: 'thu', max: 100, parts, domains: some },
      { points: { a1: 25, c1: 20 } },
      'commune',
    );
    expect([part.total, part.max]).toEqual([70, 100]);
    const whole = [domain('a', 50, undefined, 'p'), domain('c', 20, skip, 'q')];
    const set: IndicatorSet = { ...base, id: 'thu', max: 100, parts, domains: whole };
    const left = score(set, { points: { a1: 25 } }, 'commune');
    expect([left.total, left.max, left.parts.map((each) => each.id)]).toEqual([30, 60, ['p']]);
    // What was published of the part as a whole is no second giving.
    expect(score(set, { points: { a1: 25 }, parts: { q: 50 } }, 'commune').total).toBe(50);
  });

  it('of figures told for information alone is never missed', () => {
    const set: IndicatorSet = { ...base, id: 'thu', max: 60, domains: [domain('a', 60), domain('b', 0)] };
    expect(score(set, { points: { a1: 60 } }).total).toBe(60);
  });
});

describe('places', () => {
  it('are shared by equals, and those after them stay empty', () => {
    expect(rankHighest([81.4, 90, 75, 90], (x) => x).map((each) => [each.item, each.rank, each.population])).toEqual([
      [90, 1, 4],
      [90, 1, 4],
      [81.4, 3, 4],
      [75, 4, 4],
    ]);
  });
  it('put Nông Sơn 16th of 18 with two equals before it', () => {
    const others = [...Array.from({ length: 13 }, (_, n) => 95 - n), 80.5, 80.5, 70, 60];
    const ranked = rankHighest([...others, 79.98], (x) => x);
    expect(ranked.find((each) => each.item === 79.98)).toMatchObject({ rank: 16, population: 18 });
  });
});

describe('properties', () => {
  const points = fc.record(
    Object.fromEntries(
      (caoBang.domains ?? []).map((each) => [each.id, fc.integer({ min: 0, max: each.max * 100 }).map((n) => n / 100)]),
    ),
  );
  it('the domains sum to the total, and the lost points to what is missing', () => {
    fc.assert(
      fc.property(points, (given) => {
        const { total, domains, lost, max } = score(caoBang, { points: given });
        expect(domains.reduce((sum, each) => sum + each.points, 0)).toBeCloseTo(total, 6);
        expect(lost.reduce((sum, each) => sum + each.points, 0)).toBeCloseTo(max - total, 6);
      }),
    );
  });
  it('every point and percentage more never takes from the total, and what was lost is what is missing of it', () => {
    const commune = load('par-index-commune-2026');
    const ids = (commune.domains ?? []).map((domain) => domain.id);
    const maxima = new Map((commune.domains ?? []).map((domain) => [domain.id, domain.max]));
    const shares = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: ids.length + 1, maxLength: ids.length + 1 });
    const of = (list: readonly number[]) =>
      score(commune, {
        points: Object.fromEntries(ids.map((id, at) => [id, ((list[at] ?? 0) * (maxima.get(id) ?? 0)) / 100])),
        parts: { survey: list.at(-1) ?? 0 },
      });
    fc.assert(
      fc.property(shares, fc.nat(ids.length), fc.integer({ min: 0, max: 100 }), (list, at, other) => {
        const changed = list.map((each, index) => (index === at ? Math.max(each, other) : each));
        const [before, after] = [of(list), of(changed)];
        expect(after.total).toBeGreaterThanOrEqual(before.total);
        const lost = before.lost.reduce((sum, each) => sum + each.points, 0);
        // Each line is rounded by itself.
        expect(Math.abs(lost - (before.max - before.total))).toBeLessThanOrEqual(
          0.005 * (before.lost.length + 1) + 1e-9,
        );
      }),
    );
  });
  it('more never scores less', () => {
    const rules = fc.constantFrom<ScoringRule>(
      { kind: 'linear' },
      { kind: 'linear', full: 0.8 },
      { kind: 'threshold', at: 0.5 },
      {
        kind: 'bands',
        steps: [
          { min: 0.9, points: 2 },
          { min: 0.5, points: 1 },
        ],
      },
    );
    fc.assert(
      fc.property(rules, fc.nat(200), fc.nat(200), (rule, a, b) => {
        const at = (numerator: number) => pointsOf({ max: 2, rule }, { numerator, denominator: 100 })?.toNumber() ?? -1;
        expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)));
        expect(at(a)).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe('the shipped sets give an index from values as people have them', () => {
  const of = (numerator: number, denominator: number) => ({ numerator, denominator });
  const whole = (set: IndicatorSet): Record<string, number> =>
    Object.fromEntries((set.domains ?? []).map((domain) => [domain.id, domain.max / 2]));
  it('SIPAS: 182 good answers of 200 are 91.0, 33 of 40 about land 82.5, none are no index', () => {
    const sipas = load('sipas-2023');
    const index = (numerator: number, denominator: number) =>
      scoreSet(sipas, { measures: { 'satisfied-answers': of(numerator, denominator) } });
    expect(index(120 + 62, 200)).toMatchObject({ ok: true, score: { total: 91 } });
    expect(index(33, 40)).toMatchObject({ ok: true, score: { total: 82.5 } });
    expect(index(0, 0)).toMatchObject({ ok: false, errors: [{ code: 'score/no-data' }] });
  });
  it('DDCI from the published whole alone, 86.3', () => {
    expect(score(load('ddci-2022'), { parts: { ddci: 86.3 } })).toMatchObject({ total: 86.3, max: 100 });
    expect(score(load('ddci-2022'), { points: whole(load('ddci-2022')) }).total).toBe(50);
  });
  it('DTI of 1,000 and PAPI of 80 points by domain', () => {
    expect(score(load('dti-district-2022'), { points: whole(load('dti-district-2022')) })).toMatchObject({
      total: 500,
      max: 1000,
    });
    expect(score(load('dti-commune-2025'), { points: whole(load('dti-commune-2025')) }).total).toBe(500);
    expect(score(load('papi-2018'), { points: whole(load('papi-2018')) })).toMatchObject({ total: 40, max: 80 });
  });
  it('Đề án 06: 135 % and 108 % have all points, 98 % of ten 9.8', () => {
    const full = of(1, 1);
    const measures = {
      cleaned: full,
      'id-cards': full,
      accounts: of(16_175, 12_000),
      activated: of(12_951, 12_000),
      'essential-online': full,
      'social-insurance': of(98, 100),
      'civil-status': full,
    };
    expect(score(load('de-an-06-2023'), { measures })).toMatchObject({ total: 99.8, band: 'Gần hoàn thành' });
  });
  it('the PAR INDEX of a commune from criteria, sub-criteria and the survey', () => {
    const points = whole(load('par-index-commune-2026'));
    expect(score(load('par-index-commune-2026'), { points, parts: { survey: 90 } })).toMatchObject({
      total: 62,
      parts: [{ percent: 50, points: 35 }, { points: 27 }],
      band: 'Trung bình',
    });
  });
  it('and tells what was lost in points of the index, the survey among it: 38 of 100', () => {
    const set = load('par-index-commune-2026');
    const { lost } = score(set, { points: whole(set), parts: { survey: 90 } });
    expect(lost.slice(0, 3)).toEqual([
      { id: 'procedures', points: 9.8 },
      { id: 'e-government', points: 7 },
      { id: 'steering', points: 5.6 },
    ]);
    expect(lost.find((each) => each.id === 'survey')).toEqual({ id: 'survey', points: 3 });
    expect(lost.reduce((sum, each) => sum + each.points, 0)).toBeCloseTo(38, 6);
  });
});
