import type { HeldBack, StaffActor } from '../../../core/access/actor.ts';
import type { StaffGrants } from './ports.ts';

/** What the session's account is like; `demo` accounts bear a published password and never need a second factor. */
export type SessionAccount = { readonly id: string; readonly mustChange: boolean; readonly demo: boolean };

/** True where one of the permissions is given only to sign-ins with two factors. */
export function needsSecondFactor(grants: StaffGrants, twoFactor: ReadonlySet<string>): boolean {
  return [...grants.unitsByPermission].some(([permission, units]) => units.size > 0 && twoFactor.has(permission));
}

/**
 * The actor of a staff session. Until a password given by an administrator has been changed, or while a permission asks
 * for a second factor that is not there, the session holds nothing: no roles, no units, no permissions; only its own
 * account can be worked on.
 */
export function makeStaffActor(
  account: SessionAccount,
  grants: StaffGrants,
  assurance: string,
  address: string,
  twoFactor: ReadonlySet<string>,
): StaffActor {
  const proven = assurance === 'password+totp' ? 'password+totp' : 'password';
  const heldBack = heldBackBy(account, proven === 'password' && needsSecondFactor(grants, twoFactor));
  return {
    kind: 'staff',
    accountId: account.id,
    staffId: grants.staffId,
    displayName: grants.displayName,
    homeUnitId: grants.homeUnitId,
    unitIds: heldBack ? [] : grants.unitIds,
    roles: heldBack ? [] : grants.roles,
    unitsByPermission: heldBack ? new Map() : grants.unitsByPermission,
    ...(grants.formerUnits ? { formerUnits: grants.formerUnits } : {}),
    assurance: proven,
    address,
    ...(!heldBack && grants.actingFor ? { actingFor: grants.actingFor } : {}),
    ...(!heldBack && grants.ownUnitsByPermission ? { ownUnitsByPermission: grants.ownUnitsByPermission } : {}),
    ...(heldBack ? { heldBack } : {}),
  };
}

function heldBackBy(account: SessionAccount, factorMissing: boolean): HeldBack | undefined {
  if (account.mustChange) return 'password';
  return factorMissing && !account.demo ? 'second-factor' : undefined;
}
