import { type Actor, holds } from '../../../core/access/actor.ts';
import { type Day, formatDay } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { unitNameOn } from '../../foundation/organisation/index.ts';
import { READ, type TargetContext } from './context.ts';
import type { TargetTerms } from './rules/definition.ts';
import * as store from './store.ts';

/**
 * Nobody gets the same target twice: what is counted, the kind of goal and the decision are the same, and the periods are of
 * one kind and share a day (a half year within a year is a milestone of its own, and so are nine months beside ten). Until the transaction ends nobody else
 * gives one.
 * @throws AppError target/equal: a line for each that is there; `existing` names those the actor may open
 */
export async function refuseEqual(
  ctx: TargetContext,
  trx: Db,
  actor: Actor,
  wish: {
    readonly unitIds: readonly string[];
    readonly span: { readonly from: Day; readonly to: Day };
    readonly terms: TargetTerms;
    readonly except?: string;
  },
): Promise<void> {
  await store.lockGiving(trx);
  const rows = await store.findEqual(trx, wish.unitIds, wish.span, wish.terms, wish.except);
  if (rows.length === 0) return;
  const directory = await ctx.ports.directory();
  const unitOf = (row: store.TargetRow): string => unitNameOn(directory, row.unitId, row.toDay);
  throw new AppError('target/equal', {
    fields: rows.map((row) => ({
      path: 'unitIds',
      code: 'equal',
      message: words('server.targets.equal', {
        unit: unitOf(row),
        name: row.terms.name,
        from: formatDay(row.fromDay),
        to: formatDay(row.toDay),
      }),
    })),
    extra: {
      existing: rows
        .filter((row) => holds(actor, READ, row.unitId))
        .map((row) => ({ id: row.id, unitName: unitOf(row), name: row.terms.name })),
    },
  });
}
