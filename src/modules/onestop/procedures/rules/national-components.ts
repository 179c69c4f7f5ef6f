import { type ImportNotes, quantity, records, text, uniqueIds } from './national-read.ts';
import type { ProcedureComponent } from './work.ts';

type Detail = Readonly<Record<string, unknown>>;
type Group = { readonly id: string; readonly name: string };

/** `show` for groups headed "phải xuất trình", `note` for "Lưu ý", else `submit`. */
function presentOf(groupName: string): ProcedureComponent['present'] {
  if (/^[\s*\-+]*lưu\s*ý/iu.test(groupName)) return 'note';
  return /xuất\s+trình/iu.test(groupName) ? 'show' : 'submit';
}

function readComponent(
  item: Readonly<Record<string, unknown>>,
  group: Group,
  unique: ReturnType<typeof uniqueIds>,
  path: string,
  notes: ImportNotes,
): ProcedureComponent {
  const code = text(item['code']);
  const { id, repeated } = unique(code || 'component');
  if (repeated && code) {
    notes.findings.push({
      rule: 'national/component-code-repeated',
      severity: 'info',
      path: `${path}.code`,
      message: `Mã thành phần ${code} có ở nhiều nhóm giấy tờ; mục này được giữ với mã ${id}.`,
    });
  }
  const attachments = records(item['attachments'])
    .map(({ item: file }) => text(file['fileName']))
    .filter((name) => name !== '');
  const name = text(item['name']);
  if (!name) {
    notes.findings.push({
      rule: 'national/component-without-name',
      severity: 'warning',
      path: `${path}.name`,
      message: 'Thành phần hồ sơ không có tên.',
    });
  }
  return {
    id,
    code: code.slice(0, 120),
    name: name.slice(0, 20_000) || '(không có tên)',
    required: item['required'] === true,
    originals: quantity(item['originalQty']),
    copies: quantity(item['copyQty']),
    ...(item['isProcessingResult'] === true ? { isResult: true } : {}),
    present: presentOf(group.name),
    group: group.id,
    ...(attachments.length > 0 ? { attachments } : {}),
  };
}

/**
 * All papers of all groups (the portal's `executionCases`), those the cases carry themselves, and those of the
 * procedure; none lost. One code in several groups gives several components with ids `code`, `code~2` ….
 */
export function readComponents(
  detail: Detail,
  notes: ImportNotes,
): { componentGroups: Group[]; components: ProcedureComponent[] } {
  const unique = uniqueIds();
  const componentGroups: Group[] = [];
  const components: ProcedureComponent[] = [];
  const take = (list: unknown, group: Group, path: string): void => {
    for (const { at, item } of records(list))
      components.push(readComponent(item, group, unique, `${path}[${at}]`, notes));
  };
  for (const { at, item } of records(detail['executionCases'])) {
    const group = { id: `g${at + 1}`, name: text(item['name']).slice(0, 4000) };
    componentGroups.push(group);
    take(item['profileComponents'], group, `detail.executionCases[${at}].profileComponents`);
  }
  for (const { at, item } of records(detail['cases'])) {
    if (records(item['profileComponents']).length === 0) continue;
    const group = { id: `c${at + 1}`, name: text(item['name']).slice(0, 4000) };
    componentGroups.push(group);
    take(item['profileComponents'], group, `detail.cases[${at}].profileComponents`);
  }
  if (records(detail['profileComponents']).length > 0) {
    const group = { id: 'own', name: '' };
    componentGroups.push(group);
    take(detail['profileComponents'], group, 'detail.profileComponents');
  }
  if (components.length > 0 && components.every((component) => component.required === false)) {
    notes.findings.push({
      rule: 'national/required-unknown',
      severity: 'info',
      path: 'detail.executionCases',
      message: 'Nguồn không đánh dấu giấy tờ bắt buộc nào; phải xem lời văn.',
    });
  }
  return { componentGroups, components };
}
