import type { Change } from './state.ts';

/** Members of a state that are instants, wherever they stand (clock events, step, result, hand-over). */
const INSTANTS: ReadonlySet<string> = new Set([
  'submittedAt',
  'receivedAt',
  'dueOriginal',
  'dueCurrent',
  'endedAt',
  'previousDueAt',
  'returnedAt',
  'startedAt',
  'dueAt',
  'readAt',
  'draftedAt',
  'approvedAt',
  'issuedAt',
  'at',
]);

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      INSTANTS.has(name) && typeof member === 'string' ? new Date(member) : revive(member),
    ]),
  );
}

/**
 * A change as the rules know it, from its JSON in `dossiers.action.change` (or a part of it, as the column `result`).
 * The log is our own writing; an older change may lack members that came later, never have others.
 * Example: `{"receivedAt":"2023-08-21T01:00:00.000Z"}` → `{receivedAt: Date}`.
 */
export function changeFromJson(json: Readonly<Record<string, unknown>>): Change {
  return revive(json) as Change;
}
