import { createFixedClock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { IdentityDeps } from './context.ts';
import { argon2Hasher } from './password-hasher.ts';
import type { PasswordHasher, StaffGrants } from './ports.ts';
import { createIdentityService } from './service.ts';

export const UNIT_A = '01900000-0000-7000-8000-00000000000a';
export const UNIT_B = '01900000-0000-7000-8000-00000000000b';
export const CLERK = '01900000-0000-7000-8000-000000000001';
export const OFFICER = '01900000-0000-7000-8000-000000000002';
export const MANAGER = '01900000-0000-7000-8000-000000000003';
export const ROOT = '01900000-0000-7000-8000-000000000004';
export const SYSTEM = { kind: 'system', name: 'test', assurance: 'system' } as const;

const permissions = (given: Record<string, readonly string[]>): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(Object.entries(given).map(([name, units]) => [name, new Set(units)]));

/** People of the tests: a clerk and an officer in two units, a manager of the first, an administrator of both. */
export function testGrants(): Map<string, StaffGrants> {
  const person = (
    staffId: string,
    displayName: string,
    unitId: string,
    roles: string[],
    given: Record<string, string[]>,
  ) =>
    [
      staffId,
      { staffId, displayName, homeUnitId: unitId, unitIds: [unitId], roles, unitsByPermission: permissions(given) },
    ] as const;
  return new Map([
    person(CLERK, 'Cán bộ Mẫu', UNIT_A, ['receiver'], { 'dossier.receive': [UNIT_A] }),
    person(OFFICER, 'Chuyên viên Mẫu', UNIT_B, ['officer'], { 'dossier.process': [UNIT_B] }),
    person(MANAGER, 'Quản lý Mẫu', UNIT_A, ['manager'], { 'account.manage': [UNIT_A] }),
    person(ROOT, 'Quản trị Mẫu', UNIT_A, ['administrator'], {
      'account.manage': [UNIT_A, UNIT_B],
      'system.administer': [UNIT_A],
    }),
  ]);
}

/** A service on a test database with a clock to set, a hasher that counts, and the cache's age to push on. */
export function createTestIdentity(db: Pool, overrides: Partial<IdentityDeps> = {}) {
  const clock = createFixedClock(new Date('2026-11-22T01:00:00Z'));
  const grants = testGrants();
  const counts = { verified: 0, loaded: 0 };
  const age = { ms: 0 };
  const hasher: PasswordHasher = {
    ...argon2Hasher,
    verify: (hash, password) => {
      counts.verified++;
      return argon2Hasher.verify(hash, password);
    },
  };
  const service = createIdentityService({
    db,
    clock,
    realClock: clock,
    loadGrants: async (staffId) => {
      counts.loaded++;
      return grants.get(staffId);
    },
    demoAllowed: true,
    secretKey: 'khoa-bi-mat-cua-bo-thu-nghiem-32-ky-tu',
    hasher,
    monotonicMs: () => age.ms,
    ...overrides,
  });
  const advance = (minutes: number): void => clock.set(new Date(clock.now().getTime() + minutes * 60_000));
  return { service, clock, grants, counts, age, advance };
}
