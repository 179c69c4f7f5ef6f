// Words of the expression language and of JavaScript that a field must not be called: the first would not parse,
// the second would one day meet an object's prototype.
const RESERVED = new Set(
  (
    'today true false null in as break const continue else for function if import let loop package namespace return ' +
    'var void while cel optional google type int uint double bool string bytes list map dyn timestamp duration ' +
    'prototype constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toString toLocaleString valueOf'
  ).split(' '),
);

/** Pattern of field, section and rule ids: ASCII, begins with a small letter, at most 40 characters. */
export const ID_PATTERN = '^[a-z][A-Za-z0-9]{0,39}$';

/** Whether `id` may be the id of a field, section or rule. Such an id is safe as a key, a form name and in CEL. */
export function isFormId(id: string): boolean {
  return new RegExp(ID_PATTERN).test(id) && !RESERVED.has(id);
}
