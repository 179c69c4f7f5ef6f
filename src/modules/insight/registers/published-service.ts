import type { Actor } from '../../../core/access/actor.ts';
import { dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { type RegisterContext, requirePlace } from './context.ts';
import { entersOn, treeDay } from './units.ts';
import { checked, writeEntry } from './write-entry.ts';

/** Figures somebody has published, taken over on the day they became known. */
export type PublishedFigures = {
  readonly registerId: string;
  readonly unitId: string;
  readonly periodId: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Where they stand, e.g. `Hội nghị ngày 19/07/2023`. */
  readonly evidence: string;
  readonly reason: string;
  readonly at: Date;
};

/**
 * Takes figures over from a published source as if the unit had entered them at that instant: late or beside the figure by
 * the same rules. For loaders; what people enter goes through `saveEntry`.
 * @throws AppError as `saveEntry`
 */
export async function recordPublished(ctx: RegisterContext, actor: Actor, one: PublishedFigures): Promise<void> {
  const today = dayOf(one.at);
  const { register, period } = await requirePlace(ctx, one.registerId, one.periodId, today);
  const directory = await ctx.ports.directory();
  if (!entersOn(directory, register, one.unitId, treeDay(period, today))) throw new AppError('row/missing');
  const place = { register, period, unitId: one.unitId, closed: today > period.close };
  const values = checked(register, one.values);
  const note = { origin: 'import', reason: one.reason, evidence: one.evidence, at: one.at } as const;
  await ctx.db.transaction().execute((trx) => writeEntry(trx, actor, place, undefined, 0, values, note));
}
