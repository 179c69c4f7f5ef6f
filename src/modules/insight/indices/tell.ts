import { dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { words } from '../../../platform/messages/words.ts';
import { queueMessage } from '../../foundation/notifications/index.ts';
import { APPRAISE, type OpenedSheet, SCORE } from './access.ts';
import type { IndexContext } from './context.ts';
import type { SheetAct } from './rules/acts.ts';
import type { Round, Sheet } from './store.ts';

/** Who has to go on with a sheet after an act, by the permission they hold. */
const NEXT: Readonly<Record<SheetAct, 'unit' | 'appraiser'>> = {
  submit: 'appraiser',
  answer: 'appraiser',
  return: 'unit',
  send: 'unit',
  settle: 'unit',
  reopen: 'unit',
};

/** Tells those who have to go on with a sheet, once an act, in the transaction of the act. */
export async function tellNext(
  ctx: IndexContext,
  trx: Db,
  { sheet, round, unitName }: OpenedSheet,
  act: SheetAct,
  reason: string,
  at: Date,
): Promise<void> {
  const toUnit = NEXT[act] === 'unit';
  const to = { unitId: toUnit ? sheet.unitId : round.unitId, permission: toUnit ? SCORE : APPRAISE };
  await tell(ctx, trx, { sheet, round, unitName }, to, [words(`server.indices.notice-${act}`), reason], at);
}

/** Tells the unit that figures of its sheet changed when they were measured again. */
export function tellMeasured(ctx: IndexContext, trx: Db, about: About, count: number, at: Date): Promise<void> {
  const to = { unitId: about.sheet.unitId, permission: SCORE };
  return tell(ctx, trx, about, to, [words('server.indices.notice-measure', { count })], at);
}

type About = { readonly sheet: Sheet; readonly round: Round; readonly unitName: string };

async function tell(
  ctx: IndexContext,
  trx: Db,
  { sheet, round, unitName }: About,
  { unitId, permission }: { readonly unitId: string; readonly permission: string },
  text: readonly string[],
  at: Date,
): Promise<void> {
  const people = await ctx.ports.holdersOf(unitId, permission, dayOf(at));
  for (const { staffId } of people) {
    await queueMessage(trx, {
      recipient: `staff:${staffId}`,
      channel: 'app',
      subject: words('server.indices.notice', { unit: unitName, year: String(round.year) }),
      body: [round.set.name, ...text].filter(Boolean).join('. '),
      template: 'index-sheet',
      unitId,
      dedupeKey: `index-sheet:${sheet.id}:${sheet.version}:${staffId}`,
      at,
    });
  }
}
