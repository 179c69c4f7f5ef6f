import { describe, expect, it } from 'vitest';
import { compileForm } from '../../../core/forms/compile.ts';
import { evaluateForm } from '../../../core/forms/evaluate.ts';
import { readProcedureContent } from './content.ts';
import { componentsFor, findCase } from './rules/conditions.ts';
import type { ProcedureDefinition } from './rules/definition.ts';
import { diffRevisions } from './rules/diff.ts';
import { computeFees } from './rules/fees.ts';
import { isPublishable, lintProcedure } from './rules/lint.ts';
import { fillTemplate } from './rules/result-template.ts';
import { limitText, resolveTimeLimit } from './rules/time-limit.ts';

const { definitions, problems } = readProcedureContent();
function get(code: string, revision = '2025-07-01'): ProcedureDefinition {
  const found = definitions.find((one) => one.code === code && one.revision === revision);
  if (!found) throw new Error(`${code} ${revision}`);
  return found;
}
const limits = (code: string, revision: string, caseId?: string): string => {
  const resolved = resolveTimeLimit(get(code, revision), { caseId, channel: 'desk' });
  return resolved.ok ? limitText(resolved.limit) : resolved.message;
};

describe('the procedures that come with the program', () => {
  it('are five codes in three spans, of the right shape', () => {
    expect(problems).toEqual([]);
    expect(definitions.map((one) => `${one.code} ${one.revision}`)).toHaveLength(15);
  });

  it.each(definitions.map((one) => [`${one.code} ${one.revision}`, one] as const))(
    '%s has no error and no warning',
    (_, one) => {
      expect(lintProcedure(one).filter((finding) => finding.severity !== 'info')).toEqual([]);
      expect(isPublishable(one)).toBe(true);
    },
  );

  it('follow one another without gap or overlap', () => {
    for (const code of new Set(definitions.map((one) => one.code))) {
      const spans = definitions.filter((one) => one.code === code).map((one) => [one.validFrom, one.validTo]);
      expect(spans).toEqual([
        ['2022-01-01', '2022-12-31'],
        ['2023-01-01', '2025-06-30'],
        ['2025-07-01', undefined],
      ]);
    }
  });

  it('have the limits of their era', () => {
    expect(limits('1.004873', '2023-01-01')).toBe('3 ngày làm việc');
    expect(limits('1.004873', '2025-07-01')).toBe('3 ngày làm việc');
    expect(limits('2.000815', '2025-07-01')).toBe('trong ngày (nhận sau 15:00 thì ngày làm việc tiếp theo)');
    expect(limits('1.001612', '2025-07-01')).toBe('3 ngày làm việc');
    expect(limits('1.001776', '2023-01-01')).toBe('25 ngày làm việc');
    expect(limits('1.001776', '2025-07-01')).toBe('10 ngày làm việc');
    expect(limits('1.013225', '2025-07-01', 'khong-theo-tuyen')).toBe('10 ngày làm việc');
    expect(limits('1.013225', '2025-07-01', 'nha-o')).toBe('7 ngày làm việc');
  });

  it('belong to the level of their era', () => {
    expect(definitions.filter((one) => one.revision === '2025-07-01').every((one) => one.levels.join() === 'xa')).toBe(
      true,
    );
    expect(get('1.001612', '2023-01-01').levels).toEqual(['huyen']);
    expect(get('2.000815', '2023-01-01').levels).toEqual(['xa', 'huyen']);
    expect(get('1.001776', '2023-01-01')).toMatchObject({ levels: ['xa'], decidedAt: 'huyen' });
  });
});

describe('certified copies (2.000815)', () => {
  const fee = (documents: readonly object[]): number | undefined => {
    const fees = computeFees(get('2.000815'), { channel: 'desk', values: { documents } });
    return fees.ok ? fees.totalVnd : undefined;
  };
  it.each([
    [1, 1, 2000],
    [2, 1, 4000],
    [5, 1, 7000],
    [198, 1, 200_000],
    [300, 1, 200_000],
    [5, 3, 21_000],
  ])('%i pages, %i copies cost %i đ', (pages, copies, total) => {
    expect(fee([{ title: 'Bằng', pages, copies }])).toBe(total);
  });
  it('adds up papers, each by its own pages', () => {
    expect(
      fee([
        { title: 'Bằng', pages: 1, copies: 2 },
        { title: 'Học bạ', pages: 10, copies: 1 },
      ]),
    ).toBe(16_000);
  });
  it('never costs nothing because a number is missing', () => {
    expect(fee([{ title: 'Bằng', copies: 1 }])).toBeUndefined();
  });
  it('takes longer for many pages', () => {
    const caseOf = (pages: number): string | undefined =>
      findCase(get('2.000815'), { channel: 'desk', values: { documents: [{ title: 'x', pages, copies: 1 }] } })?.id;
    expect([caseOf(3), caseOf(400)]).toEqual(['2.000815.01', 'nhieu-trang']);
    expect(limits('2.000815', '2025-07-01', 'nhieu-trang')).toBe('2 ngày làm việc');
  });
});

describe('confirmation of marital status (1.004873)', () => {
  const definition = get('1.004873');
  const answers = {
    filingFor: 'self',
    applicant: {
      fullName: 'Trần Thị Mẫu',
      idType: 'cccd',
      idNumber: '999190000001',
      birthDate: '1996-05-09',
      gender: 'female',
      nationality: 'Việt Nam',
      ethnicity: 'Kinh',
    },
    applicantAddress: { text: 'Thôn Một', unitText: 'xã Hiệp Đức, thành phố Đà Nẵng' },
    maritalStatus: 'never-married',
    purpose: 'property',
    certificateCount: 2,
    previouslyIssued: 'no',
    feeExemption: 'poor',
    declaration: true,
  };
  const check = (values: object) => {
    if (!definition.form) throw new Error('no form');
    const compiled = compileForm(definition.form);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.findings));
    return evaluateForm(compiled.form, values as Record<string, unknown>, {
      today: '2026-11-22',
      demo: true,
      mode: 'submit',
    });
  };

  it('takes a complete form', () => {
    expect(check(answers).errors).toEqual([]);
  });
  it('gives one copy only for a marriage, and asks for the other person', () => {
    const paths = check({ ...answers, purpose: 'marriage' }).errors.map((error) => error.path);
    expect(paths.some((path) => path.startsWith('partner'))).toBe(true);
    expect(paths).toContain('certificateCount');
  });
  it('asks for the papers the answers call for', () => {
    const needed = (channel: 'desk' | 'online', values: object): string[] =>
      componentsFor(definition, { channel, values: values as Record<string, unknown> })
        .filter((component) => component.required)
        .map((component) => component.id);
    expect(needed('online', answers)).toEqual(['to-khai']);
    expect(needed('desk', answers)).toEqual(['to-khai', 'tuy-than']);
    expect(needed('online', { ...answers, previouslyIssued: 'returned' })).toEqual(['to-khai', 'giay-da-cap']);
    expect(needed('online', { ...answers, filingFor: 'other', submitterIsRelative: 'no' })).toEqual([
      'to-khai',
      'uy-quyen',
    ]);
    expect(needed('online', { ...answers, filingFor: 'other', submitterIsRelative: 'yes' })).toEqual(['to-khai']);
  });
  it('charges what the province has set, and the poor nothing', () => {
    const total = (feeExemption: string): unknown =>
      computeFees(definition, { channel: 'desk', values: { ...answers, feeExemption } }, { 'le-phi': 15_000 });
    expect(total('none')).toMatchObject({ ok: true, totalVnd: 15_000 });
    expect(total('poor')).toMatchObject({ ok: true, totalVnd: 0, lines: [{ exemptedBy: 'Người thuộc hộ nghèo' }] });
  });
  it('drafts the paper from the form, and leaves dots for what is missing', () => {
    const template = definition.results[0]?.template;
    if (!template) throw new Error('no template');
    const { body } = fillTemplate(
      template,
      { form: answers, dossier: { code: 'H17.32-261122-0001' }, unit: {} },
      definition.form,
    );
    expect(body).toContain('Họ, chữ đệm, tên: TRẦN THỊ MẪU');
    expect(body).toContain('Ngày, tháng, năm sinh: 09/05/1996; giới tính: Nữ');
    expect(body).toContain('Tình trạng hôn nhân: Chưa đăng ký kết hôn với ai …………');
    expect(body).toContain('Nơi cư trú: Thôn Một, xã Hiệp Đức, thành phố Đà Nẵng');
    expect(body[0]).toBe('…………');
  });
});

describe('household business (1.001612) and building permits (1.013225)', () => {
  it('charge by channel and by kind of building', () => {
    const business = (channel: 'desk' | 'online') => computeFees(get('1.001612'), { channel, values: {} });
    expect([business('desk'), business('online')]).toMatchObject([{ totalVnd: 50_000 }, { totalVnd: 150_000 }]);
    const permit = (constructionKind: string, caseId: string) =>
      computeFees(get('1.013225'), { caseId, values: { constructionKind } });
    expect([permit('house', 'nha-o'), permit('building', 'khong-theo-tuyen')]).toMatchObject([
      { totalVnd: 75_000 },
      { totalVnd: 150_000 },
    ]);
  });
  it('find the case in the form', () => {
    expect(findCase(get('1.013225'), { values: { constructionKind: 'house' } })?.id).toBe('nha-o');
    expect(findCase(get('1.001612'), { values: { ownerKind: 'family' } })?.id).toBe('1.001612.02');
    expect(findCase(get('1.013225'), { values: {} })).toBeUndefined();
  });
});

describe('the difference of two revisions', () => {
  it('is told by stable ids in Vietnamese', () => {
    const changes = diffRevisions(get('1.001776', '2023-01-01'), get('1.001776'));
    const limit = changes.find((change) => change.path === '/timeLimits/chung/allow/amount');
    expect(limit).toMatchObject({ kind: 'changed', before: '25', after: '10' });
    expect(changes.find((change) => change.path === '/decidedAt')).toMatchObject({
      kind: 'removed',
      before: 'huyen',
    });
    expect(changes.find((change) => change.path === '/steps/xet-duyet-xa')).toMatchObject({ kind: 'removed' });
    expect(changes.find((change) => change.path === '/steps/tham-dinh')?.label).toContain(
      'Bước xử lý: “Phòng LĐ-TB&XH thẩm định',
    );
    expect(diffRevisions(get('1.001776'), get('1.001776'))).toEqual([]);
  });
});
