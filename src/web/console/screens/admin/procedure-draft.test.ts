import { describe, expect, it } from 'vitest';
import { memberOf, moved, nameOfRow, placeOf, rowsOf, stepSums, withMember } from './procedure-draft.ts';

const days = (amount: number) => ({ unit: 'working-day', amount });
const draft = {
  name: 'Thủ tục mẫu',
  field: { code: 'X', name: 'Hộ tịch' },
  channels: { desk: true, online: false, post: false },
  cases: [],
  timeLimits: [{ allow: days(3), verified: true }],
  steps: [
    { id: 'a', name: 'Nhận', allow: days(0.5) },
    { id: 'b', name: 'Làm', allow: days(2.5) },
  ],
};

describe('a draft of a procedure in the editor', () => {
  it('sets members by path and keeps the others', () => {
    const changed = withMember(draft, 'field.name', 'Đất đai');
    expect(changed['field']).toEqual({ code: 'X', name: 'Đất đai' });
    expect(memberOf(changed, 'field.name')).toBe('Đất đai');
    expect(withMember(draft, 'validTo', undefined)).toEqual(draft);
    expect(withMember({}, 'allow.amount', 2)).toEqual({ allow: { amount: 2 } });
    expect(memberOf(draft, 'name.none.there')).toBeUndefined();
  });

  it('moves rows, and never beyond an end', () => {
    const rows = rowsOf(draft, 'steps');
    expect(moved(rows, 1, -1).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(moved(rows, 0, -1)).toBe(rows);
    expect(moved(rows, 1, 1)).toBe(rows);
  });

  it('adds the steps up against the limit', () => {
    expect(stepSums(draft)).toMatchObject([{ limit: '3 ngày làm việc', total: 3, ok: true }]);
    const short = { ...draft, steps: draft.steps.slice(1) };
    expect(stepSums(short)).toMatchObject([{ ok: false, total: 2.5 }]);
    expect(stepSums({})).toEqual([]);
    expect(stepSums({ ...draft, steps: [{ allow: 'ba ngày' }] })).toSatisfy(Array.isArray);
  });

  it('reads the place of a finding and the name of a row', () => {
    expect(placeOf('/steps/2/allow')).toEqual({ member: 'steps', index: 2 });
    expect(placeOf('/name')).toEqual({ member: 'name', index: undefined });
    expect(placeOf('/')).toEqual({ member: '', index: undefined });
    expect([
      nameOfRow({ id: 'x', name: ' ' }),
      nameOfRow(undefined),
      nameOfRow({ name: 'a'.repeat(90) }).length,
    ]).toEqual(['x', '', 61]);
  });
});
