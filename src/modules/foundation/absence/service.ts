import { type Actor, actorRef } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { keyedAct } from '../../../platform/db/idempotency.ts';
import {
  type Attendance,
  attendanceOf,
  doerOf,
  type GrantsWithActing,
  loadGrantsWithActing,
} from './acting-service.ts';
import type { AbsenceContext } from './context.ts';
import type * as contract from './contract.ts';
import { findPeople, getChoices, listAbsences } from './read-service.ts';
import { cancelAbsence, changeActing, endAbsence, recordAbsence } from './record-service.ts';

/** The use cases of absences. The first argument is always who acts. */
export type AbsenceService = {
  list(actor: Actor, query: QueryOf<typeof contract.listAbsences>): Promise<ReplyOf<typeof contract.listAbsences>>;
  record(actor: Actor, draft: BodyOf<typeof contract.recordAbsence>, idempotencyKey?: string): Promise<{ id: string }>;
  changeActing(actor: Actor, id: string, body: BodyOf<typeof contract.changeActing>, key?: string): Promise<void>;
  end(actor: Actor, id: string, version: number, key?: string): Promise<void>;
  cancel(actor: Actor, id: string, body: BodyOf<typeof contract.cancelAbsence>, key?: string): Promise<void>;
  people(
    actor: Actor,
    query: QueryOf<typeof contract.findAbsencePeople>,
  ): Promise<ReplyOf<typeof contract.findAbsencePeople>>;
  choices(actor: Actor, staffId: string): Promise<ReplyOf<typeof contract.getAbsenceChoices>>;
  /** Rights of a person with those of the absent colleagues acted for: identity's `LoadGrants`. */
  loadGrants(staffId: string, at: Date): Promise<GrantsWithActing | undefined>;
  /** Whether people are there to work at an instant, and who stands in. */
  attendance(staffIds: readonly string[], at: Date): Promise<ReadonlyMap<string, Attendance>>;
  /** Who is told of a person's work at a unit now: whoever acts for an absent one, else the person. */
  recipientFor(staffId: string, unitId: string): Promise<string>;
};

/** Absences and acting persons. One per process. */
export function createAbsenceService(ctx: AbsenceContext): AbsenceService {
  type Run = (own: AbsenceContext) => Promise<void>;
  const act = (name: string, actor: Actor, key: string | undefined, body: unknown, run: Run): Promise<void> =>
    keyedAct(ctx.db, { operation: `absence-${name}`, actor: actorRef(actor), key, body }, (db) => run({ ...ctx, db }));
  return {
    list: (actor, query) => listAbsences(ctx, actor, query),
    record: (actor, draft, key) => recordAbsence(ctx, actor, draft, key),
    changeActing: (actor, id, body, key) =>
      act('acting', actor, key, { id, ...body }, (own) => changeActing(own, actor, id, body)),
    end: (actor, id, version, key) =>
      act('end', actor, key, { id, version }, (own) => endAbsence(own, actor, id, version)),
    cancel: (actor, id, body, key) =>
      act('cancel', actor, key, { id, ...body }, (own) => cancelAbsence(own, actor, id, body)),
    people: (actor, query) => findPeople(ctx, actor, query),
    choices: (actor, staffId) => getChoices(ctx, actor, staffId),
    loadGrants: (staffId, at) => loadGrantsWithActing(ctx, staffId, at),
    attendance: (staffIds, at) => attendanceOf(ctx, staffIds, at),
    async recipientFor(staffId, unitId) {
      const found = (await attendanceOf(ctx, [staffId], ctx.clock.now())).get(staffId);
      return doerOf(found, staffId, unitId) ?? staffId;
    },
  };
}
