import { expect, test } from 'vitest';
import { isUuid, uuidv7 } from './uuid.ts';

test.each<[unknown, boolean]>([
  [uuidv7(new Date('2023-08-31T01:00:00Z')), true],
  ['01A20198-7A95-71ED-AE70-B7387A340A28', true],
  ['01a20198-7a95-71ed-ae70-b7387a340a2', false],
  ['01a201987a9571edae70b7387a340a28', false],
  [' 01a20198-7a95-71ed-ae70-b7387a340a28', false],
  ['xyz', false],
  [undefined, false],
  [['01a20198-7a95-71ed-ae70-b7387a340a28'], false],
])('%j is a UUID: %s', (text, expected) => {
  expect(isUuid(text)).toBe(expected);
});
