import { type Actor, actorRef, unitsFor } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { addMonths, type Day, dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { findBookCounts, saveBookCount } from './book-store.ts';
import { ANSWER, type HealthContext } from './context.ts';
import type * as contract from './contract.ts';
import { booksOf, lookIntoBooks, systemCount } from './look.ts';
import { lookAtBook } from './look-service.ts';
import type { Authority } from './ports.ts';
import { lockLooking } from './store.ts';

const SHOWN_MONTHS = 12;
/** Earlier months are no longer entered. */
const OLDEST_MONTHS = 60;

/** Authorities whose books the actor may enter: those of the units they answer for; a desk enters its commune's. */
async function authoritiesOf(ctx: HealthContext, actor: Actor, today: Day): Promise<readonly Authority[]> {
  const own = new Map<string, Authority>();
  for (const unitId of unitsFor(actor, ANSWER)) {
    const authority = await ctx.ports.authorityOf(unitId, today);
    if (authority && booksOf(ctx, authority, today).length > 0) own.set(authority.unitId, authority);
  }
  return [...own.values()];
}

const monthBack = (month: string, months: number): string => addMonths(`${month}-01`, -months).slice(0, 7);
/** The newest month that is over. */
const lastMonthOf = (today: Day): string => monthBack(today.slice(0, 7), 1);

/** Books of one authority over twelve months up to `until`, beside what the system has. */
export async function listBooks(
  ctx: HealthContext,
  actor: Actor,
  query: QueryOf<typeof contract.listBooks>,
): Promise<ReplyOf<typeof contract.listBooks>> {
  const today = dayOf(ctx.clock.now());
  const lastMonth = lastMonthOf(today);
  const until = query.until && query.until < lastMonth ? query.until : lastMonth;
  const authorities = await authoritiesOf(ctx, actor, today);
  const names = await ctx.ports.unitNames(
    authorities.map((one) => one.unitId),
    today,
  );
  const units = authorities
    .map(({ unitId }) => ({ id: unitId, name: names.get(unitId) ?? '' }))
    .sort((a, b) => a.name.localeCompare(b.name, 'vi'));
  const chosen = query.unitId
    ? authorities.find((one) => one.unitId === query.unitId)
    : authorities.find((one) => one.unitId === units[0]?.id);
  if (query.unitId && !chosen) throw new AppError('row/missing');
  if (!chosen) return { until, lastMonth, units, lines: [] };
  const months = Array.from({ length: SHOWN_MONTHS }, (_, at) => monthBack(until, SHOWN_MONTHS - 1 - at));
  const known = await findBookCounts(ctx.db, [chosen.unitId], `${months[0]}-01`, `${until}-01`);
  const lines = await Promise.all(
    booksOf(ctx, chosen, today).map(async (book) => ({
      unitId: chosen.unitId,
      unitName: names.get(chosen.unitId) ?? '',
      book: book.code,
      bookName: book.name,
      months: await Promise.all(
        months.map(async (month) => {
          const entered = known.find((one) => one.book === book.code && one.month === `${month}-01`);
          return {
            month,
            version: entered?.version ?? 0,
            count: entered?.count ?? null,
            inSystem: await systemCount(ctx, ctx.db, chosen.unitId, book, month),
            note: entered?.note ?? null,
          };
        }),
      ),
    })),
  );
  return { until, lastMonth, units, lines };
}

/**
 * Enters what a paper book shows for a month that is over, and compares it at once.
 * @throws AppError row/missing (unit or book not the actor's), health/month-not-over, row/stale.
 */
export async function enterBookCount(
  ctx: HealthContext,
  actor: Actor,
  body: BodyOf<typeof contract.saveBookCount>,
): Promise<ReplyOf<typeof contract.saveBookCount>> {
  const now = ctx.clock.now();
  const today = dayOf(now);
  const authority = (await authoritiesOf(ctx, actor, today)).find((one) => one.unitId === body.unitId);
  const book = authority && booksOf(ctx, authority, today).find((one) => one.code === body.book);
  if (!book) throw new AppError('row/missing');
  if (body.month > lastMonthOf(today) || body.month < monthBack(today.slice(0, 7), OLDEST_MONTHS)) {
    throw new AppError('health/month-not-over');
  }
  const month: Day = `${body.month}-01`;
  return ctx.db.transaction().execute(async (trx) => {
    await lockLooking(trx);
    const note = body.note?.trim() || null;
    const { unitId, version, count } = body;
    const entry = { unitId, book: book.code, month, version, count, note, at: now, by: actorRef(actor) };
    if (!(await saveBookCount(trx, entry))) throw new AppError('row/stale');
    const counts = await findBookCounts(trx, [unitId], month, month);
    const look = { db: trx, today, unitIds: new Set([unitId]) };
    const found = await lookIntoBooks(ctx, look, counts);
    const finding = await lookAtBook(ctx, trx, found, { unitId, period: body.month }, now, actorRef(actor));
    await recordAudit(trx, [
      {
        chainId: unitId,
        occurredAt: now,
        actor,
        action: 'unit-health.enter-book',
        object: { type: 'unit', id: unitId },
        payload: { book: book.code, month: body.month, count, note },
      },
    ]);
    return { version: version + 1, inSystem: await systemCount(ctx, trx, unitId, book, body.month), finding };
  });
}
