import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDefinition } from './check-definition.ts';
import { interpretNational } from './national.ts';
import { guessAllowance } from './national-time.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../../../../shared/data/procedures');
const present = fs.existsSync(FOLDER);
const files = present
  ? fs
      .readdirSync(FOLDER)
      .filter((name) => name.endsWith('.json'))
      .sort()
  : [];
const read = (name: string): Raw => JSON.parse(fs.readFileSync(path.join(FOLDER, name), 'utf8'));

/** The raw file, counted by hand. */
type Named = { name: string };
type Raw = {
  detail: {
    requirementsAndConditions: string;
    executionSteps: (Named & { description: string })[];
    executionMethods: { description?: string; fees: { description?: string }[] }[];
    fees: unknown[];
    cases: { profileComponents: Named[] }[];
    executionCases: (Named & { profileComponents: Named[] })[];
    profileComponents: Named[];
    legalBasisesDetails: unknown[];
  };
};
function rawCounts(raw: Raw): Record<string, number> {
  const d = raw.detail;
  const sum = <T>(list: T[], pick: (x: T) => unknown[]): number => list.reduce((n, x) => n + pick(x).length, 0);
  return {
    steps: d.executionSteps.length,
    methods: d.executionMethods.length,
    fees: sum(d.executionMethods, (m) => m.fees) + d.fees.length,
    cases: d.cases.length,
    components:
      sum(d.executionCases, (c) => c.profileComponents) +
      sum(d.cases, (c) => c.profileComponents) +
      d.profileComponents.length,
    legalBases: d.legalBasisesDetails.length,
  };
}

describe.skipIf(!present)(`the national portal's files in ${FOLDER} (skipped where they are absent)`, () => {
  it('has 91 files, each read without loss into a definition of the right shape', () => {
    expect(files).toHaveLength(91);
    const totals = { steps: 0, methods: 0, fees: 0, cases: 0, components: 0, legalBases: 0 };
    for (const name of files) {
      const raw = read(name);
      const reading = interpretNational(raw);
      if (!reading.ok) throw new Error(`${name}: ${reading.message}`);
      expect(reading.counts, name).toEqual(rawCounts(raw));
      for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += reading.counts[key];
      const checked = checkDefinition(reading.definition);
      expect(checked.ok ? [] : checked.problems, name).toEqual([]);
      expect(new Set(reading.definition.components.map((c) => c.id)).size, name).toBe(
        reading.definition.components.length,
      );
      expect(
        reading.findings.filter((finding) => finding.severity === 'error'),
        name,
      ).toEqual([]);
    }
    expect(totals).toEqual({ steps: 108, methods: 248, fees: 228, cases: 120, components: 926, legalBases: 680 });
  });

  it('keeps every word of steps, components, conditions and fee descriptions', () => {
    const squeeze = (words: string): string =>
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the reader drops
      words.normalize('NFC').replace(/[\s\u0000-\u001F\u007F\u200B-\u200F\u2028-\u202E\uFEFF]+/gu, '');
    for (const name of files) {
      const raw = read(name);
      const reading = interpretNational(raw);
      if (!reading.ok) throw new Error(name);
      const all = squeeze(JSON.stringify(reading.definition).replace(/\\n|\\t/g, ' '));
      const wanted: string[] = [raw.detail.requirementsAndConditions];
      for (const step of raw.detail.executionSteps) wanted.push(step.name, step.description);
      for (const group of raw.detail.executionCases) {
        wanted.push(group.name, ...group.profileComponents.map((c) => c.name));
      }
      for (const method of raw.detail.executionMethods) {
        wanted.push(method.description ?? '', ...method.fees.map((fee) => fee.description ?? ''));
      }
      for (const words of wanted) {
        const json = squeeze(
          JSON.stringify(words.trim())
            .slice(1, -1)
            .replace(/\\[nrt]/g, ' ')
            .replace(/\\u00[01][0-9a-f]|\\u007f/g, ''),
        );
        expect(all.includes(json), `${name}: ${words.slice(0, 80)}`).toBe(true);
      }
    }
  });

  it('takes the limit of the case before that of the method, and tells of the contradiction', () => {
    const reading = interpretNational(read('1.013225.json'));
    if (!reading.ok) throw new Error(reading.message);
    expect(reading.definition.cases.map((one) => one.id)).toEqual(['1.013225.01', '1.013225.01~2']);
    expect(reading.definition.timeLimits).toEqual([
      { case: '1.013225.01', allow: { unit: 'day', amount: 20 }, verified: false },
      { case: '1.013225.01~2', allow: { unit: 'day', amount: 20 }, verified: false },
    ]);
    const rules = reading.findings.map((finding) => finding.rule);
    expect(rules.filter((rule) => rule === 'national/limit-conflict')).toHaveLength(3);
    expect(rules).toContain('national/case-code-repeated');
  });

  it('tells dollars but does not charge them, and reads an empty currency as đồng', () => {
    const certified = interpretNational(read('2.000815.json'));
    if (!certified.ok) throw new Error(certified.message);
    expect(certified.definition.fees.map(({ amountVnd, foreign }) => ({ amountVnd, foreign }))).toEqual([
      { amountVnd: 2000, foreign: undefined },
      { amountVnd: undefined, foreign: { amount: 10, currency: 'USD' } },
    ]);
    const household = interpretNational(read('1.001612.json'));
    if (!household.ok) throw new Error(household.message);
    expect(household.definition.fees.map((fee) => [fee.channel, fee.amountVnd, fee.setByProvince])).toEqual([
      ['online', 150_000, true],
      ['post', 150_000, true],
      ['desk', 50_000, true],
    ]);
  });

  it('reports hours as ambiguous and two limits of one channel as a conflict', () => {
    const urgent = interpretNational(read('1.004946.json'));
    const shelter = interpretNational(read('2.000286.json'));
    if (!urgent.ok || !shelter.ok) throw new Error('unreadable');
    expect(urgent.definition.timeLimits[0]?.allow).toEqual({ unit: 'clock-hour', amount: 12 });
    expect(urgent.findings.map((finding) => finding.rule)).toContain('national/hours-ambiguous');
    expect(
      shelter.findings.filter((finding) => finding.rule === 'national/limit-conflict').length,
    ).toBeGreaterThanOrEqual(3);
  });
});

describe('limits in words', () => {
  const cases: [string, unknown][] = [
    ['Trong thời hạn 03 ngày làm việc kể từ ngày nhận đủ hồ sơ', { unit: 'working-day', amount: 3 }],
    ['Ngay trong ngày tiếp nhận yêu cầu', { unit: 'same-day', cutOff: '15:00' }],
    ['Trong ngày làm việc', { unit: 'same-day', cutOff: '15:00' }],
    ['30 ngày', { unit: 'day', amount: 30 }],
    ['01 tháng', { unit: 'month', amount: 1 }],
    ['12 giờ kể từ khi nhận thông tin', { unit: 'clock-hour', amount: 12 }],
    ['8 giờ làm việc', { unit: 'working-hour', amount: 8 }],
    ['05 (năm) ngày làm việc', { unit: 'working-day', amount: 5 }],
    ['10 ngày làm việc (hoặc 7 ngày làm việc đối với nhà ở riêng lẻ)', undefined],
    ['nhận sau 15 giờ', undefined],
    ['Theo quy định', undefined],
    ['', undefined],
  ];
  it.each(cases)('%s', (words, expected) => {
    expect(guessAllowance(words)).toEqual(expected);
  });
});

describe('hostile files', () => {
  it('never throws, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (a, b, c) => {
        interpretNational(a);
        const reading = interpretNational({
          code: '1.004873',
          name: 'Thủ tục',
          detail: {
            cases: a,
            executionMethods: b,
            executionCases: c,
            fees: [a],
            executionSteps: [b],
            procedureProposal: c,
            category: a,
          },
        });
        if (reading.ok) expect(checkDefinition(reading.definition)).toMatchObject({ ok: true });
      }),
      { numRuns: 300 },
    );
  });

  it('refuses what is no procedure with a reason', () => {
    expect(interpretNational({ code: 'x' })).toMatchObject({ ok: false, code: 'national/not-a-procedure' });
    expect(interpretNational(null)).toMatchObject({ ok: false });
  });
});
