import type { ChoiceField } from './definition.ts';
import { isBlank, NOTHING, problemReading, type Reading } from './reading.ts';

function readSeveral(field: ChoiceField, raw: unknown): Reading {
  const list: unknown[] = Array.isArray(raw) ? raw : [raw];
  if (list.length > field.options.length * 2 + 1) return { known: [], problems: [{ at: '', code: 'wrong-type' }] };
  const wanted = new Set(list.filter((item) => !isBlank(item)));
  const value = field.options.map((option) => option.value).filter((option) => wanted.delete(option));
  const problems: Reading['problems'] = wanted.size > 0 ? [{ at: '', code: 'not-an-option' }] : [];
  return value.length === 0 ? { known: [], problems } : { value, known: value, problems };
}

/** Reads one or several options; several are kept in the order of the definition, each once. */
export function readChoice(field: ChoiceField, raw: unknown): Reading {
  if (field.multiple) return isBlank(raw) ? { known: [], problems: [] } : readSeveral(field, raw);
  if (isBlank(raw)) return NOTHING;
  if (typeof raw !== 'string') return problemReading('wrong-type');
  const value = raw.trim();
  const isOption = field.options.some((option) => option.value === value);
  return isOption ? { value, known: value, problems: [] } : problemReading('not-an-option');
}
