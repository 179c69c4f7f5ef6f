import { isRecord, own } from './reading.ts';

/** A button pressed in place of sending: items are added or removed by a round trip, without JavaScript. */
export type FormOperation =
  | { kind: 'add'; listId: string }
  | { kind: 'remove'; listId: string; index: number }
  | { kind: 'remove-file'; path: string; fileId: string };

/** Reads the value of a button `op`; undefined for any other button and for lists the form does not have. */
export function parseOperation(raw: unknown, listIds: ReadonlySet<string>): FormOperation | undefined {
  if (typeof raw !== 'string') return undefined;
  const [kind, path = '', item = ''] = raw.slice(0, 300).split(':');
  if (kind === 'add' && listIds.has(path)) return { kind, listId: path };
  if (kind === 'remove' && listIds.has(path) && /^\d{1,3}$/.test(item))
    return { kind, listId: path, index: Number(item) };
  if (kind === 'remove-file' && /^[\w.]{1,120}$/.test(path) && /^[\w-]{1,64}$/.test(item)) {
    return { kind, path, fileId: item };
  }
  return undefined;
}

function removeFile(values: Record<string, unknown>, path: string, fileId: string): void {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let at: unknown = values;
  for (const step of steps)
    at = Array.isArray(at) ? (at as unknown[])[Number(step)] : isRecord(at) ? own(at, step) : undefined;
  if (!isRecord(at)) return;
  const files = own(at, last);
  if (Array.isArray(files)) at[last] = files.filter((file) => !isRecord(file) || file.fileId !== fileId);
}

/** Values after a button that adds or removes, for screens that keep values themselves; the given ones stay as they are. */
export function applyOperation(values: Record<string, unknown>, operation: FormOperation): Record<string, unknown> {
  const changed = structuredClone(values);
  apply(changed, operation);
  return changed;
}

function apply(values: Record<string, unknown>, operation: FormOperation): void {
  if (operation.kind === 'remove-file') {
    removeFile(values, operation.path, operation.fileId);
    return;
  }
  const list: unknown[] = Array.isArray(values[operation.listId]) ? (values[operation.listId] as unknown[]) : [];
  const { listId } = operation;
  values[listId] = operation.kind === 'add' ? [...list, {}] : list.filter((_, index) => index !== operation.index);
}
