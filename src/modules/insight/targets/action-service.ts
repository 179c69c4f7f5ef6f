import { type Actor, actorRef, holds, unitsFor } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { type Day, dayOf, daysBetween, formatDay, toIso } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { words } from '../../../platform/messages/words.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { queueMessage } from '../../foundation/notifications/index.ts';
import { unitNameOn } from '../../foundation/organisation/index.ts';
import * as store from './action-store.ts';
import { EDIT, READ, type TargetContext } from './context.ts';
import type * as contract from './contract.ts';
import { chainOf } from './edit-service.ts';
import { type ActionSide, decideAction, openActionActs } from './rules/action.ts';
import { openTarget, staffNames } from './target-service.ts';

const ACTION_PAGE = 50;

/** What somebody is to do about a target that lags or a point that was lost. */
export type NewAction = {
  /** `target` with its id; other modules name theirs: `criterion`, with an id they can find again. */
  readonly origin: { readonly type: string; readonly id: string; readonly label: string };
  readonly unitId: string;
  readonly title: string;
  readonly ownerStaffId: string;
  readonly dueDay: Day;
  readonly text?: string | undefined;
};

/**
 * Gives somebody of the unit's authority something to do, and tells them.
 * @param within the caller's transaction, where it writes more about the same decision
 * @throws AppError row/missing (the actor sets no targets for the unit), target/person, target/invalid (a day gone by)
 */
export async function createAction(
  ctx: TargetContext,
  actor: Actor,
  one: NewAction,
  within?: Db,
): Promise<{ id: string }> {
  if (!holds(actor, EDIT, one.unitId)) throw new AppError('row/missing');
  const at = ctx.clock.now();
  const today = dayOf(at);
  await checkOwner(ctx, one.unitId, one.ownerStaffId, today);
  checkDue(one.dueDay, today);
  const { origin, unitId, title, ownerStaffId, dueDay } = one;
  const id = uuidv7(at);
  const row = {
    id,
    originType: origin.type,
    originId: origin.id,
    originLabel: origin.label,
    unitId,
    title,
    ownerStaffId,
    dueDay,
    createdAt: at,
  };
  const write = async (trx: Db): Promise<{ id: string }> => {
    await store.insertAction(trx, { ...row, createdBy: actorRef(actor) });
    const text = one.text?.trim() ?? '';
    await recordAct(ctx, trx, actor, row, { act: 'create', state: 'open', text, at, by: actorRef(actor) });
    await tellOwner(trx, row, `target-action:${id}:create`, 'given', at);
    return { id };
  };
  return within ? write(within) : ctx.db.transaction().execute(write);
}

/** A target's action, with its name as the origin. @throws as `createAction`, and row/missing, target/ended */
export async function createTargetAction(
  ctx: TargetContext,
  actor: Actor,
  targetId: string,
  body: BodyOf<typeof contract.createTargetAction>,
): Promise<{ id: string }> {
  const row = await openTarget(ctx, actor, targetId);
  if (row.endedAt) throw new AppError('target/ended');
  const origin = { type: 'target', id: targetId, label: row.terms.name };
  return createAction(ctx, actor, { ...body, origin, unitId: row.unitId });
}

/** @throws AppError row/missing, row/stale, access/forbidden, target/action-state, dossier/reason-needed, target/person, target/invalid */
export async function actOnAction(
  ctx: TargetContext,
  actor: Actor,
  id: string,
  { version, act, text: typed = '', ownerStaffId, dueDay }: BodyOf<typeof contract.actOnTargetAction>,
): Promise<ReplyOf<typeof contract.actOnTargetAction>> {
  const row = await store.findAction(ctx.db, scopeOf(actor), id);
  if (!row) throw new AppError('row/missing');
  if (row.version !== version) throw new AppError('row/stale', { extra: { currentVersion: row.version } });
  const text = typed.trim();
  const decided = decideAction(act, row.state, sidesOf(actor, row), text);
  if (!decided.ok) {
    if (decided.why === 'side') throw new AppError('access/forbidden');
    if (decided.why === 'text') throw new AppError('dossier/reason-needed');
    throw new AppError('target/action-state', { params: { state: words(`server.targets.state-${row.state}`) } });
  }
  const at = ctx.clock.now();
  const moved = act === 'change' ? { ownerStaffId, dueDay } : {};
  if (moved.ownerStaffId !== undefined) await checkOwner(ctx, row.unitId, moved.ownerStaffId, dayOf(at));
  if (moved.dueDay !== undefined) checkDue(moved.dueDay, dayOf(at));
  const by = actorRef(actor);
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await store.changeAction(trx, id, version, { state: decided.state, ...moved })))
      throw new AppError('row/stale');
    await recordAct(ctx, trx, actor, row, { act, state: decided.state, text, at, by });
    if (moved.ownerStaffId !== undefined && moved.ownerStaffId !== row.ownerStaffId) {
      const given = { ...row, ownerStaffId: moved.ownerStaffId, dueDay: moved.dueDay ?? row.dueDay };
      await tellOwner(trx, given, `target-action:${id}:${version + 1}`, 'given', at);
    }
  });
  return { id, version: version + 1, state: decided.state };
}

/** Actions of the units the actor reads, and those the actor answers for. */
export async function listActions(
  ctx: TargetContext,
  actor: Actor,
  { page = 1, originId, ...query }: QueryOf<typeof contract.listTargetActions>,
): Promise<ReplyOf<typeof contract.listTargetActions>> {
  const today = dayOf(ctx.clock.now());
  const filter = { ...query, today, ...(originId === undefined ? {} : { originIds: [originId] }) };
  const place = { offset: (page - 1) * ACTION_PAGE, limit: ACTION_PAGE };
  const { rows, total } = await store.listActions(ctx.db, scopeOf(actor), filter, place);
  const [notes, directory] = await Promise.all([
    store.listNotes(
      ctx.db,
      rows.map((row) => row.id),
    ),
    ctx.ports.directory(),
  ]);
  const nameOf = await staffNames(ctx, [
    ...rows.map((row) => `staff:${row.ownerStaffId}`),
    ...notes.map((note) => note.by),
  ]);
  return {
    rows: rows.map(({ createdAt: _, ...row }) => {
      const running = row.state === 'open' || row.state === 'doing';
      return {
        ...row,
        unitName: unitNameOn(directory, row.unitId, today),
        ownerName: nameOf(`staff:${row.ownerStaffId}`),
        lateDays: running ? Math.max(0, daysBetween(row.dueDay, today)) : 0,
        acts: openActionActs(row.state, sidesOf(actor, row)),
        notes: notes
          .filter((note) => note.actionId === row.id)
          .map(({ actionId: __, at, by, ...note }) => ({ ...note, at: toIso(at), by: nameOf(by) })),
      };
    }),
    total,
  };
}

/** More are not told at once. */
const MOST_LATE = 5000;

/** Running actions past their due day, of the same scope as {@link listActions}, for pages of other modules. */
export async function listLateActions(
  ctx: TargetContext,
  actor: Actor,
): Promise<readonly (Pick<store.ActionRow, 'id' | 'unitId' | 'title' | 'dueDay'> & { readonly ownerName: string })[]> {
  const filter = { only: 'late' as const, today: dayOf(ctx.clock.now()) };
  const { rows } = await store.listActions(ctx.db, scopeOf(actor), filter, { offset: 0, limit: MOST_LATE });
  const nameOf = await staffNames(
    ctx,
    rows.map((row) => `staff:${row.ownerStaffId}`),
  );
  return rows.map(({ id, unitId, title, dueDay, ownerStaffId }) => ({
    id,
    unitId,
    title,
    dueDay,
    ownerName: nameOf(`staff:${ownerStaffId}`),
  }));
}

/** Staff who may answer for something of the unit. @throws AppError row/missing */
export async function listPeople(
  ctx: TargetContext,
  actor: Actor,
  unitId: string,
): Promise<ReplyOf<typeof contract.listTargetPeople>> {
  if (!holds(actor, EDIT, unitId)) throw new AppError('row/missing');
  return { rows: [...(await ctx.ports.peopleOf(unitId, dayOf(ctx.clock.now())))] };
}

const scopeOf = (actor: Actor): store.ActionScope => ({
  unitIds: unitsFor(actor, READ),
  staffId: actor.kind === 'staff' ? actor.staffId : null,
});

function sidesOf(actor: Actor, row: Pick<store.ActionRow, 'unitId' | 'ownerStaffId'>): readonly ActionSide[] {
  const owner = actor.kind === 'staff' && actor.staffId === row.ownerStaffId;
  return [...(owner ? (['owner'] as const) : []), ...(holds(actor, EDIT, row.unitId) ? (['manager'] as const) : [])];
}

async function checkOwner(ctx: TargetContext, unitId: string, staffId: string, today: Day): Promise<void> {
  const people = await ctx.ports.peopleOf(unitId, today);
  if (!people.some((one) => one.staffId === staffId)) throw new AppError('target/person');
}

function checkDue(dueDay: Day, today: Day): void {
  if (dueDay >= today) return;
  const message = words('server.targets.due-gone');
  throw new AppError('target/invalid', { fields: [{ path: 'dueDay', code: 'target', message }] });
}

const ACTIONS = {
  create: 'target-action.create',
  start: 'target-action.start',
  note: 'target-action.note',
  finish: 'target-action.finish',
  drop: 'target-action.drop',
  reopen: 'target-action.reopen',
  change: 'target-action.change',
} as const;

async function recordAct(
  ctx: TargetContext,
  trx: Db,
  actor: Actor,
  row: Omit<store.ActionRow, 'version' | 'state'>,
  note: store.ActionNote,
): Promise<void> {
  await store.insertNote(trx, row.id, note);
  const payload = { unitId: row.unitId, originType: row.originType, originId: row.originId, state: note.state };
  await recordAudit(trx, [
    {
      chainId: await chainOf(ctx, { unitId: row.unitId, toDay: dayOf(note.at) }),
      occurredAt: note.at,
      actor,
      action: ACTIONS[note.act],
      object: { type: 'target-action', id: row.id },
      payload: { ...payload, title: row.title, text: note.text },
    },
  ]);
  await emit(trx, [
    {
      id: uuidv7(note.at),
      topic: 'target.action-changed',
      key: row.id,
      payload: { id: row.id, act: note.act, ...payload },
      occurredAt: note.at,
    },
  ]);
}

/** A notice in the application to who answers for it. */
export async function tellOwner(
  trx: Db,
  row: Pick<store.ActionRow, 'unitId' | 'ownerStaffId' | 'title' | 'originLabel' | 'dueDay'>,
  key: string,
  what: 'given' | 'due' | 'late',
  at: Date,
): Promise<void> {
  const places = { title: row.title, origin: row.originLabel, due: formatDay(row.dueDay) };
  await queueMessage(trx, {
    recipient: `staff:${row.ownerStaffId}`,
    channel: 'app',
    subject: words(`server.targets.${what}-subject`, places),
    body: words(`server.targets.${what}-body`, places),
    template: `target-action.${what}`,
    unitId: row.unitId,
    dedupeKey: key,
    at,
  });
}
