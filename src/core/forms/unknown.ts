import { cleanText } from './clean.ts';
import type { CompiledForm } from './compile.ts';
import type { FormState } from './state.ts';

/** A value under a name this revision of the form does not have. */
export interface UnknownValue {
  path: string;
  /** Plain JSON, cut to a sane size. */
  value: unknown;
}

const MAX_UNKNOWN = 200;
const MAX_DEPTH = 6;
const MAX_TEXT = 5000;
const NEVER = new Set(['__proto__', 'constructor', 'prototype']);

/** Outside data as plain JSON of bounded size: what does not fit, or is no JSON, becomes null. */
function bounded(value: unknown, depth: number, budget: { left: number }): unknown {
  budget.left -= 1;
  if (budget.left < 0 || depth > MAX_DEPTH) return null;
  if (typeof value === 'string') return cleanText(value.slice(0, MAX_TEXT), true).text;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => bounded(item, depth + 1, budget));
  if (typeof value !== 'object' || value === null) return null;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value).slice(0, 100)) {
    if (!NEVER.has(key)) result[safeKey(key)] = bounded((value as Record<string, unknown>)[key], depth + 1, budget);
  }
  return result;
}

function safeKey(key: string): string {
  return cleanText(key.slice(0, 100), false).text;
}

/** The values under names the form does not know, so that a change of revision loses nothing silently. */
export function unknownIn(form: CompiledForm, record: Record<string, unknown>, state: FormState): UnknownValue[] {
  const found: UnknownValue[] = [];
  const budget = { left: 5000 };
  const collect = (prefix: string, source: Record<string, unknown>, names: ReadonlySet<string>): void => {
    for (const key of Object.keys(source)) {
      if (found.length >= MAX_UNKNOWN) return;
      if (names.has(key) || NEVER.has(key) || source[key] === undefined) continue;
      found.push({ path: `${prefix}${safeKey(key)}`, value: bounded(source[key], 0, budget) });
    }
  };
  const nodes = form.sections.flatMap((section) => section.nodes);
  collect('', record, new Set(nodes.map((node) => node.id)));
  for (const node of nodes) {
    if (node.kind !== 'list') continue;
    const names = new Set(node.fields.map((field) => field.id));
    for (const [index, item] of (state.lists.get(node.id)?.items ?? []).entries()) {
      collect(`${node.id}.${index}.`, item.raw, names);
    }
  }
  return found;
}
