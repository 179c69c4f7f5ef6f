/** Enough of a register, also of one that is not sound, to name its parts. */
type Named = Readonly<Record<string, unknown>>;

const NAMES: Readonly<Record<string, string>> = {
  id: 'Mã sổ',
  name: 'Tên sổ',
  shape: 'Loại sổ',
  lineName: 'Tên một dòng',
  lineKey: 'Ô phân biệt các dòng',
  enteredBy: 'Người nhập',
  tree: 'Cách cộng theo cấp',
  frequency: 'Kỳ nhập',
  overTime: 'Cách tính qua nhiều kỳ',
  deadlineDays: 'Hạn nhập',
  closeDays: 'Khóa sổ',
  rounds: 'Các đợt',
  validFrom: 'Ngày áp dụng',
  lastDay: 'Ngày cuối dùng sổ',
  fields: 'Các ô của sổ',
  checks: 'Kiểm tra',
  measures: 'Chỉ số',
  source: 'Nguồn',
};
const PARTS: Readonly<Record<string, readonly [name: string, label: string]>> = {
  fields: ['Ô thứ', 'label'],
  checks: ['Kiểm tra thứ', 'says'],
  measures: ['Chỉ số thứ', 'name'],
  rounds: ['Đợt thứ', 'name'],
};

/** A place of a register in words. @example placeInWords('fields[1].formula', register) → 'Ô thứ 2 “Số thôn”' */
export function placeInWords(path: string, register: Named): string {
  if (path === '') return 'Cả sổ';
  const [, list = '', index = ''] = /^(\w+)\[(\d+)\]/.exec(path) ?? [];
  const part = PARTS[list];
  if (!part) return NAMES[/^\w+/.exec(path)?.[0] ?? ''] ?? path;
  const [name, key] = part;
  const all = register[list];
  const one: unknown = Array.isArray(all) ? all[Number(index)] : undefined;
  const label: unknown = typeof one === 'object' && one !== null ? (one as Record<string, unknown>)[key] : undefined;
  return `${name} ${Number(index) + 1}${typeof label === 'string' && label.trim() !== '' ? ` “${label}”` : ''}`;
}
