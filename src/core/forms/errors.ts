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
function midSentence(label: string): string {
  const [first = '', second = ''] = label;
  return second !== second.toLowerCase() ? label : first.toLowerCase() + label.slice(first.length);
}

function labelFor(fieldLabel: string, at: string): string {
  const part = PART_LABELS[at];
  const label = midSentence(fieldLabel);
  return part ? `${part} (${label})` : label;
}

/** The problems of one field as errors with Vietnamese messages. */
export function problemErrors(
  path: string,
  fieldId: string,
  fieldLabel: string,
  problems: readonly Problem[],
  messages?: Partial<Record<ProblemCode, string>>,
): FormError[] {
  return problems.map(({ at, code, params }) => {
    const message = messageOf(code, { ...params, label: labelFor(fieldLabel, at) }, messages);
    const base = { path: at === '' ? path : `${path}.${at}`, fieldId, code, message };
    return params ? { ...base, params } : base;
  });
}

/** A broken rule at each of its fields. */
export function ruleErrors(ruleId: string, message: string, fieldIds: readonly string[]): FormError[] {
  return fieldIds.map((id) => ({ path: id, fieldId: id, code: 'rule', ruleId, message }));
}
