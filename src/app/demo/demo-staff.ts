import type { StaffActor } from '../../core/access/actor.ts';
import { dayOf } from '../../core/time/index.ts';
import type { System } from '../system.ts';

/**
 * Somebody of the demo who holds the permission for the unit now, as if signed in: of its own people where there is one, so
 * that nobody of the unit above sends what he receives. @throws Error where nobody does
 */
export async function demoHolder(system: System, unitId: string, permission: string): Promise<StaffActor> {
  const at = system.clock.now();
  const day = dayOf(at);
  const own = new Set((await system.organisation.directory()).reachOn(unitId, 'authority', day));
  let holder: StaffActor | undefined;
  for (const { staffId } of await system.organisation.staffOf(unitId, permission, day)) {
    const grants = await system.organisation.loadGrants(staffId, at);
    if (!grants) continue;
    const actor: StaffActor = { kind: 'staff', accountId: '', ...grants, assurance: 'password', address: '127.0.0.1' };
    if (own.has(actor.homeUnitId)) return actor;
    holder ??= actor;
  }
  if (!holder) throw new Error(`nobody in the demo holds ${permission} at ${unitId}`);
  return holder;
}
