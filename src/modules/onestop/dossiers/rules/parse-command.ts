import type { Command, CommandKind, RequestedItem } from './commands.ts';
import type { ResultMethod } from './state.ts';

/** The body of a command as it comes over the wire: one flat object, most members optional. */
export type RawCommand = {
  readonly kind: string;
  readonly forward?: boolean;
  readonly reason?: string;
  readonly note?: string;
  readonly items?: readonly RequestedItem[];
  readonly deadline?: string;
  readonly staffId?: string | null;
  readonly amountVnd?: number;
  readonly result?: 'granted' | 'refused';
  readonly title?: string;
  readonly body?: string;
  readonly method?: ResultMethod;
  readonly receiver?: string | null;
};

type FieldProblem = { readonly path: string; readonly code: string; readonly message: string };
type Parsed =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly fields: readonly FieldProblem[] };

const need = (path: string, message: string): Parsed => ({
  ok: false,
  fields: [{ path: `command.${path}`, code: 'required', message }],
});

/** Makes a command of a raw body, or tells which member is missing. Unknown members are ignored. */
export function parseCommand(raw: RawCommand): Parsed {
  const kind = raw.kind as CommandKind;
  const reason = raw.reason ?? '';
  const note = raw.note?.trim() ? { note: raw.note.trim() } : {};
  const ok = (command: Command): Parsed => ({ ok: true, command });
  switch (kind) {
    case 'receive':
      return ok({ kind, forward: raw.forward ?? false });
    case 'complete':
    case 'open':
      return ok({ kind });
    case 'refuse':
    case 'return-step':
    case 'suspend':
    case 'withdraw':
    case 'stop':
      return ok({ kind, reason });
    case 'take-back':
      return ok({ kind, ...(reason ? { reason } : {}) });
    case 'request-completion':
      if (!raw.items?.length) return need('items', 'Nêu ít nhất một giấy tờ hoặc nội dung cần hoàn thiện.');
      return ok({ kind, items: raw.items, reason, ...(raw.deadline ? { deadline: raw.deadline } : {}) });
    case 'request-supplement':
      if (!raw.items?.length) return need('items', 'Nêu ít nhất một giấy tờ hoặc nội dung cần bổ sung.');
      return ok({ kind, items: raw.items, reason, ...(raw.deadline ? { deadline: raw.deadline } : {}) });
    case 'assign':
      if (raw.staffId === null) return ok({ kind, staffId: null });
      if (!raw.staffId) return need('staffId', 'Chọn người được phân công.');
      return ok({ kind, staffId: raw.staffId });
    case 'forward':
      return ok({ kind, ...note, ...(raw.staffId ? { staffId: raw.staffId } : {}) });
    case 'accept-supplement':
    case 'settle-finance':
    case 'resume':
    case 'approve':
      return ok({ kind, ...note });
    case 'request-finance':
      if (raw.amountVnd === undefined) return need('amountVnd', 'Nhập số tiền phải nộp.');
      return ok({ kind, reason, amountVnd: raw.amountVnd });
    case 'draft-result':
      if (!raw.title?.trim()) return need('title', 'Nhập tên kết quả.');
      if (!raw.body?.trim()) return need('body', 'Nhập nội dung kết quả.');
      return ok({ kind, result: raw.result ?? 'granted', title: raw.title.trim(), body: raw.body });
    case 'number':
      return ok({ kind, number: '' });
    case 'hand-over':
      return ok({ kind, method: raw.method ?? 'desk', receiver: raw.receiver?.trim() || null });
    default:
      return { ok: false, fields: [{ path: 'command.kind', code: 'unknown', message: 'Không có thao tác này.' }] };
  }
}
