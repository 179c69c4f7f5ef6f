import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Draft, isDeputy, judgeAbsence } from './acceptable.ts';
import { overlaps, statusAt } from './period.ts';
import { joinRights, lentRights } from './scope.ts';

const at = (day: number, hour = 0): Date => new Date(Date.UTC(2026, 10, day, hour));
const period = (from: number, to: number) => ({ startsAt: at(from), endsAt: at(to) });
const stand = (staffId: string, over: object = {}) => ({
  staffId,
  name: `Ông ${staffId}`,
  inOffice: true,
  title: 'Phó Chủ tịch UBND xã',
  authorityIds: ['xa'],
  mustBeAt: ['xa'],
  signing: false,
  decisionNumber: null,
  ...over,
});
const draft = (over: Partial<Draft>): Draft => ({
  id: null,
  staffId: 'A',
  period: period(10, 15),
  stands: [stand('B')],
  recorded: [],
  now: at(9),
  longestDays: 366,
  deputyTitles: ['Phó'],
  ...over,
});
const recorded = (staffId: string, from: number, to: number, acting: readonly string[] = []) => ({
  id: `${staffId}${from}`,
  staffId,
  ...period(from, to),
  acting: acting.map((one) => ({ staffId: one, ...period(from, to) })),
});

/** What is recorded already, what is asked, what is answered: for a lawyer to read. */
const CASES: readonly (readonly [string, Partial<Draft>, string])[] = [
  ['A nghỉ 10–15, B làm thay', {}, 'ok'],
  ['không có người làm thay cũng được ghi', { stands: [] }, 'ok'],
  ['hết trước khi bắt đầu', { period: period(15, 10) }, 'absence/period'],
  ['đã qua', { period: period(1, 9) }, 'absence/period'],
  ['bắt đầu hôm qua, còn vắng', { period: period(8, 12) }, 'ok'],
  ['dài hơn mức cho phép', { longestDays: 3 }, 'absence/too-long'],
  ['A đã vắng 14–20', { recorded: [recorded('A', 14, 20)] }, 'absence/overlap'],
  ['A đã vắng 15–20: chỉ chạm nhau', { recorded: [recorded('A', 15, 20)] }, 'ok'],
  ['tự làm thay mình', { stands: [stand('A')] }, 'absence/self'],
  ['B đã thôi việc', { stands: [stand('B', { inOffice: false })] }, 'absence/acting-left'],
  ['B ở cơ quan khác', { stands: [stand('B', { authorityIds: ['huyen'] })] }, 'absence/other-authority'],
  ['B cũng vắng 12–13', { recorded: [recorded('B', 12, 13, ['C'])] }, 'absence/acting-absent'],
  ['B vắng 15–20, sau A', { recorded: [recorded('B', 15, 20)] }, 'ok'],
  ['A → B → A', { recorded: [recorded('B', 12, 20, ['A'])] }, 'absence/circular'],
  ['A làm thay B xong ngày 10', { recorded: [recorded('B', 5, 10, ['A'])] }, 'ok'],
  ['ký thay không có văn bản', { stands: [stand('B', { signing: true })] }, 'absence/decision'],
  ['ký thay theo văn bản', { stands: [stand('B', { signing: true, decisionNumber: '12/QĐ' })] }, 'ok'],
  [
    'chuyên viên ký thay',
    { stands: [stand('B', { signing: true, decisionNumber: '12/QĐ', title: 'Chuyên viên' })] },
    'absence/deputy',
  ],
  ['sửa chính lần vắng ấy', { id: 'A10', recorded: [recorded('A', 10, 15, ['C'])] }, 'ok'],
];

describe('recording an absence', () => {
  test.each(CASES)('%s', (_, over, expected) => {
    const judged = judgeAbsence(draft(over));
    expect(judged.ok ? 'ok' : judged.code).toBe(expected);
  });

  test('a deputy is one whose title begins so', () => {
    expect(isDeputy('phó chủ tịch', ['Phó'])).toBe(true);
    expect(isDeputy('Phóng viên', ['Phó'])).toBe(false);
  });

  test('it begins and ends at the second', () => {
    const absence = { ...period(10, 15), cancelledAt: null };
    const second = (date: Date, n: number) => new Date(date.getTime() + n * 1000);
    expect([second(at(10), -1), at(10), second(at(15), -1), at(15)].map((now) => statusAt(absence, now))).toEqual([
      'planned',
      'active',
      'active',
      'ended',
    ]);
    expect(statusAt({ ...absence, cancelledAt: at(9) }, at(11))).toBe('cancelled');
  });

  test('overlapping is mutual, and an empty period overlaps nothing', () => {
    const one = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 10 }));
    fc.assert(
      fc.property(one, one, ([a, n], [b, m]) => {
        const [x, y] = [period(a, a + n), period(b, b + m)];
        let shared = false;
        for (let day = 1; day <= 30; day++) shared ||= day >= a && day < a + n && day >= b && day < b + m;
        expect(overlaps(x, y)).toBe(shared);
        expect(overlaps(y, x)).toBe(shared);
      }),
    );
  });
});

describe('what is lent', () => {
  const rights = fc
    .dictionary(
      fc.constantFrom('dossier.process', 'dossier.approve', 'system.administer', 'dossier.read'),
      fc.uniqueArray(fc.constantFrom<string>('u1', 'u2', 'u3')),
    )
    .map((given) => new Map(Object.entries(given).map(([name, units]) => [name, new Set(units)])));
  const scope = fc.record({
    units: fc.option(
      fc.uniqueArray(fc.constantFrom<string>('u1', 'u2')).map((units) => new Set(units)),
      { nil: null },
    ),
    permissions: fc.option(fc.uniqueArray(fc.constantFrom('dossier.process', 'dossier.approve')), { nil: null }),
    signing: fc.boolean(),
  });
  const reserved = { signing: ['dossier.approve'], never: ['system.administer'] };

  test('exactly the scope: as one would check each pair by hand', () => {
    fc.assert(
      fc.property(rights, scope, (held, wanted) => {
        const lent = lentRights(held, wanted, reserved);
        for (const permission of ['dossier.process', 'dossier.approve', 'system.administer', 'dossier.read']) {
          for (const unit of ['u1', 'u2', 'u3']) {
            const expected =
              (held.get(permission)?.has(unit) ?? false) &&
              permission !== 'system.administer' &&
              (permission !== 'dossier.approve' || wanted.signing) &&
              (wanted.permissions === null || (wanted.permissions as string[]).includes(permission)) &&
              (wanted.units === null || wanted.units.has(unit));
            expect(lent.get(permission)?.has(unit) ?? false).toBe(expected);
          }
        }
      }),
    );
  });

  test('joined rights are those of either', () => {
    fc.assert(
      fc.property(rights, rights, (a, b) => {
        const joined = joinRights(a, b);
        for (const name of [...a.keys(), ...b.keys()])
          expect(joined.get(name) ?? new Set()).toEqual(new Set([...(a.get(name) ?? []), ...(b.get(name) ?? [])]));
      }),
    );
  });
});
