import { expect, it } from 'vitest';
import { withoutAsidesAhead } from './aside.ts';

it.each([
  ['UBND cấp huyện (trước 01/7/2025), cấp xã', '2023-08-31', 'UBND cấp huyện, cấp xã'],
  ['UBND cấp huyện (trước 01/7/2025), cấp xã', '2025-07-01', 'UBND cấp huyện (trước 01/7/2025), cấp xã'],
  ['TTHC cấp huyện (đến 30/6/2025)', '2025-06-30', 'TTHC cấp huyện'],
  ['TTHC cấp huyện (đến 30/6/2025)', '2025-07-01', 'TTHC cấp huyện (đến 30/6/2025)'],
  ['Tổ dân phố (thôn)', '2023-01-01', 'Tổ dân phố (thôn)'],
])('says of “%s” on %s: “%s”', (text, day, said) => {
  expect(withoutAsidesAhead(text, day)).toBe(said);
});
