import { type Actor, unitsFor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { findHeldBy } from '../dossiers/index.ts';
import type { UnattendedContext } from './context.ts';
import type * as contract from './contract.ts';
import { findLeft } from './find.ts';
import { permissionOfRole } from './rules/permission.ts';

/** What is left with nobody at the units the actor leads, what is due first stands first. No names of citizens. */
export async function listLeft(
  ctx: UnattendedContext,
  actor: Actor,
  query: QueryOf<typeof contract.listUnattended>,
): Promise<ReplyOf<typeof contract.listUnattended>> {
  const now = ctx.clock.now();
  const units = unitsFor(actor, 'dossier.reassign').filter((id) => !query.unitId || id === query.unitId);
  const left = await findLeft(ctx, ctx.db, units, now);
  const asked = left.filter(
    (holding) =>
      (!query.staffId || holding.staffId === query.staffId) && (!query.reason || holding.reason === query.reason),
  );
  const limit = query.limit ?? 50;
  const held = await findHeldBy(ctx.db, asked, { limit, offset: ((query.page ?? 1) - 1) * limit });
  const [unitNames, staffNames] = await Promise.all([
    ctx.ports.unitNames([...new Set(held.map((row) => row.unitId))], dayOf(now)),
    ctx.ports.staffNames([...new Set(left.map((holding) => holding.staffId))]),
  ]);
  const nameOf = (staffId: string): string => staffNames.get(staffId)?.name ?? '';
  const rows = await Promise.all(
    held.map(async (row) => {
      const procedure = await ctx.ports.procedureOf(row.procedureRevisionId);
      const why = asked.find((holding) => holding.staffId === row.staffId);
      return {
        id: row.id,
        code: row.code,
        version: row.version,
        procedureName: procedure.name,
        stepName: procedure.stepNames.get(row.stepId) ?? '',
        role: row.role,
        unitId: row.unitId,
        unitName: unitNames.get(row.unitId) ?? '',
        staffId: row.staffId,
        staffName: nameOf(row.staffId),
        reason: why?.reason ?? ('absent' as const),
        until: why?.until ? toIso(why.until) : null,
        dueAt: row.dueAt ? toIso(row.dueAt) : null,
      };
    }),
  );
  const byHolder = new Map<string, number>();
  for (const { staffId, dossiers } of left) byHolder.set(staffId, (byHolder.get(staffId) ?? 0) + dossiers);
  return {
    rows,
    total: asked.reduce((sum, holding) => sum + holding.dossiers, 0),
    holders: [...byHolder].map(([staffId, dossiers]) => ({ staffId, name: nameOf(staffId), dossiers })),
  };
}

/** Who may take work of a role at a unit the actor leads. */
export async function listTakers(
  ctx: UnattendedContext,
  actor: Actor,
  { unitId, role }: QueryOf<typeof contract.findTakers>,
): Promise<ReplyOf<typeof contract.findTakers>> {
  if (!unitsFor(actor, 'dossier.reassign').includes(unitId)) return { rows: [] };
  const day = dayOf(ctx.clock.now());
  return { rows: [...(await ctx.ports.staffOf(unitId, permissionOfRole(role), day))] };
}
