import { expect, test } from 'vitest';
import { signerCapacity } from './signer-capacity.ts';

test.each([
  ['Chủ tịch UBND huyện', 'CHỦ TỊCH'],
  ['Chủ tịch Ủy ban nhân dân xã Hiệp Đức', 'CHỦ TỊCH'],
  ['Quyền Chủ tịch UBND xã', 'QUYỀN CHỦ TỊCH'],
  ['Phó Chủ tịch UBND xã', 'KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH'],
  ['Giám đốc', 'GIÁM ĐỐC'],
  ['Phó Giám đốc', 'KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC'],
  ['Chánh Văn phòng HĐND và UBND xã', 'CHÁNH VĂN PHÒNG HĐND VÀ UBND XÃ'],
  ['', 'CHỦ TỊCH'],
  [undefined, 'CHỦ TỊCH'],
])('the capacity of %j is %j', (title, capacity) => {
  expect(signerCapacity(title)).toBe(capacity);
});
