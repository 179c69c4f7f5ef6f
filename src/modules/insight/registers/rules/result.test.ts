import { describe, expect, it } from 'vitest';
import { findRegister } from '../content.ts';
import { valueOfCell } from '../import-cells.ts';
import { lintRegister } from './lint.ts';
import type { RegisterDefinition, RegisterField } from './register.ts';
import { codeInCell, mentionOf, readResult, resultInCell, resultParts, writeResult } from './result.ts';
import { checkValues } from './values.ts';

function commendations(): RegisterDefinition {
  const found = findRegister('commendations');
  if (!found) throw new Error('commendations');
  return found;
}
const LINE = { decision: '12/QĐ-UBND', day: '2023-07-19', groups: 5, persons: 9 };
const TARGET = 'target:01890000-0000-7000-8000-000000000001';

describe('what a line refers to', () => {
  it.each([
    [`${TARGET} Chỉ tiêu A, năm 2023`, { code: TARGET, label: 'Chỉ tiêu A, năm 2023' }],
    [TARGET, { code: TARGET, label: '' }],
    ['index:par-index-2022:u1 Hạng 3/10', { code: 'index:par-index-2022:u1', label: 'Hạng 3/10' }],
    ['metric:on-time-rate:u1:2023-07:calendar x', { code: 'metric:on-time-rate:u1:2023-07:calendar', label: 'x' }],
    ['survey:s1:u1 [y]', { code: 'survey:s1:u1', label: '[y]' }],
    ['report:r1 A', undefined],
    ['target:', undefined],
    ['target: A', undefined],
    [' target:t1', undefined],
    ['PAR INDEX 2022', undefined],
    ['', undefined],
    [12, undefined],
    [null, undefined],
  ])('is read from %j', (held, result) => {
    expect(readResult(held)).toEqual(result);
    if (result && typeof held === 'string') expect(writeResult(result)).toBe(held);
  });

  it.each([
    [`Chỉ tiêu A, năm 2023 [${TARGET}]`, TARGET],
    [`Chỉ tiêu [B], năm 2023 [${TARGET}]`, TARGET],
    [` ${TARGET} `, TARGET],
    [`[${TARGET}]`, TARGET],
    ['Chỉ tiêu A, năm 2023', undefined],
    [`${TARGET} Chỉ tiêu A`, undefined],
    ['', undefined],
  ])('is found in a cell: %j', (text, code) => expect(codeInCell(text)).toBe(code));

  it('comes back out of a cell as it went in', () => {
    for (const label of ['Chỉ tiêu A: 81,40 %', 'Có [ngoặc] ở giữa', ''])
      expect(codeInCell(resultInCell({ code: TARGET, label }))).toBe(TARGET);
    const field = commendations().fields.find(({ type }) => type === 'result') as RegisterField;
    expect(valueOfCell(field, { kind: 'text', text: `Chỉ tiêu A [${TARGET}]` })).toEqual({ ok: true, value: TARGET });
    expect(valueOfCell(field, { kind: 'empty' })).toEqual({ ok: true, value: null });
    expect(valueOfCell(field, { kind: 'text', text: 'Chỉ tiêu A' })).toMatchObject({ ok: false });
    expect(valueOfCell(field, { kind: 'number', number: 12, percent: false })).toMatchObject({ ok: false });
  });

  it('is taken apart by kind', () => {
    expect(resultParts('survey:s1:u1')).toEqual(['survey', 's1', 'u1']);
    expect(resultParts(`${TARGET} A`)).toBeUndefined();
    expect(resultParts('report:r1')).toBeUndefined();
  });
});

describe('a line of commendations', () => {
  it('holds with a result, without one, and not with a text that is none', () => {
    const of = (result: unknown) => checkValues(commendations(), { ...LINE, result });
    expect(of(`${TARGET} Chỉ tiêu A`)).toMatchObject({
      ok: true,
      values: { result: `${TARGET} Chỉ tiêu A`, total: 14 },
    });
    expect(of('')).toMatchObject({ ok: true, values: { result: null } });
    expect(checkValues(commendations(), LINE)).toMatchObject({ ok: true, values: { result: null } });
    expect(of('Chỉ tiêu A')).toMatchObject({
      ok: false,
      findings: [{ key: 'result', message: 'Kết quả được khen: chọn một kết quả trong danh sách.' }],
    });
    expect(of(12)).toMatchObject({ ok: false, findings: [{ key: 'result' }] });
  });

  it.each([
    [LINE, '12/QĐ-UBND ngày 19/07/2023 (5 tập thể, 9 cá nhân)'],
    [{ ...LINE, day: null, groups: 1200 }, '12/QĐ-UBND (1.200 tập thể, 9 cá nhân)'],
    [{ decision: 'Không nêu số', groups: null, persons: null }, 'Không nêu số'],
  ])('is told on the page of its result: %#', (values, text) => expect(mentionOf(commendations(), values)).toBe(text));
});

describe('a register with a result', () => {
  it('says how its page calls the lines, and tells no lines apart by it', () => {
    const base = commendations();
    const places = (change: Partial<RegisterDefinition>) =>
      lintRegister({ ...base, ...change }).map((finding) => finding.path);
    expect(places({})).toEqual([]);
    const without = base.fields.map(({ mentionedAs: _, ...field }) => field);
    expect(places({ fields: without })).toEqual(['fields[3].mentionedAs']);
    const everywhere = base.fields.map((field) => ({ ...field, mentionedAs: 'Khen thưởng' }));
    expect(places({ fields: everywhere })).toHaveLength(base.fields.length - 1);
    const required = base.fields.map((field) => (field.type === 'result' ? { ...field, required: true } : field));
    expect(places({ fields: required, lineKey: ['result'] })).toEqual(['lineKey[0]']);
  });
});
