import { expect, test } from 'vitest';
import { type Holder, reattribute, type Share } from './reattribute.ts';

const officer: Holder = { kind: 'step', stepId: 'tham-tra', unitId: 'phong', staffId: 'an' };
const chairman: Holder = { kind: 'step', stepId: 'ky', unitId: 'ubnd', staffId: 'binh' };
const part = { ...officer, minutes: 120 };
const share = (holder: Holder, minutes: number, causeCode = 'overload'): Share => ({ ...holder, minutes, causeCode });
const decide = (shares: readonly Share[], reason = '') =>
  reattribute(part, {
    shares,
    reason,
    holders: [officer, chairman],
    causes: new Set(['overload', 'agency-wait']),
    leads: (unitId) => unitId === 'phong',
  });

test('a part is confirmed as it is, without a reason', () => {
  expect(decide([share(officer, 120)])).toMatchObject({ ok: true, kind: 'confirmed', shares: [{ settled: true }] });
});

test('minutes cannot be changed away', () => {
  for (const shares of [
    [share(officer, 119)],
    [share(officer, 121)],
    [],
    [share(officer, 0), share(chairman, 120)],
    [share(officer, 150), share(chairman, -30)],
    [share(officer, 60.5), share(chairman, 59.5)],
  ]) {
    expect(decide(shares, 'Lý do')).toEqual({ ok: false, code: 'lateness/sum-changed' });
  }
});

test('putting minutes down to somebody else needs a reason and the other head', () => {
  const shares = [share(officer, 20), share(chairman, 100)];
  expect(decide(shares)).toEqual({ ok: false, code: 'dossier/reason-needed' });
  expect(decide(shares, 'Trình ký từ sáng, không có người ký')).toMatchObject({
    ok: true,
    kind: 'corrected',
    shares: [{ settled: true }, { settled: false }],
  });
});

test('only those who held the dossier can answer for it, or a wait of the same unit', () => {
  const stranger = { ...chairman, unitId: 'so-khac' };
  expect(decide([share(stranger, 120)], 'Lý do')).toEqual({ ok: false, code: 'lateness/unknown-holder' });
  const agency: Holder = { kind: 'agency', stepId: 'tham-tra', unitId: 'phong', staffId: null };
  expect(decide([share(agency, 120, 'agency-wait')], 'Sở trả lời sau 5 ngày')).toMatchObject({ ok: true });
});

test('a cause must be on the list', () => {
  expect(decide([share(officer, 120, 'mood')])).toEqual({ ok: false, code: 'lateness/unknown-cause' });
});
