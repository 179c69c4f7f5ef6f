import type { StaffActor } from '../../core/access/actor.ts';
import { dayOf } from '../../core/time/index.ts';
import type { System } from '../system.ts';

/** Somebody of the demo who holds the permission for the unit now, as if signed in. @throws Error where nobody does */
export async function demoHolder(system: System, unitId: string, permission: string): Promise<StaffActor> {
  const at = system.clock.now();
  const [found] = await system.organisation.staffOf(unitId, permission, dayOf(at));
  const grants = found && (await system.organisation.loadGrants(found.staffId, at));
  if (!grants) throw new Error(`nobody in the demo holds ${permission} at ${unitId}`);
  return { kind: 'staff', accountId: '', ...grants, assurance: 'password', address: '127.0.0.1' };
}
