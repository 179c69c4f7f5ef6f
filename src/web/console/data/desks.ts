import { listUnits } from '../../../modules/foundation/organisation/contract.ts';
import { useActiveUnitId } from '../active-unit.ts';
import { useMe } from '../session.ts';
import { useCall } from './use-call.ts';

/** The one-stop desks where the person may receive today; hers first. Undefined while not known yet. */
export function useDesks(): { id: string; name: string }[] | undefined {
  const me = useMe();
  const active = useActiveUnitId(me);
  const units = useCall(listUnits, { query: { type: 'one-stop-desk', pageSize: 200 } }, { staleTime: 10 * 60_000 });
  if (units.isPending || !me) return undefined;
  const may = new Set(me.permissions['dossier.receive'] ?? []);
  const desks = (units.data?.rows ?? [])
    .filter((row) => may.has(row.unitId))
    .map((row) => ({ id: row.unitId, name: row.name }));
  const own = me.units.filter((unit) => may.has(unit.id));
  const all = desks.length > 0 ? desks : own;
  const rank = (id: string) => (id === active ? 0 : me.unitIds.includes(id) ? 1 : 2);
  return [...all].sort((a, b) => rank(a.id) - rank(b.id));
}
