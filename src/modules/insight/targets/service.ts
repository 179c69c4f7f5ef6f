import { type Actor, actorRef } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { keyed } from '../../../platform/db/idempotency.ts';
import type { Db } from '../../../platform/db/open.ts';
import {
  actOnAction,
  createAction,
  createTargetAction,
  listActions,
  listLateActions,
  listPeople,
  type NewAction,
} from './action-service.ts';
import { adoptTargets } from './adopt-service.ts';
import { targetBoard, targetLines, targetOptions, targetUnits } from './board-service.ts';
import type { TargetContext } from './context.ts';
import type * as contract from './contract.ts';
import { addTarget, editTarget, endTarget, enterValue } from './edit-service.ts';
import { openTarget, readLeague, readTarget } from './target-service.ts';

/** The use cases of targets. The first argument is always who acts. */
export type TargetService = {
  options(actor: Actor): Promise<ReplyOf<typeof contract.getTargetOptions>>;
  board(actor: Actor, query: QueryOf<typeof contract.getTargetBoard>): Promise<ReplyOf<typeof contract.getTargetBoard>>;
  units(
    actor: Actor,
    query: QueryOf<typeof contract.listTargetUnits>,
  ): Promise<ReplyOf<typeof contract.listTargetUnits>>;
  get(actor: Actor, id: string): Promise<ReplyOf<typeof contract.getTarget>>;
  league(actor: Actor, id: string): Promise<ReplyOf<typeof contract.getTargetLeague>>;
  add(actor: Actor, body: BodyOf<typeof contract.addTarget>): Promise<ReplyOf<typeof contract.addTarget>>;
  edit(
    actor: Actor,
    id: string,
    body: BodyOf<typeof contract.editTarget>,
  ): Promise<ReplyOf<typeof contract.editTarget>>;
  end(actor: Actor, id: string, body: BodyOf<typeof contract.endTarget>): Promise<ReplyOf<typeof contract.endTarget>>;
  enter(
    actor: Actor,
    id: string,
    body: BodyOf<typeof contract.enterTargetValue>,
  ): Promise<ReplyOf<typeof contract.enterTargetValue>>;
  /** Whether the actor may read the target's evidence. @throws AppError row/missing */
  checkReadable(actor: Actor, id: string): Promise<void>;
  actions(
    actor: Actor,
    query: QueryOf<typeof contract.listTargetActions>,
  ): Promise<ReplyOf<typeof contract.listTargetActions>>;
  /** Running actions past their day; see `listLateActions`. */
  lateActions(actor: Actor): ReturnType<typeof listLateActions>;
  /** What a unit is to reach in a year and where it stands; see `targetLines`. */
  lines(actor: Actor, unitId: string, year: number): ReturnType<typeof targetLines>;
  /** See `createAction`: also for lost points of indices, within the transaction of their history. */
  createAction(actor: Actor, action: NewAction, within?: Db): Promise<{ id: string }>;
  createTargetAction(
    actor: Actor,
    targetId: string,
    body: BodyOf<typeof contract.createTargetAction>,
    key?: string,
  ): Promise<{ id: string }>;
  actOn(
    actor: Actor,
    id: string,
    body: BodyOf<typeof contract.actOnTargetAction>,
  ): Promise<ReplyOf<typeof contract.actOnTargetAction>>;
  people(actor: Actor, unitId: string): Promise<ReplyOf<typeof contract.listTargetPeople>>;
  /** See `adoptTargets`. */
  adopt(): Promise<number>;
};

export function createTargetService(ctx: TargetContext): TargetService {
  return {
    options: (actor) => targetOptions(ctx, actor),
    board: (actor, query) => targetBoard(ctx, actor, query),
    units: (actor, query) => targetUnits(ctx, actor, query),
    get: (actor, id) => readTarget(ctx, actor, id),
    league: (actor, id) => readLeague(ctx, actor, id),
    add: (actor, body) => addTarget(ctx, actor, body),
    edit: (actor, id, body) => editTarget(ctx, actor, id, body),
    end: (actor, id, body) => endTarget(ctx, actor, id, body),
    enter: (actor, id, body) => enterValue(ctx, actor, id, body),
    checkReadable: async (actor, id) => void (await openTarget(ctx, actor, id)),
    actions: (actor, query) => listActions(ctx, actor, query),
    lateActions: (actor) => listLateActions(ctx, actor),
    lines: (actor, unitId, year) => targetLines(ctx, actor, unitId, year),
    createAction: (actor, action, within) => createAction(ctx, actor, action, within),
    createTargetAction: (actor, targetId, body, key) =>
      keyed(
        ctx.db,
        { operation: 'target-action-create', actor: actorRef(actor), key, body: { targetId, ...body } },
        {
          run: (db) => createTargetAction({ ...ctx, db }, actor, targetId, body),
          keep: (made: { id: string }) => made,
          again: (kept: { id: string }) => kept,
        },
      ),
    actOn: (actor, id, body) => actOnAction(ctx, actor, id, body),
    people: (actor, unitId) => listPeople(ctx, actor, unitId),
    adopt: () => adoptTargets(ctx),
  };
}
