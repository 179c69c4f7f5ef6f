import crypto from 'node:crypto';
import type { StaffActor } from '../../core/access/actor.ts';

const known = new WeakMap<StaffActor['unitsByPermission'], string>();

/**
 * A text equal for two actors exactly where they are one person who may do the same at the same units: what is kept for
 * one reader under it is never given to another, nor after a right was taken away.
 */
export function readerKey(actor: StaffActor): string {
  const { unitsByPermission } = actor;
  let scope = known.get(unitsByPermission);
  if (scope === undefined) {
    const all = [...unitsByPermission]
      .map(([permission, units]) => [permission, ...[...units].sort()].join(' '))
      .sort();
    const units = new Set([...unitsByPermission.values()].flatMap((one) => [...one]));
    for (const id of [...units].sort()) {
      const former = actor.formerUnits?.get(id);
      if (former) all.push(['<', id, ...[...former].sort()].join(' '));
    }
    scope = crypto.createHash('sha256').update(all.join('\n')).digest('base64url');
    known.set(unitsByPermission, scope);
  }
  const acting = (actor.actingFor ?? []).map((one) => one.absenceId);
  return [actor.accountId, actor.staffId, actor.homeUnitId, ...actor.unitIds, ...actor.roles, ...acting, scope].join(
    ' ',
  );
}
