import { expect, test } from 'vitest';
import { placeOf } from './place.ts';

test.each([
  ['Ủy ban nhân dân xã Hiệp Đức', 'Hiệp Đức'],
  ['UBND thị trấn Tân Bình', 'Tân Bình'],
  ['Ủy ban nhân dân đặc khu Hoàng Sa', 'Hoàng Sa'],
  ['Thành phố Đà Nẵng', 'Đà Nẵng'],
  ['Sở Tư pháp', 'Sở Tư pháp'],
])('the place of %s is %s', (name, place) => {
  expect(placeOf(name)).toBe(place);
});
