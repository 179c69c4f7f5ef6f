import { sql } from 'kysely';
import { type Actor, unitsFor } from '../../../core/access/actor.ts';
import { addDays, type Day, dayOf, formatDay, instantAt, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { placeOf, type SlipData } from '../slips/index.ts';
import type { DossierContext } from './context.ts';
import type { RegisterBookFacts } from './ports.ts';
import {
  countRegister,
  type RegisterBook,
  type RegisterRow,
  type RegisterTotals,
  readRegisterRows,
} from './register-store.ts';
import { type RegisterVolume, registerVolumes } from './rules/register-volumes.ts';
import { dossierScope } from './scope.ts';
import { RESULT_CHANNEL } from './slip-service.ts';

/** A dossier filed online may wait for its reception, for papers at most; it is looked for this far back. */
const LONGEST_WAIT_DAYS = 370;

type Opened = { readonly facts: RegisterBookFacts; readonly book: RegisterBook; readonly from: Day; readonly to: Day };
/** Both days inclusive, and today by default. */
export type RegisterQuestion = {
  readonly deskId: string;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
};

/**
 * The book of a desk between two days, both inclusive, where the reader may print it: with
 * `register.print` at the desk itself while it lives, or at a unit that took over from it, and nobody else. Who keeps a
 * dead desk's book and may read dossiers there reads all of its rows, also those closed before the succession.
 */
async function openBook(ctx: DossierContext, actor: Actor, question: RegisterQuestion): Promise<Opened> {
  const today = dayOf(ctx.clock.now());
  const { deskId } = question;
  const [from, to] = [question.from ?? today, question.to ?? today];
  const facts = await ctx.ports.findRegisterBook(deskId, today);
  const mine = new Set(unitsFor(actor, 'register.print'));
  const keepers = facts?.lastDay ? facts.keepers : [deskId];
  if (!facts || !keepers.some((unitId) => mine.has(unitId))) throw new AppError('row/missing');
  const [start, end] = [instantAt(from, '00:00'), instantAt(addDays(to, 1), '00:00')];
  const earliest = instantAt(addDays(from, -LONGEST_WAIT_DAYS), '00:00');
  if (!start || !end || !earliest || from > to) throw new AppError('request/invalid');
  const readable = new Set(unitsFor(actor, 'dossier.read'));
  const inherited = facts.lastDay !== null && keepers.some((unitId) => mine.has(unitId) && readable.has(unitId));
  const book: RegisterBook = {
    deskId,
    keepers: facts.lastDay ? facts.keepers : [],
    tookOver: facts.tookOverOn.length > 0,
    tookOverByNow: facts.tookOverOn.some((day) => day <= to),
    start,
    end,
    earliest,
    visible: inherited ? sql<boolean>`true` : dossierScope(actor).where('d'),
  };
  return { facts, book, from, to };
}

export type RegisterPlan = RegisterTotals & { readonly volumes: readonly RegisterVolume[] };

/** How long the book is and in which volumes it is printed. @throws AppError row/missing, request/invalid */
export async function planRegister(
  ctx: DossierContext,
  actor: Actor,
  question: RegisterQuestion,
): Promise<RegisterPlan> {
  const { book } = await openBook(ctx, actor, question);
  const totals = await countRegister(ctx.db, book);
  return { ...totals, volumes: registerVolumes(totals.rows) };
}

export type PrintableBook = {
  readonly unitId: string;
  readonly name: string;
  /** Last day of a desk that is gone; null while it lives. */
  readonly closedOn: Day | null;
};

/** Books the reader may print: of the desks with `register.print`, and of those whose work such a unit took over. */
export async function listRegisterBooks(ctx: DossierContext, actor: Actor): Promise<{ rows: PrintableBook[] }> {
  const mine = new Set(unitsFor(actor, 'register.print'));
  const books = await ctx.ports.listRegisterBooks(dayOf(ctx.clock.now()));
  return {
    rows: books
      .filter((book) => (book.lastDay ? book.keepers : [book.unitId]).some((unitId) => mine.has(unitId)))
      .map(({ unitId, name, lastDay }) => ({ unitId, name, closedOn: lastDay })),
  };
}

/**
 * Sổ theo dõi hồ sơ of one desk: dossiers received in the period, in order of reception, one volume of it; those taken
 * over from another desk stand there as of that day. Printing is recorded.
 * @param volume from 1; may be left out where the book has only one.
 * @throws AppError row/missing for a desk whose book the reader does not keep, or no such volume; request/invalid where
 *   the book has several volumes and none was named.
 */
export async function readRegister(
  ctx: DossierContext,
  actor: Actor,
  question: RegisterQuestion,
  volume?: number,
): Promise<{ setId: string; data: SlipData<'REGISTER'> }> {
  const { deskId } = question;
  const { facts, book, from, to } = await openBook(ctx, actor, question);
  const totals = await countRegister(ctx.db, book);
  const volumes = registerVolumes(totals.rows);
  if (volume === undefined && volumes.length > 1) {
    throw new AppError('request/invalid', {
      fields: [
        {
          path: 'query.volume',
          code: 'required',
          message: words('server.dossier.register-volumes', { count: String(volumes.length) }),
        },
      ],
    });
  }
  const wanted = volumes[(volume ?? 1) - 1];
  if (!wanted) throw new AppError('row/missing');
  const rows = await readRegisterRows(ctx.db, book, wanted.first, wanted.last);
  // A desk that is gone is named, and headed, as it was at its end.
  const asOf = facts.lastDay !== null && facts.lastDay < to ? facts.lastDay : to;
  const desk = await ctx.ports.findUnit(deskId, asOf);
  const authority = await ctx.ports.authorityOf(deskId, null, asOf);
  const names = await ctx.ports.unitNames(
    [...new Set(rows.flatMap((r) => [r.decided_by_unit_id, ...(r.from_units ?? []), ...(r.to_units ?? [])]))],
    to,
  );
  await recordAudit(ctx.db, [
    {
      chainId: authority?.id ?? deskId,
      occurredAt: ctx.clock.now(),
      actor,
      action: 'dossier.print-register',
      object: { type: 'unit', id: deskId },
      payload: {
        from,
        to,
        rows: rows.length,
        ...(volumes.length > 1 ? { volume: wanted.number, volumes: volumes.length } : {}),
      },
    },
  ]);
  const data: SlipData<'REGISTER'> = {
    letterhead: {
      authority: desk?.name ?? facts.name,
      ...(authority ? { parentAuthority: authority.name } : {}),
      place: placeOf(authority?.name ?? '') || '…',
      date: to,
    },
    desk: desk?.name ?? facts.name,
    ...(volumes.length > 1 ? { book: `${wanted.number}/${volumes.length}` } : {}),
    from,
    to,
    firstNumber: wanted.first,
    totals: { ...totals, volumes: volumes.length },
    rows: await Promise.all(
      rows.map(async (row) => ({
        dossierCode: row.code,
        procedureName: (await ctx.ports.getProcedureRevision(row.procedure_revision_id)).definition.name,
        sets: row.copies,
        partyName:
          row.owner?.fullName ||
          (row.erased ? words('server.dossier.register-erased') : words('server.dossier.register-nameless')),
        ...(row.owner?.address ? { address: row.owner.address } : {}),
        ...(row.owner?.phone ? { phone: row.owner.phone } : {}),
        authority: names.get(row.decided_by_unit_id) ?? '…',
        receivedAt: toIso(row.received_at),
        ...(row.due_current ? { dueAt: toIso(row.due_current) } : {}),
        ...(row.ended_at ? { resultAt: toIso(row.ended_at) } : {}),
        resultChannel: RESULT_CHANNEL[row.result_method],
        ...noteOf(row, deskId, names),
      })),
    ),
  };
  return { setId: ctx.ports.regimeOn(to).formSet, data };
}

/** Where a dossier came from or went to, and that an old system kept it before. */
function noteOf(row: RegisterRow, deskId: string, names: ReadonlyMap<string, string>): { note?: string } {
  const parts = row.imported ? [words('server.dossier.register-imported')] : [];
  row.moved_at?.forEach((at, index) => {
    const [from, to] = [row.from_units?.[index], row.to_units?.[index]];
    const day = formatDay(dayOf(at));
    if (to === deskId) parts.push(words('server.dossier.register-from', { unit: names.get(from ?? '') ?? '…', day }));
    if (from === deskId) parts.push(words('server.dossier.register-to', { unit: names.get(to ?? '') ?? '…', day }));
  });
  return parts.length === 0 ? {} : { note: parts.join('; ') };
}
