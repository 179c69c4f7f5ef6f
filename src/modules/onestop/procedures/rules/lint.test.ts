import { describe, expect, it } from 'vitest';
import type { ProcedureDefinition } from './definition.ts';
import { isPublishable, lintProcedure } from './lint.ts';
import { resolveTimeLimit, stepAllowance } from './time-limit.ts';
import type { WorkStep } from './work.ts';

const days = (amount: number): { unit: 'working-day'; amount: number } => ({ unit: 'working-day', amount });
const step = (id: string, kind: WorkStep['kind'], role: WorkStep['role'], amount: number): WorkStep => ({
  id,
  name: id,
  kind,
  role,
  at: role === 'officer' ? 'office' : role === 'chairman' || role === 'clerk' ? 'authority' : 'desk',
  ...(role === 'officer' ? { office: 'tu-phap' } : {}),
  allow: days(amount),
});
const GOOD: ProcedureDefinition = {
  code: '9.000001',
  revision: '2025-07-01',
  name: 'Thủ tục mẫu',
  field: { code: 'G00-XX00', name: 'Mẫu' },
  levels: ['xa'],
  authority: { text: 'UBND cấp xã' },
  validFrom: '2025-07-01',
  nonTerritorial: false,
  onlineLevel: 'partial',
  channels: { desk: true, online: true, post: false },
  guestFiling: false,
  subjectTypes: [{ code: 'ĐT1', name: 'Công dân Việt Nam' }],
  cases: [],
  timeLimits: [{ allow: days(5), source: 'Luật mẫu', verified: true }],
  fees: [
    {
      id: 'phi',
      name: 'Phí',
      kind: 'fee',
      rule: 'pages * 2000',
      payWhen: 'intake',
      source: 'Luật mẫu',
      verified: true,
    },
  ],
  components: [
    {
      id: 'to-khai',
      code: 'G00-KQ1',
      name: 'Tờ khai',
      required: true,
      originals: 1,
      copies: 0,
      form: 'mau',
      present: 'submit',
    },
  ],
  results: [{ code: 'KQ.1', name: 'Kết quả', template: { title: 'GIẤY', body: ['{{form.pages}} trang'] } }],
  legalBases: [{ code: '1/2025', name: 'Luật mẫu' }],
  steps: [
    step('nhan', 'receive', 'receiver', 0.5),
    step('lam', 'process', 'officer', 2.5),
    step('ky', 'approve', 'chairman', 1.5),
    step('so', 'number', 'clerk', 0.5),
    step('tra', 'hand-over', 'returner', 0),
  ],
  form: {
    id: 'mau',
    revision: '1',
    title: 'Tờ khai',
    sections: [
      {
        id: 'all',
        title: 'Nội dung',
        fields: [{ id: 'pages', type: 'number', label: 'Số trang', integer: true, required: true }],
      },
    ],
  },
  retention: { code: 'X', years: 10, verified: true },
  prose: { steps: [], methods: [] },
  sources: ['Mẫu'],
  verified: true,
};
const rules = (change: Partial<ProcedureDefinition>, severity?: string): string[] => [
  ...new Set(
    lintProcedure({ ...GOOD, ...change })
      .filter((finding) => severity === undefined || finding.severity === severity)
      .map((finding) => finding.rule),
  ),
];
const limit = GOOD.timeLimits[0] as ProcedureDefinition['timeLimits'][number];
const [fee] = GOOD.fees as [ProcedureDefinition['fees'][number]];
const [component] = GOOD.components as [ProcedureDefinition['components'][number]];

describe('the linter', () => {
  it('finds nothing in a good procedure', () => {
    expect(rules({})).toEqual([]);
    expect(isPublishable(GOOD)).toBe(true);
  });

  const mistakes: [string, string, Partial<ProcedureDefinition>][] = [
    ['no limit', 'limits/missing', { timeLimits: [] }],
    [
      'a limit for one case only',
      'limits/missing',
      {
        cases: [
          { id: 'a', name: 'A' },
          { id: 'b', name: 'B' },
        ],
        timeLimits: [{ ...limit, case: 'a' }],
      },
    ],
    ['two limits for the same', 'limits/unreachable', { timeLimits: [limit, limit] }],
    ['a limit for a closed channel', 'limits/unreachable', { timeLimits: [limit, { ...limit, channel: 'post' }] }],
    ['a limit for an unknown case', 'cases/unknown', { timeLimits: [limit, { ...limit, case: 'x' }] }],
    ['a limit of zero', 'limits/allowance', { timeLimits: [{ ...limit, allow: days(0) }] }],
    ['half a calendar day', 'limits/allowance', { timeLimits: [{ ...limit, allow: { unit: 'day', amount: 0.5 } }] }],
    ['allow and phases together', 'limits/allow-or-phases', { timeLimits: [{ ...limit, phases: [days(2), days(3)] }] }],
    ['steps that are too short', 'steps/sum', { timeLimits: [{ ...limit, allow: days(6) }] }],
    ['steps that are too long', 'steps/sum', { timeLimits: [{ ...limit, allow: days(4) }] }],
    ['steps in another unit', 'steps/sum', { timeLimits: [{ ...limit, allow: { unit: 'day', amount: 5 } }] }],
    [
      'steps longer than a day for a same-day limit',
      'steps/sum',
      { timeLimits: [{ ...limit, allow: { unit: 'same-day' } }] },
    ],
    [
      'a limit of an area the steps do not follow',
      'steps/sum',
      { timeLimits: [limit, { ...limit, area: 'difficult', allow: days(10) }] },
    ],
    ['no reception', 'steps/first-receives', { steps: GOOD.steps.slice(1) }],
    ['no hand-over', 'steps/last-hands-over', { steps: GOOD.steps.slice(0, 4) }],
    ['no approval', 'steps/approve-missing', { steps: GOOD.steps.filter((one) => one.kind !== 'approve') }],
    [
      'a repeated step',
      'steps/duplicate-id',
      { steps: [...GOOD.steps.slice(0, 4), GOOD.steps[3] as WorkStep, GOOD.steps[4] as WorkStep] },
    ],
    [
      'a clerk who approves',
      'steps/role',
      { steps: GOOD.steps.map((one) => (one.kind === 'approve' ? { ...one, role: 'clerk' as const } : one)) },
    ],
    ['an office step without office', 'steps/office', { steps: GOOD.steps.map(({ office: _office, ...one }) => one) }],
    ['a fee with two amounts', 'fees/amount-or-rule', { fees: [{ ...fee, amountVnd: 1 }] }],
    ['a fee of an unknown field', 'fees/rule', { fees: [{ ...fee, rule: 'sheets * 2' }] }],
    ['a fee that is no whole number', 'fees/rule', { fees: [{ ...fee, rule: 'pages > 2' }] }],
    [
      'an exemption that does not parse',
      'fees/exemption',
      { fees: [{ ...fee, exemptions: [{ id: 'x', name: 'X', condition: 'pages >' }] }] },
    ],
    [
      'a verified fee without source',
      'fees/source-missing',
      { fees: [{ id: 'x', name: 'X', kind: 'fee', amountVnd: 1, payWhen: 'intake', verified: true }] },
    ],
    [
      'two required components of one code',
      'components/duplicate-code',
      { components: [component, { ...component, id: 'hai' }] },
    ],
    [
      'two components of one id',
      'components/duplicate-id',
      { components: [component, { ...component, code: 'khac' }] },
    ],
    [
      'a component that asks an unknown field',
      'components/required',
      { components: [{ ...component, required: 'x > 1' }] },
    ],
    ['a component of an unknown form', 'components/unknown-form', { components: [{ ...component, form: 'khac' }] }],
    ['a component of an unknown group', 'components/unknown-group', { components: [{ ...component, group: 'khac' }] }],
    ['no component', 'components/none', { components: [] }],
    ['no result', 'results/none', { results: [] }],
    ['a result without template', 'results/without-template', { results: [{ code: 'KQ.1', name: 'X' }] }],
    [
      'a placeholder of an unknown field',
      'results/placeholder',
      { results: [{ code: 'KQ.1', name: 'X', template: { title: 'X', body: ['{{form.nobody}}'] } }] },
    ],
    [
      'a placeholder that is not closed',
      'results/placeholder',
      { results: [{ code: 'KQ.1', name: 'X', template: { title: 'X', body: ['{{form.pages'] } }] },
    ],
    ['no legal basis', 'law/missing', { legalBases: [] }],
    ['an end before the beginning', 'dates/order', { validTo: '2025-06-30' }],
    ['no channel', 'channels/none', { channels: { desk: false, online: false, post: false }, onlineLevel: 'none' }],
    ['online without level', 'channels/online-level', { onlineLevel: 'none' }],
    [
      'guests without online channel',
      'channels/guest-filing',
      { guestFiling: true, onlineLevel: 'none', channels: { desk: true, online: false, post: false } },
    ],
    [
      'a repeated case',
      'cases/duplicate-id',
      {
        cases: [
          { id: 'a', name: 'A' },
          { id: 'a', name: 'B' },
        ],
      },
    ],
    ['a case condition that is no truth', 'cases/condition', { cases: [{ id: 'a', name: 'A', condition: 'pages' }] }],
  ];
  it.each(mistakes)('names %s: %s', (_, rule, change) => {
    expect(rules(change, 'error')).toContain(rule);
    expect(isPublishable({ ...GOOD, ...change })).toBe(false);
  });

  it('lists what is not verified without stopping publication', () => {
    const change: Partial<ProcedureDefinition> = {
      verified: false,
      unverified: ['Lệ phí'],
      timeLimits: [{ ...limit, verified: false }],
      retention: { code: '', years: 5, verified: false },
    };
    expect(rules(change, 'info')).toEqual(['unverified/limit', 'unverified/retention', 'unverified/revision']);
    expect(isPublishable({ ...GOOD, ...change })).toBe(true);
  });

  it('lets a draft without steps be kept, but not published', () => {
    expect(rules({ steps: [] }, 'error')).toEqual([]);
    expect(isPublishable({ ...GOOD, steps: [] })).toBe(false);
  });
});

describe('limits and allowances', () => {
  const limits = [
    limit,
    { ...limit, case: 'house', allow: days(7) },
    { ...limit, area: 'difficult' as const, allow: days(20) },
    { ...limit, channel: 'online' as const, allow: days(3) },
  ];
  const of = (at: Parameters<typeof resolveTimeLimit>[1]): unknown => {
    const resolved = resolveTimeLimit({ code: GOOD.code, timeLimits: limits }, at);
    return resolved.ok ? resolved.limit.allow?.amount : resolved.code;
  };
  it('go by case, then area, then channel', () => {
    expect([of({}), of({ caseId: 'house' }), of({ caseId: 'house', area: 'difficult', channel: 'online' })]).toEqual([
      5, 7, 7,
    ]);
    expect([of({ area: 'difficult', channel: 'online' }), of({ channel: 'online' }), of({ caseId: 'other' })]).toEqual([
      20, 3, 5,
    ]);
    expect(resolveTimeLimit({ code: GOOD.code, timeLimits: [] }, {})).toMatchObject({
      ok: false,
      code: 'time-limit/none',
    });
  });
  it('of steps follow the same order', () => {
    const one = { allow: days(2), allowWhen: [{ case: 'house', allow: days(1) }] };
    expect([stepAllowance(one, { caseId: 'house' }), stepAllowance(one, {})]).toEqual([days(1), days(2)]);
  });
});
