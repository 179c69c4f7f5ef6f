import { expect, test } from 'vitest';
import { holds, readingUnitsFor, type StaffActor, unitsFor } from './actor.ts';

const actor: StaffActor = {
  kind: 'staff',
  accountId: 'account',
  staffId: 'staff',
  displayName: 'Lãnh đạo mẫu',
  homeUnitId: 'new',
  unitIds: ['new'],
  roles: ['chairman'],
  unitsByPermission: new Map([
    ['dossier.read', new Set(['new', 'new/desk'])],
    ['dossier.approve', new Set(['new'])],
  ]),
  formerUnits: new Map([
    ['new', ['old', 'old/desk']],
    ['new/desk', ['old/desk']],
    ['other', ['others-old']],
  ]),
  assurance: 'password',
  address: '203.0.113.9',
};

test('former units are read where the permission is held today, each once, and nothing is held for them', () => {
  expect(readingUnitsFor(actor, 'dossier.read')).toEqual(['new', 'new/desk', 'old', 'old/desk']);
  expect(readingUnitsFor(actor, 'dossier.search')).toEqual([]);
  expect(unitsFor(actor, 'dossier.read')).toEqual(['new', 'new/desk']);
  expect(holds(actor, 'dossier.read', 'old')).toBe(false);
});

test('without former units, and for everybody who is not staff, it is the units held', () => {
  const { formerUnits: _, ...plain } = actor;
  expect(readingUnitsFor(plain, 'dossier.read')).toEqual(['new', 'new/desk']);
  expect(readingUnitsFor({ kind: 'system', name: 'test', assurance: 'system' }, 'dossier.read')).toEqual([]);
});
