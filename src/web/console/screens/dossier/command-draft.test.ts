import { describe, expect, it } from 'vitest';
import { type CommandDraft, toCommand } from './command-draft.ts';

const blank: CommandDraft = {
  kind: 'forward',
  reason: '',
  note: '',
  items: [{ code: '', name: '', what: '' }],
  deadline: '',
  staffId: '',
  amount: '',
  result: 'granted',
  title: '',
  body: '',
  method: 'desk',
  receiver: '',
};

describe('the request of an action', () => {
  it('carries only what the action asks', () => {
    expect(toCommand({ ...blank, kind: 'open', reason: 'x' }, false)).toEqual({ ok: true, command: { kind: 'open' } });
    expect(toCommand({ ...blank, note: ' xong ' }, false)).toEqual({
      ok: true,
      command: { kind: 'forward', note: 'xong' },
    });
  });

  it('names the field that must be mended', () => {
    expect(toCommand({ ...blank, kind: 'stop' }, true)).toMatchObject({ ok: false, field: 'reason' });
    expect(toCommand({ ...blank, kind: 'assign' }, false)).toMatchObject({ ok: false, field: 'staff' });
    expect(toCommand({ ...blank, kind: 'request-supplement' }, true)).toMatchObject({ ok: false, field: 'items' });
    expect(toCommand({ ...blank, kind: 'draft-result', title: 'T' }, false)).toMatchObject({
      ok: false,
      field: 'draft',
    });
  });

  it('reads money as people write it', () => {
    const draft = { ...blank, kind: 'request-finance', amount: '1.250.000', reason: 'Lệ phí trước bạ' };
    expect(toCommand(draft, true)).toMatchObject({ ok: true, command: { amountVnd: 1_250_000 } });
    expect(toCommand({ ...draft, amount: 'nhiều' }, true)).toMatchObject({ ok: false, field: 'amount' });
  });
});
