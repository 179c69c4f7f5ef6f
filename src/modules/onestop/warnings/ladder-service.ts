import { type Actor, actorRef, holds, unitsFor } from '../../../core/access/actor.ts';
import type { ReplyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf, instantAt, isDay, toIso } from '../../../core/time/index.ts';
import { dueAt } from '../../../core/working-time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../../foundation/audit/index.ts';
import { getWarningContent } from './content.ts';
import type { WarningContext } from './context.ts';
import type { LadderPreviewBody, listLadders, NewLadderBody, previewLadder } from './contract.ts';
import { findLadderFaults } from './rules/definition.ts';
import { ladder } from './rules/ladder.ts';
import { timingOf } from './rules/timing.ts';
import { rungText } from './rules/words.ts';
import * as store from './store.ts';

/** Ladders in use: those of the installation, newest first, then those that come with the program. */
export async function readLadders(ctx: WarningContext, actor: Actor): Promise<ReplyOf<typeof listLadders>> {
  const all = await store.findLadders(ctx.db);
  const own = all.filter((one) => one.unitId === null || holds(actor, 'warning.edit', one.unitId));
  const names = await ctx.ports.unitNames(
    own.flatMap((one) => one.unitId ?? []),
    dayOf(ctx.clock.now()),
  );
  return {
    rows: [
      ...own.map((one) => ({
        id: one.id,
        name: one.name,
        procedureCode: one.procedureCode,
        unitId: one.unitId,
        unitName: one.unitId && (names.get(one.unitId) ?? ''),
        validFrom: one.validFrom,
        source: one.source,
        verified: one.verified,
        builtIn: false,
        definition: one.definition,
      })),
      ...getWarningContent().ladders.map((one) => ({
        id: `content:${one.id}`,
        name: one.name,
        procedureCode: one.procedureCode ?? null,
        unitId: null,
        unitName: null,
        validFrom: one.validFrom,
        source: one.source,
        verified: one.verified,
        builtIn: true,
        definition: one.definition,
      })),
    ],
  };
}

/**
 * Puts a ladder in force from a day on, for a procedure, a unit with those below it, or everything. Warnings made stay
 * made; open dossiers are looked at anew from that day.
 * @throws AppError row/missing for a unit not one's own, warning/ladder-invalid, row/stale where another was published since
 */
export async function publishLadder(ctx: WarningContext, actor: Actor, body: NewLadderBody): Promise<{ id: string }> {
  const { procedureCode, unitId, validFrom, definition } = body;
  const mine = unitId === null ? holds(actor, 'warning.edit') : holds(actor, 'warning.edit', unitId);
  if (!mine) throw new AppError('row/missing');
  const from = isDay(validFrom) ? instantAt(validFrom, '00:00') : undefined;
  const now = ctx.clock.now();
  // Rungs of the past are not made up afterwards: a ladder begins today at the earliest.
  if (!from || validFrom < dayOf(now)) throw invalid(words('server.warning.from-today'));
  const fault = definition && findLadderFaults(definition)[0];
  if (fault) throw invalid(fault.message);
  const id = uuidv7(now);
  await ctx.db.transaction().execute(async (trx) => {
    await store.lockLadders(trx);
    const newest = (await store.findLadders(trx)).find(
      (one) => one.procedureCode === procedureCode && one.unitId === unitId,
    );
    if ((newest?.id ?? null) !== body.seen) throw new AppError('row/stale');
    const { name, source } = body;
    await store.insertLadder(trx, {
      id,
      name,
      procedureCode,
      unitId,
      validFrom,
      definition,
      source,
      at: now,
      by: actorRef(actor),
    });
    await store.markScope(trx, procedureCode, from);
    await recordAudit(trx, [
      {
        chainId: unitId ?? INSTALLATION_CHAIN,
        occurredAt: now,
        actor,
        action: 'warning.publish-ladder',
        object: { type: 'warning-ladder', id },
        payload: { procedureCode, unitId, validFrom, definition },
      },
    ]);
  });
  return { id };
}

/** What a ladder would do to a dossier received at an instant with so many working days; nothing is saved. */
export async function preview(
  ctx: WarningContext,
  actor: Actor,
  body: LadderPreviewBody,
): Promise<ReplyOf<typeof previewLadder>> {
  const unitId = body.unitId ?? unitsFor(actor, 'warning.edit')[0];
  if (unitId === undefined || !holds(actor, 'warning.edit', unitId)) throw new AppError('row/missing');
  const [day = '', time = ''] = body.receivedAt.split('T');
  const receivedAt = isDay(day) ? instantAt(day, time) : undefined;
  if (!receivedAt) throw invalid(words('server.warning.no-such-time'));
  const { calendar } = await ctx.ports.calendarFor(unitId, day);
  const due = dueAt(calendar, receivedAt, { unit: 'working-day', amount: body.limitDays });
  if (!due.ok || due.dueAt === null) throw invalid(words('server.warning.no-due'));
  const timing = timingOf(receivedAt, due.dueAt, { events: [], supplementPolicy: 'pause' });
  const placed = ladder(body.definition, { dossier: timing, step: timing }, calendar);
  return {
    dueAt: toIso(due.dueAt),
    faults: [...findLadderFaults(body.definition)],
    rungs: placed
      .filter((rung) => rung.subject === 'dossier')
      .map(({ rung, at }) => ({
        rung: rung.id,
        text: rungText(rung, 'dossier'),
        colour: rung.colour,
        acts: rung.acts,
        at: toIso(at),
      })),
  };
}

const invalid = (reason: string): AppError => new AppError('warning/ladder-invalid', { params: { reason } });
