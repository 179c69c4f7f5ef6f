import { expect, test } from 'vitest';
import type { StaffActor } from '../../core/access/actor.ts';
import { readerKey } from './reader-key.ts';

const actor = (
  permissions: readonly (readonly [string, readonly string[]])[],
  more: Partial<StaffActor> = {},
): StaffActor => ({
  kind: 'staff',
  accountId: 'account-1',
  staffId: 'staff-1',
  displayName: 'Lãnh đạo mẫu',
  homeUnitId: 'a',
  unitIds: ['a'],
  roles: ['chairman'],
  unitsByPermission: new Map(permissions.map(([permission, units]) => [permission, new Set(units)])),
  assurance: 'password',
  address: '203.0.113.9',
  ...more,
});

test('the same person with the same rights has one key, in whatever order and from wherever they come', () => {
  const one = actor([
    ['board.read', ['a', 'b']],
    ['report.read', ['a']],
  ]);
  const again = actor(
    [
      ['report.read', ['a']],
      ['board.read', ['b', 'a']],
    ],
    { address: '203.0.113.10' },
  );
  expect(readerKey(again)).toBe(readerKey(one));
});

test('what units of other people took over makes no difference', () => {
  const one = actor([['board.read', ['a']]]);
  expect(
    readerKey({ ...one, unitsByPermission: new Map(one.unitsByPermission), formerUnits: new Map([['b', ['old']]]) }),
  ).toBe(readerKey(one));
});

test('another unit, another right, another person or an absence stood in for is another key', () => {
  const acting = {
    absenceId: 'absence-1',
    staffId: 's',
    displayName: '',
    until: new Date(0),
    unitsByPermission: new Map(),
  };
  const keys = [
    actor([['board.read', ['a', 'b']]]),
    actor([['board.read', ['a']]]),
    actor([['report.read', ['a', 'b']]]),
    actor([
      ['board.read', ['a', 'b']],
      ['report.read', []],
    ]),
    actor([['board.read', ['a', 'b']]], { accountId: 'account-2', staffId: 'staff-2' }),
    actor([['board.read', ['a', 'b']]], { roles: ['chairman', 'officer'] }),
    actor([['board.read', ['a', 'b']]], { actingFor: [acting] }),
    actor([['board.read', ['a', 'b']]], { formerUnits: new Map([['a', ['old']]]) }),
    actor([['board.read', ['a', 'b']]], { formerUnits: new Map([['b', ['old']]]) }),
  ].map(readerKey);
  expect(new Set(keys).size).toBe(keys.length);
});
