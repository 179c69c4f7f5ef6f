import { parseNumberVi } from '../../../../core/text/numbers.ts';
import type { CommandBodyType, DossierPageType } from '../../../../modules/onestop/dossiers/contract.ts';

/** One thing to complete or supplement, as typed. */
export interface ItemDraft {
  code: string;
  name: string;
  what: string;
}

/** What is typed into the form of one action. */
export interface CommandDraft {
  kind: string;
  reason: string;
  note: string;
  items: ItemDraft[];
  deadline: string;
  staffId: string;
  amount: string;
  result: 'granted' | 'refused';
  title: string;
  body: string;
  method: 'desk' | 'post' | 'electronic';
  receiver: string;
}

/** Kinds that end a dossier or send it back: their buttons look like it. */
export const GRAVE_KINDS: ReadonlySet<string> = new Set(['refuse', 'withdraw', 'stop', 'return-step']);

const WITH_ITEMS: ReadonlySet<string> = new Set(['request-completion', 'request-supplement']);
const WITH_NOTE: ReadonlySet<string> = new Set([
  'forward',
  'accept-supplement',
  'settle-finance',
  'resume',
  'approve',
  'take-back',
]);

export type CommandField = 'items' | 'reason' | 'deadline' | 'staff' | 'amount' | 'draft' | 'method' | 'note';

/** What an action asks, in the order of the form. */
export function fieldsOf(kind: string, needsReason: boolean): CommandField[] {
  const fields: CommandField[] = [];
  if (WITH_ITEMS.has(kind)) fields.push('items');
  if (kind === 'assign') fields.push('staff');
  if (kind === 'request-finance') fields.push('amount');
  if (kind === 'draft-result') fields.push('draft');
  if (kind === 'hand-over') fields.push('method');
  if (needsReason) fields.push('reason');
  if (kind === 'request-supplement') fields.push('deadline');
  if (WITH_NOTE.has(kind)) fields.push('note');
  return fields;
}

/** First state of an action's form: the result's text stands there already, so does the agreed way of return. */
export function newCommandDraft(kind: string, page: DossierPageType): CommandDraft {
  const owner = page.parties.find((party) => party.role === 'owner');
  const submitter = page.parties.find((party) => party.role === 'submitter');
  return {
    kind,
    reason: '',
    note: '',
    items: [{ code: '', name: '', what: '' }],
    deadline: '',
    staffId: '',
    amount: '',
    result: page.result?.kind === 'refused' ? 'refused' : 'granted',
    title: page.result?.title ?? page.draft?.title ?? '',
    body: page.result?.body ?? page.draft?.body ?? '',
    method: page.resultMethod,
    receiver: (submitter ?? owner)?.snapshot.fullName ?? '',
  };
}

/** The request of an action, or which field must be mended first (a text key). */
export function toCommand(
  draft: CommandDraft,
  needsReason: boolean,
): { ok: true; command: CommandBodyType } | { ok: false; field: CommandField; key: string } {
  const { kind } = draft;
  const fields = new Set(fieldsOf(kind, needsReason));
  const command: CommandBodyType = { kind };
  if (fields.has('items')) {
    const items = draft.items.filter((item) => item.name.trim() !== '');
    if (items.length === 0) return { ok: false, field: 'items', key: 'console.action.need-item' };
    command.items = items.map((item) => ({ code: item.code || null, name: item.name.trim(), what: item.what.trim() }));
  }
  if (fields.has('staff')) {
    if (draft.staffId === '') return { ok: false, field: 'staff', key: 'console.action.need-staff' };
    command.staffId = draft.staffId;
  }
  if (fields.has('amount')) {
    const amountVnd = parseNumberVi(draft.amount);
    if (amountVnd === undefined || !Number.isSafeInteger(amountVnd) || amountVnd < 0)
      return { ok: false, field: 'amount', key: 'console.action.need-amount' };
    command.amountVnd = amountVnd;
  }
  if (fields.has('draft')) {
    if (draft.title.trim() === '' || draft.body.trim() === '')
      return { ok: false, field: 'draft', key: 'console.action.need-draft' };
    command.result = draft.result;
    command.title = draft.title.trim();
    command.body = draft.body;
  }
  if (fields.has('method')) {
    command.method = draft.method;
    command.receiver = draft.receiver.trim() || null;
  }
  if (fields.has('reason')) {
    if (draft.reason.trim() === '') return { ok: false, field: 'reason', key: 'console.action.need-reason' };
    command.reason = draft.reason.trim();
  }
  if (fields.has('deadline') && draft.deadline !== '') command.deadline = draft.deadline;
  if (fields.has('note') && draft.note.trim() !== '') {
    if (kind === 'take-back') command.reason = draft.note.trim();
    else command.note = draft.note.trim();
  }
  if (kind === 'receive') command.forward = true;
  if (kind === 'forward' && draft.staffId !== '') command.staffId = draft.staffId;
  return { ok: true, command };
}
