import type { ProcedureDefinition } from './definition.ts';

/** One difference between two revisions. `before`/`after` are ready to be shown (Vietnamese, JSON for whole objects). */
export type Difference = {
  /** Path with stable ids, not positions: `/components/000.00.00.G15-KQ003448/originals`. */
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before: string | null;
  readonly after: string | null;
  /** What differs, in Vietnamese: `Thành phần hồ sơ “Tờ khai”: số bản chính`. */
  readonly label: string;
};

const LABELS: Readonly<Record<string, string>> = {
  revision: 'Bản',
  name: 'Tên',
  keywords: 'Từ khóa',
  field: 'Lĩnh vực',
  levels: 'Cấp thực hiện',
  decidedAt: 'Cấp quyết định',
  authority: 'Cơ quan giải quyết',
  text: 'Nội dung',
  byLevel: 'Theo cấp',
  validFrom: 'Có hiệu lực từ',
  validTo: 'Hết hiệu lực',
  nonTerritorial: 'Không phụ thuộc địa giới',
  onlineLevel: 'Mức trực tuyến',
  channels: 'Kênh nhận',
  desk: 'trực tiếp',
  online: 'trực tuyến',
  post: 'bưu chính',
  guestFiling: 'Nộp không cần tài khoản',
  subjectTypes: 'Đối tượng',
  cases: 'Trường hợp',
  condition: 'điều kiện',
  timeLimits: 'Thời hạn',
  allow: 'thời hạn',
  allowWhen: 'thời hạn riêng',
  phases: 'giai đoạn',
  supplementPolicy: 'cách tính khi bổ sung',
  fees: 'Phí, lệ phí',
  kind: 'loại',
  amountVnd: 'mức thu (đồng)',
  rule: 'công thức',
  description: 'mô tả',
  payWhen: 'lúc thu',
  exemptions: 'miễn',
  setByProvince: 'do HĐND tỉnh quyết định',
  componentGroups: 'Nhóm giấy tờ',
  components: 'Thành phần hồ sơ',
  code: 'mã',
  required: 'bắt buộc',
  originals: 'số bản chính',
  copies: 'số bản sao',
  isResultOf: 'là kết quả của thủ tục',
  present: 'nộp hay xuất trình',
  case: 'trường hợp',
  group: 'nhóm',
  hint: 'hướng dẫn',
  results: 'Kết quả',
  template: 'mẫu',
  title: 'tiêu đề',
  body: 'nội dung',
  legalBases: 'Căn cứ pháp lý',
  steps: 'Bước xử lý',
  role: 'vai trò',
  at: 'nơi làm',
  office: 'phòng',
  level: 'cấp',
  unit: 'đơn vị tính',
  amount: 'số lượng',
  cutOff: 'giờ chốt',
  form: 'Tờ khai',
  sections: 'phần',
  fields: 'mục',
  label: 'nhãn',
  type: 'kiểu',
  rules: 'quy tắc',
  retention: 'Thời hạn bảo quản',
  years: 'số năm',
  prose: 'Mô tả công khai',
  methods: 'Cách thức',
  requirements: 'Yêu cầu, điều kiện',
  notes: 'Ghi chú',
  sources: 'Nguồn',
  source: 'căn cứ',
  verified: 'đã kiểm tra',
  unverified: 'Chưa kiểm tra',
  note: 'ghi chú',
  supplementDeadline: 'Hạn bổ sung',
  order: 'thứ tự',
};

/** How items of a list are recognised in two revisions; lists of plain values are compared as a whole. */
function keyOf(list: string, item: Readonly<Record<string, unknown>>): string {
  if (list === 'timeLimits' || list === 'allowWhen') {
    const words = ['case', 'area', 'channel']
      .map((name) => (typeof item[name] === 'string' ? `${name}=${item[name]}` : ''))
      .filter(Boolean);
    return words.join(',') || 'chung';
  }
  for (const name of ['id', 'code', 'value', 'channel', 'name'])
    if (typeof item[name] === 'string' && item[name] !== '') return String(item[name]);
  return '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === true) return 'có';
  if (value === false) return 'không';
  if (isObject(value) && (typeof value['name'] === 'string' || typeof value['label'] === 'string'))
    return String(value['name'] ?? value['label']);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join('\n');
  return JSON.stringify(value);
}

function titleOf(value: unknown, key: string): string {
  const name = isObject(value) ? (value['name'] ?? value['label'] ?? value['title']) : undefined;
  const words = typeof name === 'string' && name.trim() !== '' ? name.trim() : key;
  return words.length > 80 ? `${words.slice(0, 79)}…` : words;
}

type Walk = { readonly path: string; readonly label: string; readonly out: Difference[] };

function step(walk: Walk, key: string, words: string): Walk {
  return {
    path: `${walk.path}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`,
    label: walk.label ? `${walk.label}: ${words}` : words,
    out: walk.out,
  };
}

function compare(before: unknown, after: unknown, name: string, walk: Walk): void {
  if (before === undefined && after === undefined) return;
  if (before === undefined)
    walk.out.push({ path: walk.path, kind: 'added', before: null, after: shown(after), label: walk.label });
  else if (after === undefined)
    walk.out.push({ path: walk.path, kind: 'removed', before: shown(before), after: null, label: walk.label });
  else if (Array.isArray(before) && Array.isArray(after) && [...before, ...after].every(isObject))
    compareLists(before, after, name, walk);
  else if (isObject(before) && isObject(after)) compareObjects(before, after, walk);
  else if (JSON.stringify(before) !== JSON.stringify(after)) {
    walk.out.push({ path: walk.path, kind: 'changed', before: shown(before), after: shown(after), label: walk.label });
  }
}

function compareObjects(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  walk: Walk,
): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    compare(before[key], after[key], key, step(walk, key, LABELS[key] ?? key));
  }
}

/** Items by key; a key that comes twice gets its number, an item without one its position. */
function keyed(
  list: readonly Readonly<Record<string, unknown>>[],
  name: string,
): Map<string, Readonly<Record<string, unknown>>> {
  const items = new Map<string, Readonly<Record<string, unknown>>>();
  list.forEach((item, at) => {
    const key = keyOf(name, item) || `#${at + 1}`;
    items.set(items.has(key) ? `${key}#${at + 1}` : key, item);
  });
  return items;
}

function compareLists(
  before: readonly Readonly<Record<string, unknown>>[],
  after: readonly Readonly<Record<string, unknown>>[],
  name: string,
  walk: Walk,
): void {
  const old = keyed(before, name);
  const now = keyed(after, name);
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    compare(old.get(key), now.get(key), name, step(walk, key, `“${titleOf(now.get(key) ?? old.get(key), key)}”`));
  }
  const common = [...old.keys()].filter((key) => now.has(key));
  const order = [...now.keys()].filter((key) => old.has(key));
  if (common.join('\n') !== order.join('\n')) {
    walk.out.push({
      path: `${walk.path}/order`,
      kind: 'changed',
      before: common.join(', '),
      after: order.join(', '),
      label: `${walk.label}: thứ tự`,
    });
  }
}

/**
 * What changed from one revision to another, readable, by stable ids: components, fees, steps and fields by id, legal
 * bases and results by code, limits by what they hold for. Empty for equal revisions. Moving an item is one difference.
 */
export function diffRevisions(before: ProcedureDefinition, after: ProcedureDefinition): readonly Difference[] {
  const out: Difference[] = [];
  compareObjects(before, after, { path: '', label: '', out });
  return out;
}
