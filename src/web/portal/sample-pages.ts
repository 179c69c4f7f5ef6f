import { compileForm } from '../../core/forms/compile.ts';
import type { FormDefinition } from '../../core/forms/definition.ts';
import { evaluateForm } from '../../core/forms/evaluate.ts';
import type { WizardFrame } from '../../modules/onestop/portal/rules/filing-views.ts';
import type { PageContext } from '../../modules/onestop/portal/rules/page-context.ts';
import type { PageName, PortalPages } from '../../modules/onestop/portal/rules/pages.ts';

// One filled example of every page, for tests and for looking at them. Invented people only.

export const sampleContext: PageContext = {
  assets: { css: '/tai-nguyen/style.css', js: '/tai-nguyen/browser.js' },
  path: '/',
  siteName: 'UBND xã Hiệp Đức',
  banners: [{ tone: 'training', word: 'Tập huấn', text: 'Hồ sơ nộp ở đây chỉ để làm thử, không có giá trị pháp lý.' }],
  account: { fullName: 'Trần Thị Mẫu' },
  display: {},
  contact: { phone: '0235 3999 999', email: 'motcua@example.vn', address: 'Thôn An Tây, xã Hiệp Đức' },
};

const figures = { received: 1240, resolved: 1187, early: 1012, onTime: 150, late: 25, open: 53, openLate: 2 };
const summary = {
  code: '1.004873',
  name: 'Cấp Giấy xác nhận tình trạng hôn nhân',
  fieldName: 'Hộ tịch',
  limitText: '3 ngày làm việc',
  fee: { kind: 'by-province' },
  online: 'full',
} as const;

const apology = {
  number: '07/PXL-UBND',
  issuedAt: '2026-11-20T09:00:00+07:00',
  text: 'UBND xã Hiệp Đức không thể trả kết quả đúng hẹn lúc 09:00 ngày 23/11/2026 và xin lỗi Ông/Bà vì sự chậm trễ này. Hẹn trả kết quả mới: 09:00 ngày 27/11/2026.',
  reasonName: 'Cần thêm thời gian xác minh',
  reason: 'Phải xác minh tại nơi cư trú cũ.',
};
const frame: WizardFrame = {
  draftId: '019af000-0000-7000-8000-000000000001',
  procedureCode: '1.004873',
  procedureName: summary.name,
  steps: [
    { id: 'nguoi-nop.lienHe', title: 'Liên hệ', state: 'done', href: '/nop-ho-so/x/nguoi-nop.lienHe' },
    { id: 'to-khai.who', title: 'Người được xác nhận', state: 'current', href: '/nop-ho-so/x/to-khai.who' },
    { id: 'giay-to', title: { key: 'portal.papers.heading' }, state: 'ahead', href: '/nop-ho-so/x/giay-to' },
    { id: 'kiem-tra', title: { key: 'portal.check.heading' }, state: 'ahead', href: '/nop-ho-so/x/kiem-tra' },
  ],
  action: '/nop-ho-so/x/to-khai.who',
  backHref: '/nop-ho-so/x/nguoi-nop.lienHe',
  savedAt: '2026-11-22T09:05:00+07:00',
  notice: null,
  revealed: [],
  problems: [],
  resumeCode: '7KQ2-M9XT-4HRD-W6PN-3CVF',
  version: 3,
  training: true,
};

const definition: FormDefinition = {
  id: 'sample',
  revision: '1',
  title: 'Tờ khai mẫu',
  sections: [
    {
      id: 'who',
      title: 'Người được xác nhận',
      help: 'Khai đúng như trên giấy tờ.',
      fields: [
        {
          id: 'purpose',
          type: 'choice',
          label: 'Giấy dùng để làm gì?',
          required: true,
          options: [
            { value: 'a', label: 'Đăng ký kết hôn' },
            { value: 'b', label: 'Việc khác' },
          ],
        },
        {
          id: 'applicant',
          type: 'person',
          label: 'Người được xác nhận',
          required: true,
          parts: { idNumber: 'required', birthDate: 'required', gender: 'required' },
        },
        { id: 'home', type: 'address', label: 'Nơi cư trú', required: true },
        {
          id: 'copies',
          type: 'number',
          label: 'Số bản cần cấp',
          integer: true,
          min: 1,
          max: 10,
          unit: 'bản',
          required: true,
        },
        { id: 'note', type: 'text', label: 'Ghi thêm', multiline: true },
        { id: 'oath', type: 'declaration', label: 'Tôi cam đoan khai đúng sự thật.' },
      ],
    },
  ],
};

function sampleForm(): PortalPages['form'] {
  const compiled = compileForm(definition);
  if (!compiled.ok) throw new Error('the sample form must compile');
  const values = { purpose: 'a', applicant: { fullName: 'Trần Thị Mẫu', idNumber: '12' }, copies: '0' };
  const { visible, errors } = evaluateForm(compiled.form, values, { today: '2026-11-22', demo: true, mode: 'submit' });
  const [section] = visible;
  if (!section) throw new Error('the sample form must have a section');
  return { frame, section, errors, unitsUrl: '/api/public/units', filedAs: 'Trần Thị Mẫu' };
}

const dates = {
  submittedAt: '2026-11-20T09:00:00+07:00',
  receivedAt: '2026-11-20T10:00:00+07:00',
  dueAt: '2026-11-25T10:00:00+07:00',
  endedAt: null,
  returnedAt: null,
};
const story = [
  { id: '2', at: '2026-11-20T10:00:00+07:00', what: 'Bộ phận một cửa đã tiếp nhận hồ sơ', note: '' },
  { id: '1', at: '2026-11-20T09:00:00+07:00', what: 'Đã nộp hồ sơ trực tuyến', note: 'Nộp kèm 2 tệp' },
];

/** Example props of every page. */
export const samplePages: { readonly [N in PageName]: PortalPages[N] } = {
  home: {
    popular: [summary],
    fields: [{ code: 'G15-TP07', name: 'Hộ tịch', count: 34 }],
    board: { month: '11/2026', figures },
    filesHere: true,
  },
  procedures: {
    q: 'hon nhan',
    fieldCode: '',
    level: '',
    page: 2,
    pageCount: 4,
    total: 61,
    rows: [summary],
    fields: [{ code: 'G15-TP07', name: 'Hộ tịch' }],
    levels: [{ code: 'xa', name: 'Cấp xã' }],
  },
  procedure: {
    code: summary.code,
    name: summary.name,
    fieldName: 'Hộ tịch',
    authorityText: 'Ủy ban nhân dân cấp xã nơi thường trú',
    subjectsText: 'Công dân Việt Nam',
    channels: ['desk', 'online', 'post'],
    cases: [],
    limits: [
      { caseName: null, area: null, channel: 'online', text: '3 ngày làm việc', note: '' },
      {
        caseName: 'Phải xác minh',
        area: 'difficult',
        channel: null,
        text: '23 ngày',
        note: 'Gồm thời gian gửi văn bản',
      },
    ],
    fees: [
      {
        id: 'f',
        name: 'Lệ phí cấp giấy',
        amount: { kind: 'by-province' },
        description: 'Mức thu do Hội đồng nhân dân cấp tỉnh quyết định.',
        exemptions: ['Hộ nghèo'],
      },
    ],
    componentGroups: [
      {
        id: 'nop',
        title: 'Giấy tờ phải nộp',
        items: [
          {
            id: 'a',
            name: 'Tờ khai',
            required: 'yes',
            originals: 1,
            copies: 0,
            present: 'submit',
            hint: 'Điền ngay trên cổng.',
            filledOnline: true,
          },
          {
            id: 'b',
            name: 'Giấy tờ tùy thân',
            required: 'sometimes',
            originals: 0,
            copies: 1,
            present: 'show',
            hint: '',
            filledOnline: false,
          },
        ],
      },
    ],
    steps: [
      { id: 's1', name: 'Tiếp nhận', role: 'receiver', allow: '0,25 ngày làm việc' },
      { id: 's2', name: 'Thẩm tra', role: 'officer', allow: '1,5 ngày làm việc' },
    ],
    proseSteps: [{ name: 'Nộp hồ sơ', text: 'Khai trực tuyến.\nHoặc nộp tại bộ phận một cửa.' }],
    methods: [
      { channel: 'online', text: 'Nộp trên cổng.' },
      { channel: null, text: 'Ủy quyền cho người khác.' },
    ],
    requirements: 'Không.',
    results: [{ name: 'Giấy xác nhận tình trạng hôn nhân', validity: '6 tháng kể từ ngày cấp' }],
    legalBases: [{ code: '60/2014/QH13', name: 'Luật Hộ tịch' }],
    formTitle: 'Tờ khai',
    validFrom: '2025-07-01',
    verified: false,
    offer: { kind: 'local', training: true, guest: true },
  },
  board: {
    month: '2026-11',
    months: [
      { value: '2026-11', text: '11/2026' },
      { value: '2026-10', text: '10/2026' },
    ],
    order: 'late',
    rows: [
      { unitId: 'u1', unitName: 'UBND xã Hiệp Đức', inTime: 97.5, early: 60, late: 2.5, openLate: 1.2 },
      { unitId: 'u2', unitName: 'UBND xã Việt An', inTime: 'few', early: 'few', late: 'few', openLate: null },
    ],
    minimum: 5,
    total: figures,
    asOf: '09:05 ngày 22/11/2026',
  },
  apologies: {
    unitId: '',
    month: '',
    page: 1,
    pageCount: 1,
    total: 2,
    rows: [
      {
        code: 'H17.32.05-261110-0003',
        procedureName: summary.name,
        unitName: 'UBND xã Hiệp Đức',
        issuedAt: '2026-11-12T09:00:00+07:00',
        dueOriginal: '2026-11-13T09:00:00+07:00',
        newDueAt: '2026-11-18T09:00:00+07:00',
        finishedAt: null,
        reasonName: 'Cần thêm thời gian xác minh',
      },
      {
        code: 'H17.32.05-261103-0001',
        procedureName: summary.name,
        unitName: 'UBND xã Việt An',
        issuedAt: '2026-11-10T09:00:00+07:00',
        dueOriginal: '2026-11-06T09:00:00+07:00',
        newDueAt: null,
        finishedAt: '2026-11-09T15:00:00+07:00',
        reasonName: 'Cơ quan xử lý chậm',
      },
    ],
    units: [{ id: 'u1', name: 'UBND xã Hiệp Đức' }],
    months: [{ value: '2026-11', text: '11/2026' }],
  },
  start: {
    procedureCode: summary.code,
    procedureName: summary.name,
    desks: [
      { value: 'd1', label: 'Trung tâm Phục vụ hành chính công xã Hiệp Đức' },
      { value: 'd2', label: 'Trung tâm Phục vụ hành chính công xã Việt An' },
    ],
    cases: [
      { value: 'c1', label: 'Cấp mới' },
      { value: 'c2', label: 'Cấp lại' },
    ],
    deskId: '',
    caseId: 'c1',
    problems: [{ id: 'noi-nhan', key: 'portal.start.desk-missing' }],
    signedIn: false,
    guest: true,
    training: true,
  },
  form: sampleForm(),
  papers: {
    frame: {
      ...frame,
      problems: [{ id: 'file-b', key: 'portal.papers.missing', params: { name: 'Giấy tờ tùy thân' } }],
    },
    maxMb: 10,
    components: [
      {
        id: 'a',
        name: 'Giấy xác nhận đã cấp',
        required: false,
        hint: '',
        files: [{ id: 'f1', name: 'giay-cu.pdf', sizeBytes: 356_000 }],
      },
      { id: 'b', name: 'Giấy tờ tùy thân', required: true, hint: 'Chụp hai mặt.', files: [] },
    ],
  },
  check: {
    frame: { ...frame, problems: [{ id: 'cam-ket', key: 'portal.check.declare-first' }] },
    groups: [
      {
        id: 'nhom-lien-he',
        title: 'Liên hệ',
        changeHref: '/nop-ho-so/x/nguoi-nop.lienHe',
        lines: [
          { label: 'Số điện thoại', value: '0900000001' },
          { label: 'Thư điện tử', value: '' },
        ],
      },
      { id: 'nhom-giay-to', title: { key: 'portal.papers.heading' }, changeHref: '/nop-ho-so/x/giay-to', lines: [] },
    ],
    fees: [
      { name: 'Lệ phí', amountVnd: null },
      { name: 'Phí', amountVnd: 8000 },
    ],
    limitText: '3 ngày làm việc',
    deskName: 'Trung tâm Phục vụ hành chính công xã Hiệp Đức',
  },
  filed: {
    code: 'H17.32.05-261122-0001',
    procedureName: summary.name,
    unitName: 'UBND xã Hiệp Đức',
    submittedAt: dates.submittedAt,
    dossierHref: '/ho-so/x',
    guestKey: '7KQ2-M9XT-4HRD-W6PN-3CVF',
  },
  resume: { value: '', problems: [{ id: 'ma-bi-mat', key: 'portal.resume.unknown' }] },
  dossiers: {
    rows: [
      {
        id: 'd1',
        code: 'H17.32.05-261120-0007',
        procedureName: summary.name,
        statusName: 'Yêu cầu bổ sung giấy tờ',
        tone: 'amber',
        submittedAt: dates.submittedAt,
        dueAt: dates.dueAt,
        todo: true,
      },
    ],
    drafts: [{ id: 'x', procedureName: summary.name, savedAt: dates.submittedAt, href: '/nop-ho-so/x' }],
    nextHref: '/ho-so?sau=abc',
  },
  dossier: {
    id: 'd1',
    version: 4,
    code: 'H17.32.05-261120-0007',
    procedureName: summary.name,
    statusName: 'Yêu cầu bổ sung giấy tờ',
    tone: 'amber',
    next: 'you-supplement',
    dates,
    receivedByName: 'Trung tâm Phục vụ hành chính công xã Hiệp Đức',
    decidedByName: 'UBND xã Hiệp Đức',
    resultMethod: 'electronic',
    formLines: [{ label: 'Họ và tên', value: 'Trần Thị Mẫu' }],
    papers: [{ name: 'Giấy tờ tùy thân', files: [{ name: 'cccd.jpg', href: '/ho-so/d1/tep/f1' }] }],
    fees: [{ name: 'Lệ phí', amountVnd: 8000, paidVnd: 8000 }],
    slips: [{ title: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả', href: '/ho-so/d1/phieu/1' }],
    apologies: [apology],
    story,
    request: {
      reason: 'Ảnh chụp bị mờ.',
      deadline: '2026-12-10',
      items: [{ key: '0', name: 'Giấy tờ tùy thân', what: 'Chụp lại rõ cả hai mặt.' }],
    },
    answer: '',
    mayWithdraw: true,
    withdrawReason: '',
    result: {
      title: 'Giấy xác nhận tình trạng hôn nhân',
      number: '12/UBND-XNTTHN',
      issuedAt: dates.dueAt,
      href: '/ho-so/d1/ket-qua',
    },
    rating: 'open',
    ratingScore: '',
    ratingComment: '',
    problems: [{ id: 'tra-loi', key: 'portal.request.empty' }],
    notice: 'supplemented',
  },
  tracking: {
    code: 'H17',
    example: 'H17.32.05-260202-0001',
    problems: [{ id: 'doi-chieu', key: 'portal.tracking.bad-doi-chieu' }],
  },
  tracked: {
    code: 'H17.32.05-261120-0007',
    procedureName: summary.name,
    unitName: 'UBND xã Hiệp Đức',
    statusName: 'Đang xử lý',
    tone: 'blue',
    next: 'office-decides',
    dates,
    apologies: [{ ...apology, reason: '' }],
    story,
  },
  'check-code': {
    found: true,
    code: 'H17.32.05-261120-0007',
    procedureName: summary.name,
    unitName: 'UBND xã Hiệp Đức',
    statusName: 'Đang xử lý',
    tone: 'blue',
    dates,
  },
  account: { fullName: 'Trần Thị Mẫu', idNumberMasked: '9*********12', birthDate: '05/09/1990', contact: '0900000001' },
  'sign-in': {
    startHref: '/dang-nhap/oidc',
    providerName: 'tài khoản định danh điện tử',
    problem: 'Bạn đã từ chối chia sẻ thông tin.',
  },
  display: { theme: 'dark', size: '', contrast: '', back: '/' },
  accessibility: { updated: '2026-11-22' },
  'session-ended': { returnTo: '/nop-ho-so/x/to-khai.who', kept: 'text', hadFiles: true, byCode: true },
  survey: {
    name: 'Khảo sát quý IV năm 2026',
    intro: 'Phiếu gồm 3 câu.',
    until: '2026-12-15',
    action: '/khao-sat/7KQ2-M9XT-4HRD-W6PN-3CVF',
    kiosk: '',
    sections: [
      {
        title: 'Công chức trực tiếp giải quyết công việc',
        questions: [
          {
            id: 's1',
            text: 'Công chức có thái độ giao tiếp lịch sự',
            optional: false,
            value: '',
            choices: [
              { value: '1', label: 'Không hài lòng' },
              { value: '2', label: 'Hài lòng' },
            ],
          },
          {
            id: 's2',
            text: 'Công chức chú ý lắng nghe',
            optional: true,
            value: '2',
            choices: [
              { value: '1', label: 'Không hài lòng' },
              { value: '2', label: 'Hài lòng' },
            ],
          },
        ],
      },
      { title: '', questions: [{ id: 'words', text: 'Góp ý thêm', optional: true, value: '', choices: [] }] },
    ],
    problems: [{ id: 'q-s1', key: 'portal.survey.missing', params: { question: 'Công chức có thái độ lịch sự' } }],
  },
  'survey-note': { kind: 'refused', text: 'Hồ sơ này đã trả lời khảo sát rồi.', kiosk: 'abcd2345' },
  'survey-kiosk': {
    code: 'abcd2345',
    name: 'Khảo sát quý IV năm 2026',
    dossierCode: '',
    problems: [{ id: 'ma', key: 'portal.survey.kiosk.no-match' }],
  },
  'survey-results': {
    code: 'abcd2345',
    name: 'Khảo sát quý IV năm 2026',
    unitName: 'UBND xã Hiệp Đức',
    finished: { from: '2026-07-01', to: '2026-09-30' },
    open: { from: '2026-10-01', to: '2026-10-31' },
    minimum: 10,
    frame: 2000,
    drawn: 240,
    weighted: true,
    satisfied: ['Hài lòng', 'Rất hài lòng'],
    source: 'QĐ 1001/QĐ-BNV',
    verified: false,
    overall: { id: '', name: '', n: 200, hidden: false, percent: 91, low: 86.4, high: 94.12 },
    groups: [
      { id: 'land', name: 'Đất đai', n: 40, hidden: false, percent: 82.5, low: 68.05, high: 91.25 },
      { id: 'health', name: 'Y tế', n: null, hidden: true, percent: null, low: null, high: null },
    ],
    together: [{ id: 't', name: 'UBND huyện Hiệp Đức', n: 160, hidden: false, percent: 90, low: 84.2, high: 93.9 }],
    togetherGroups: null,
    units: [{ id: 'u', name: 'UBND xã Việt An', n: 0, hidden: false, percent: null, low: null, high: null }],
    factors: [],
    criteria: [],
  },
  surveys: {
    q: '',
    page: 1,
    pageCount: 2,
    total: 21,
    rows: [
      {
        code: 'abcd2345',
        name: 'Khảo sát quý IV năm 2026',
        unitName: 'UBND xã Hiệp Đức',
        finished: { from: '2026-07-01', to: '2026-09-30' },
        closedOn: '2026-11-01',
        overall: { id: '', name: '', n: 200, hidden: false, percent: 91, low: 86.4, high: 94.12 },
      },
      {
        code: 'abcd2346',
        name: 'Khảo sát ngắn',
        unitName: 'UBND xã Việt An',
        finished: { from: '2026-07-01', to: '2026-09-30' },
        closedOn: '2026-10-01',
        overall: { id: '', name: '', n: null, hidden: true, percent: null, low: null, high: null },
      },
    ],
  },
  indices: {
    tables: [
      {
        id: 'r1',
        name: 'Chỉ số cải cách hành chính cấp xã',
        owner: 'UBND xã Hiệp Đức',
        year: 2026,
        max: 100,
        bands: [
          { min: 80, label: 'Tốt' },
          { min: 0, label: 'Khá' },
        ],
        derivedBands: true,
        weights: [
          { name: 'Thẩm định', percent: 70, derived: true },
          { name: 'Điều tra', percent: 30, derived: false },
        ],
        note: 'Trọng số của phần thẩm định chưa thấy văn bản.',
        population: 3,
        source: 'Bộ chỉ số của đơn vị',
        verified: false,
        frozenAt: '2026-11-20T16:00:00+07:00',
        rows: [
          {
            ...{
              id: 'u1',
              unitName: 'Văn phòng',
              total: 81.4,
              max: 100,
              percent: 81.4,
              band: 'Tốt',
              rank: 1,
              population: 3,
            },
            domains: [
              { name: 'Cải cách thể chế', points: 12, max: 13, percent: 92.31 },
              { name: 'Cải cách thủ tục hành chính', points: 20, max: 25, percent: 80 },
            ],
            change: { unit: 'points', difference: 1.2, year: 2025, total: 80.2, max: 100, percent: 80.2 },
          },
          {
            ...{
              id: 'u2',
              unitName: 'Phòng Y tế',
              total: 72,
              max: 96,
              percent: 75,
              band: 'Khá',
              rank: 2,
              population: 3,
            },
            domains: [],
            change: { unit: 'percent', difference: -3.5, year: 2025, total: 78.5, max: 100, percent: 78.5 },
          },
          {
            ...{
              id: 'u3',
              unitName: 'Phòng Kinh tế',
              total: null,
              max: 100,
              percent: null,
              band: null,
              rank: null,
              population: 3,
            },
            domains: [],
            change: null,
          },
        ],
      },
    ],
  },
  status: { kind: 'error', reference: 'abc' },
};
