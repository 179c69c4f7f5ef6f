import type { FormDefinition } from '../../../../core/forms/definition.ts';
import type { ProcedureDefinition } from '../../procedures/rules/definition.ts';
import type { WorkStep } from '../../procedures/rules/work.ts';

const days = (amount: number) => ({ unit: 'working-day' as const, amount });

/** A small declaration: a purpose, a number of copies. */
export const FIXTURE_FORM: FormDefinition = {
  id: 'mau-thu',
  revision: '1',
  title: 'Tờ khai mẫu',
  sections: [
    {
      id: 'noi-dung',
      title: 'Nội dung',
      fields: [
        { id: 'purpose', type: 'text', label: 'Mục đích', required: true, maxLength: 200 },
        { id: 'sheets', type: 'number', label: 'Số bản', integer: true, min: 1, max: 20 },
      ],
    },
  ],
} as unknown as FormDefinition;

const STEPS: readonly WorkStep[] = [
  { id: 'tiep-nhan', name: 'Tiếp nhận', role: 'receiver', at: 'desk', kind: 'receive', allow: days(0.5) },
  {
    id: 'tham-tra',
    name: 'Thẩm tra',
    role: 'officer',
    at: 'office',
    office: 'tu-phap',
    kind: 'process',
    allow: days(1),
  },
  {
    id: 'soat-xet',
    name: 'Soát xét',
    role: 'head-of-office',
    at: 'office',
    office: 'tu-phap',
    kind: 'review',
    allow: days(0.5),
  },
  { id: 'ky', name: 'Ký', role: 'chairman', at: 'authority', kind: 'approve', allow: days(0.5) },
  { id: 'vao-so', name: 'Vào sổ', role: 'clerk', at: 'authority', kind: 'number', allow: days(0.5) },
  { id: 'tra', name: 'Trả kết quả', role: 'returner', at: 'desk', kind: 'hand-over', allow: days(0) },
];

/** An invented procedure of three working days with one paper that must be brought and a fee of 15,000 đồng. */
export const FIXTURE_PROCEDURE: ProcedureDefinition = {
  code: '9.000001',
  revision: '2023-01-01',
  name: 'Cấp giấy xác nhận mẫu',
  field: { code: 'G00-XX00', name: 'Mẫu' },
  levels: ['xa'],
  authority: { text: 'UBND cấp xã' },
  validFrom: '2023-01-01',
  nonTerritorial: false,
  onlineLevel: 'full',
  channels: { desk: true, online: true, post: false },
  guestFiling: true,
  subjectTypes: [{ code: 'ĐT1', name: 'Công dân Việt Nam' }],
  cases: [],
  timeLimits: [{ allow: days(3), source: 'Luật mẫu', verified: true }],
  fees: [
    {
      id: 'le-phi',
      name: 'Lệ phí',
      kind: 'charge',
      amountVnd: 15_000,
      payWhen: 'intake',
      source: 'Luật mẫu',
      verified: true,
    },
  ],
  components: [
    {
      id: 'giay-to',
      code: 'G00-KQ1',
      name: 'Giấy tờ tùy thân',
      required: true,
      originals: 1,
      copies: 1,
      present: 'submit',
    },
    { id: 'anh', code: 'G00-KQ2', name: 'Ảnh chụp', required: false, originals: 0, copies: 2, present: 'submit' },
  ],
  results: [
    {
      code: 'KQ.1',
      name: 'Giấy xác nhận',
      template: { title: 'GIẤY XÁC NHẬN', symbol: 'XN-UBND', body: ['Mục đích: {{form.purpose}}'] },
    },
  ],
  legalBases: [{ code: '1/2023', name: 'Luật mẫu' }],
  steps: [...STEPS],
  retention: { code: '20 năm', years: 20, verified: true },
  prose: { steps: [], methods: [] },
  sources: [],
  verified: true,
};
