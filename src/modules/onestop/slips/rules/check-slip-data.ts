import { Locale } from 'typebox/system';
import Value from 'typebox/value';
import type { SlipData } from './slip-data.ts';
import { SLIP_DATA } from './slip-data.ts';
import type { SlipKind } from './slip-kinds.ts';

/** `path` is a JSON pointer into the data, `/components/0/name`; `message` is Vietnamese. */
export type SlipProblem = { readonly path: string; readonly code: string; readonly message: string };

export type CheckedSlipData<K extends SlipKind> =
  | { readonly ok: true; readonly data: SlipData<K> }
  | { readonly ok: false; readonly problems: readonly SlipProblem[] };

/**
 * Checks data before it is printed: shape and lengths, days that exist, a due date not before reception, a check address
 * that holds the code, table rows as long as their head. The first eight troubles of shape (TypeBox
 * stops there), or up to 50 of content.
 */
export function checkSlipData<K extends SlipKind>(kind: K, data: unknown): CheckedSlipData<K> {
  const problems = findShapeProblems(kind, data);
  if (problems.length > 0) return { ok: false, problems };
  const deeper = findDateProblems(data, '').concat(findContradictions(data));
  if (deeper.length > 0) return { ok: false, problems: deeper.slice(0, 50) };
  return { ok: true, data: data as SlipData<K> };
}

function findShapeProblems(kind: SlipKind, data: unknown): SlipProblem[] {
  const problems = new Map<string, SlipProblem>();
  for (const error of Value.Errors(SLIP_DATA[kind], data)) {
    for (const problem of explain(error)) {
      const key = `${problem.path} ${problem.code}`;
      if (!problems.has(key)) problems.set(key, problem);
    }
  }
  return [...problems.values()];
}

type ShapeError = ReturnType<typeof Value.Errors>[number];

function explain(error: ShapeError): SlipProblem[] {
  const choice = findChoicePath(error);
  if (choice !== undefined) {
    return [{ path: choice, code: 'choice', message: 'Không thuộc các giá trị hoặc cấu trúc cho phép.' }];
  }
  switch (error.keyword) {
    case 'boolean':
      // Said already by `additionalProperties` of the object above.
      return [];
    case 'required':
      return error.params.requiredProperties.map((name) => ({
        path: `${error.instancePath}/${name}`,
        code: 'required',
        message: 'Thiếu mục này.',
      }));
    case 'additionalProperties':
      return error.params.additionalProperties.map((name) => ({
        path: `${error.instancePath}/${name}`,
        code: 'unknown',
        message: 'Mẫu này không có mục như vậy.',
      }));
    default:
      return [{ path: error.instancePath, code: error.keyword, message: sayProblem(error) }];
  }
}

/**
 * A value that fits no branch of a choice reports the troubles of every branch; one sentence about the choice itself is
 * clearer. Its place is the instance path without the steps taken inside the branch.
 */
function findChoicePath(error: ShapeError): string | undefined {
  if (error.keyword === 'anyOf') return error.instancePath;
  const at = error.schemaPath.indexOf('/anyOf/');
  if (at < 0) return undefined;
  const inside = error.schemaPath.slice(at).match(/\/properties\/[^/]+|\/items|\/additionalProperties$/g) ?? [];
  const ofProperty = error.keyword === 'additionalProperties' ? 0 : inside.length;
  return error.instancePath
    .split('/')
    .slice(0, -ofProperty || undefined)
    .join('/');
}

function sayProblem(error: ShapeError): string {
  switch (error.keyword) {
    case 'pattern':
      return 'Để trống hoặc không đúng dạng.';
    case 'maxLength':
      return `Dài quá ${error.params.limit} ký tự.`;
    case 'minLength':
      return 'Không được để trống.';
    case 'maxItems':
      return `Nhiều quá ${error.params.limit} mục.`;
    case 'minItems':
      return `Cần ít nhất ${error.params.limit} mục.`;
    default:
      return Locale.vi_VN(error);
  }
}

const DATE_LIKE = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\+07:00)?$/;

/** Every string that looks like a day or an instant must be one: 2023-02-30 and 25:00 are refused. */
function findDateProblems(value: unknown, path: string): SlipProblem[] {
  if (typeof value === 'string') {
    const parts = DATE_LIKE.exec(value)
      ?.slice(1)
      .map((part) => Number(part ?? 0));
    if (parts === undefined || isReal(parts)) return [];
    return [{ path, code: 'date', message: 'Ngày giờ này không có thật.' }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => findDateProblems(item, `${path}/${key}`));
}

function isReal([year = 0, month = 0, date = 0, hour = 0, minute = 0, second = 0]: readonly number[]): boolean {
  const lastDate = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const isDate = month >= 1 && month <= 12 && date >= 1 && date <= lastDate;
  return isDate && hour < 24 && minute < 60 && second < 60;
}

type Loose = {
  readonly [key: string]: unknown;
};

function findContradictions(data: unknown): SlipProblem[] {
  const slip = data as Loose;
  const problems: SlipProblem[] = [];
  const { dossierCode, checkUrl, receivedAt, dueAt, from, to, body } = slip;
  if (typeof checkUrl === 'string' && typeof dossierCode === 'string' && !checkUrl.includes(dossierCode)) {
    problems.push({ path: '/checkUrl', code: 'check-url', message: 'Địa chỉ tra cứu không chứa mã hồ sơ.' });
  }
  // Both are ISO strings of one zone; instants with and without seconds still compare rightly by minute.
  if (typeof receivedAt === 'string' && typeof dueAt === 'string' && dueAt.slice(0, 16) < receivedAt.slice(0, 16)) {
    problems.push({ path: '/dueAt', code: 'order', message: 'Ngày hẹn trả trước ngày nhận.' });
  }
  if (typeof from === 'string' && typeof to === 'string' && to < from) {
    problems.push({ path: '/to', code: 'order', message: 'Ngày cuối trước ngày đầu.' });
  }
  if (Array.isArray(body)) problems.push(...findUnevenTables(body));
  return problems;
}

function findUnevenTables(body: readonly Loose[]): SlipProblem[] {
  return body.flatMap(({ columns, rows }, index) => {
    if (!Array.isArray(columns) || !Array.isArray(rows)) return [];
    return rows.flatMap((row: unknown, at) =>
      Array.isArray(row) && row.length === columns.length
        ? []
        : [{ path: `/body/${index}/rows/${at}`, code: 'uneven', message: `Hàng phải có ${columns.length} ô.` }],
    );
  });
}
