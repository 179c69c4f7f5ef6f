import type { StaffActor } from '../../../core/access/actor.ts';
import type { StaffGrants } from './ports.ts';

/**
 * The actor of a staff session. Until a password given by an administrator has been changed the session holds nothing:
 * no roles, no units, no permissions; only its own account can be worked on.
 */
export function makeStaffActor(
  account: { readonly id: string; readonly mustChange: boolean },
  grants: StaffGrants,
  assurance: string,
  address: string,
): StaffActor {
  return {
    kind: 'staff',
    accountId: account.id,
    staffId: grants.staffId,
    displayName: grants.displayName,
    homeUnitId: grants.homeUnitId,
    unitIds: account.mustChange ? [] : grants.unitIds,
    roles: account.mustChange ? [] : grants.roles,
    unitsByPermission: account.mustChange ? new Map() : grants.unitsByPermission,
    assurance: assurance === 'password+totp' ? 'password+totp' : 'password',
    address,
  };
}
