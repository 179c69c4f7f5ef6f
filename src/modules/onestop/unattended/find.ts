import type { Db } from '../../../platform/db/open.ts';
import { findHoldings, type Holding } from '../dossiers/index.ts';
import type { UnattendedContext } from './context.ts';
import { permissionOfRole } from './rules/permission.ts';

/** Work in the hands of somebody who is not there and whose work of this kind nobody does. */
export type LeftHolding = Holding & { readonly reason: 'absent' | 'departed'; readonly until: Date | null };

/** Everything left with nobody now, at the units (`null`: everywhere). */
export async function findLeft(
  ctx: UnattendedContext,
  db: Db,
  unitIds: readonly string[] | null,
  at: Date,
): Promise<LeftHolding[]> {
  const holdings = await findHoldings(db, { unitIds, staffIds: null });
  const away = await ctx.ports.awayNow([...new Set(holdings.map((holding) => holding.staffId))], at);
  return holdings.flatMap((holding) => {
    const found = away.get(holding.staffId);
    if (!found || found.covers(holding.unitId, permissionOfRole(holding.role))) return [];
    return [{ ...holding, reason: found.reason, until: found.until }];
  });
}
