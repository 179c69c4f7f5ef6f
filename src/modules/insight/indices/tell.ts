import { dayOf } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { words } from '../../../platform/messages/words.ts';
import { queueMessage } from '../../foundation/notifications/index.ts';
import { APPRAISE, type OpenedSheet, SCORE } from './access.ts';
import type { IndexContext } from './context.ts';
import type { SheetAct } from './rules/acts.ts';

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
  const unitId = toUnit ? sheet.unitId : round.unitId;
  const people = await ctx.ports.holdersOf(unitId, toUnit ? SCORE : APPRAISE, dayOf(at));
  for (const { staffId } of people) {
    await queueMessage(trx, {
      recipient: `staff:${staffId}`,
      channel: 'app',
      subject: words('server.indices.notice', { unit: unitName, year: String(round.year) }),
      body: [round.set.name, words(`server.indices.notice-${act}`), reason].filter(Boolean).join('. '),
      template: 'index-sheet',
      unitId,
      dedupeKey: `index-sheet:${sheet.id}:${sheet.version}:${staffId}`,
      at,
    });
  }
}
