import { messageOf, type Problem, type ProblemCode } from './problems.ts';

/** An error at a place of the form, told so that the person knows what to do. */
export interface FormError {
  /** `maritalStatus`, `applicant.idNumber`, `children.0.fullName`; empty for the form as a whole. */
  path: string;
  /** Id of the field, the same in every item of a list. */
  fieldId: string;
  code: ProblemCode;
  /** Id of the rule, for code `rule`. */
  ruleId?: string;
  params?: Record<string, string | number>;
  message: string;
}

/** Names of parts in messages: "Hãy nhập số định danh …" and not "Hãy nhập người yêu cầu". */
const PART_LABELS: Record<string, string> = {
  fullName: 'họ và tên',
  idType: 'loại giấy tờ',
  idNumber: 'số giấy tờ',
  birthDate: 'ngày sinh',
  gender: 'giới tính',
  nationality: 'quốc tịch',
  ethnicity: 'dân tộc',
  relation: 'quan hệ',
  phone: 'số điện thoại',
  email: 'thư điện tử',
};

// In the middle of a sentence a label begins small, unless it is an abbreviation (UBND) or a name of two capitals.
// A label that is a question or a sentence loses its mark: the message brings its own full stop.
function midSentence(label: string): string {
  const words = label.replace(/[\s.?!:;]+$/u, '');
  const [first = '', second = ''] = words;
  return second !== second.toLowerCase() ? words : first.toLowerCase() + words.slice(first.length);
}

// Inside a list the item is named too: "Hãy nhập họ và tên con (người con 2)", else the summary says it twice.
function labelFor({ label, itemTitle }: FieldPlace, at: string): string {
  const part = PART_LABELS[at];
  const field = midSentence(label);
  const item = itemTitle === undefined ? undefined : midSentence(itemTitle);
  if (part === undefined) return item === undefined ? field : `${field} (${item})`;
  if (item === undefined) return `${part} (${field})`;
  return item.startsWith(field) ? `${part} (${item})` : `${part} (${field}, ${item})`;
}

/** Where problems are told: the path and label of a field and, inside a list, the title of the item. */
export interface FieldPlace {
  path: string;
  fieldId: string;
  label: string;
  /** `Người con 2` */
  itemTitle?: string;
}

/** The problems of one field as errors with Vietnamese messages, or those of `messages`. */
export function problemErrors(
  place: FieldPlace,
  problems: readonly Problem[],
  messages?: Partial<Record<ProblemCode, string>>,
): FormError[] {
  return problems.map(({ at, code, params }) => {
    const message = messageOf(code, { ...params, label: labelFor(place, at) }, messages);
    const { path, fieldId } = place;
    const base = { path: at === '' ? path : `${path}.${at}`, fieldId, code, message };
    return params ? { ...base, params } : base;
  });
}

/** A broken rule at each of its fields. */
export function ruleErrors(ruleId: string, message: string, fieldIds: readonly string[]): FormError[] {
  return fieldIds.map((id) => ({ path: id, fieldId: id, code: 'rule', ruleId, message }));
}
