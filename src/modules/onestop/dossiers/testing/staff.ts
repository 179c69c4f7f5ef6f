import type { StaffActor } from '../../../../core/access/actor.ts';

const id = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** A member of staff with these rights over these units, and no others. @param n tells people apart */
export function staffWith(
  n: number,
  homeUnitId: string,
  given: Readonly<Record<string, Iterable<string>>>,
): StaffActor {
  return {
    kind: 'staff',
    accountId: id(500 + n),
    staffId: id(600 + n),
    displayName: `Cán bộ mẫu ${n}`,
    homeUnitId,
    unitIds: [homeUnitId],
    roles: [],
    unitsByPermission: new Map(Object.entries(given).map(([name, units]) => [name, new Set(units)])),
    assurance: 'password',
    address: '203.0.113.9',
  };
}
