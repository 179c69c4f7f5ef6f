import { type Actor, actorRef, holds } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { addDays, type Day, dayOf } from '../../../core/time/index.ts';
import { type CalendarError, type CompiledCalendar, compileCalendar } from '../../../core/working-time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Db, Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { emit } from '../../../platform/events/outbox.ts';
import { words } from '../../../platform/messages/words.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../audit/index.ts';
import type { UnitDirectory } from '../organisation/index.ts';
import { readCalendars } from './content.ts';
import { CALENDAR_ASSIGNED, type CalendarAssigned } from './events.ts';
import { layAssignment } from './rules/assignments.ts';
import * as store from './store.ts';

/** What a clock runs on. `revisionId` goes into the dossier's clock ledger. */
export type CalendarInForce = {
  readonly revisionId: string;
  readonly calendar: CompiledCalendar;
  readonly code: string;
  readonly name: string;
};

export type UnitCalendar = {
  readonly inForce: { readonly code: string; readonly name: string; readonly own: boolean } | null;
  readonly assignments: readonly {
    readonly code: string;
    readonly name: string;
    readonly validFrom: Day;
    readonly validTo: Day | null;
  }[];
};

export type NewRevision = {
  readonly definition: unknown;
  readonly validFrom: Day;
  readonly source: string;
  readonly verified?: boolean | undefined;
};

export type CalendarService = {
  /**
   * The calendar of a unit on a day: its own, else that of the nearest unit above, else the default.
   * @throws AppError `calendar/missing` where none is in force, `calendar/invalid` where the stored one is broken.
   */
  getCalendarFor(unitId: string, day: Day): Promise<CalendarInForce>;
  /** A revision that a dossier was counted by, also when superseded since. @throws AppError `calendar/missing` */
  getRevision(revisionId: string): Promise<CompiledCalendar>;
  listCalendars(): Promise<store.CalendarRow[]>;
  listRevisions(code: string): Promise<store.RevisionRow[]>;
  /** The JSON of a revision, for the editor. */
  getDefinition(revisionId: string): Promise<unknown>;
  /** What is wrong with a definition; empty when it can be published. */
  check(definition: unknown): readonly CalendarError[];
  createCalendar(
    actor: Actor,
    calendar: { readonly code: string; readonly name: string },
    first: NewRevision,
  ): Promise<string>;
  /** Publishes a revision from a day on. Dossiers already counted keep the revision they were counted by. */
  publishRevision(actor: Actor, code: string, revision: NewRevision): Promise<string>;
  /**
   * Gives a unit its own calendar over a period (`to` inclusive; null: for good); code `null`: what the unit above has.
   * Behind a period that ends, what was given before goes on.
   */
  assignCalendar(actor: Actor, unitId: string, code: string | null, from: Day, to?: Day | null): Promise<void>;
  /** What counts for a unit on a day (null where nothing is in force), and every period given to the unit itself. */
  getUnitCalendar(unitId: string, day?: Day): Promise<UnitCalendar>;
  /** Puts `content/calendars` into the database; changed content becomes a new revision unless somebody else published one. */
  loadContent(): Promise<{ readonly published: number }>;
};

type Snapshot = {
  calendars: store.CalendarRow[];
  revisions: store.RevisionRow[];
  assignments: store.AssignmentRow[];
  readAt: number;
};
const LOOK_AGAIN_MS = 2000;
const CONTENT = 'content';
const inForce = (row: { readonly validFrom: Day; readonly validTo: Day | null }, day: Day): boolean =>
  row.validFrom <= day && (row.validTo === null || day <= row.validTo);
const reasonOf = (errors: readonly CalendarError[]): string =>
  errors
    .slice(0, 3)
    .map((e) => e.message)
    .join(' ');

export function createCalendarService(deps: {
  readonly db: Pool;
  readonly clock: Clock;
  directory(): Promise<UnitDirectory>;
}): CalendarService {
  const { db, clock } = deps;
  // A published definition never changes, so a compiled one is kept for good.
  const compiled = new Map<string, CompiledCalendar>();
  let snapshot: Promise<Snapshot> | undefined;

  const read = async (): Promise<Snapshot> => {
    const [calendars, revisions, assignments] = await Promise.all([
      store.loadCalendars(db),
      store.loadRevisions(db),
      store.loadAssignments(db),
    ]);
    return { calendars, revisions, assignments, readAt: performance.now() };
  };
  const current = async (): Promise<Snapshot> => {
    if (snapshot) {
      const kept = await snapshot.catch(() => undefined);
      if (kept && performance.now() - kept.readAt < LOOK_AGAIN_MS) return kept;
    }
    snapshot = read();
    return snapshot;
  };
  const getRevision = async (revisionId: string): Promise<CompiledCalendar> => {
    const known = compiled.get(revisionId);
    if (known) return known;
    const definition = await store.findDefinition(db, revisionId);
    if (definition === undefined) throw new AppError('calendar/missing');
    const result = compileCalendar(definition);
    if (!result.ok) throw new AppError('calendar/invalid', { params: { reason: reasonOf(result.errors) } });
    compiled.set(revisionId, result.calendar);
    return result.calendar;
  };
  const requireValid = (definition: unknown): void => {
    const result = compileCalendar(definition);
    if (result.ok) return;
    throw new AppError('calendar/invalid', {
      params: { reason: reasonOf(result.errors) },
      fields: result.errors.map((e) => ({ path: `definition${e.path}`, code: e.code, message: e.message })),
    });
  };
  const change = async <T>(
    actor: Actor,
    action: string,
    id: string,
    payload: unknown,
    run: (trx: Db, now: Date) => Promise<T>,
  ): Promise<T> => {
    if (actor.kind !== 'system' && !holds(actor, 'calendar.edit')) throw new AppError('access/forbidden');
    const now = clock.now();
    try {
      return await db.transaction().execute(async (trx) => {
        await store.lockCalendars(trx);
        const result = await run(trx, now);
        await recordAudit(trx, [
          { chainId: INSTALLATION_CHAIN, occurredAt: now, actor, action, object: { type: 'calendar', id }, payload },
        ]);
        return result;
      });
    } finally {
      snapshot = undefined;
    }
  };
  const publish = async (
    trx: Db,
    calendarId: string,
    revision: NewRevision & { readonly validTo?: Day | null },
    by: string,
    now: Date,
  ): Promise<string> => {
    const id = uuidv7(now);
    await store.makeRoom(trx, calendarId, revision.validFrom, addDays(revision.validFrom, -1), now);
    const row = {
      id,
      calendarId,
      validFrom: revision.validFrom,
      validTo: revision.validTo ?? null,
      source: revision.source,
      verified: revision.verified ?? true,
      publishedAt: now,
      publishedBy: by,
    };
    await store.insertRevision(trx, row, revision.definition);
    return id;
  };
  const getByCode = async (code: string): Promise<store.CalendarRow> => {
    const row = (await current()).calendars.find((c) => c.code === code);
    if (!row) throw new AppError('row/missing');
    return row;
  };

  const getCalendarFor = async (unitId: string, day: Day): Promise<CalendarInForce> => {
    const [{ calendars, revisions, assignments }, units] = await Promise.all([current(), deps.directory()]);
    const path = units.pathOn(unitId, day).map((v) => v.unitId);
    const given = (path.length > 0 ? path : [unitId]).flatMap(
      (id) => assignments.find((a) => a.unitId === id && inForce(a, day)) ?? [],
    )[0];
    const calendar = given ? calendars.find((c) => c.id === given.calendarId) : calendars.find((c) => c.isDefault);
    const revision =
      calendar && revisions.find((r) => r.calendarId === calendar.id && r.supersededAt === null && inForce(r, day));
    if (!calendar || !revision) throw new AppError('calendar/missing', { params: { day } });
    return {
      revisionId: revision.id,
      calendar: await getRevision(revision.id),
      code: calendar.code,
      name: calendar.name,
    };
  };

  return {
    getRevision,
    getCalendarFor,
    listCalendars: () => store.loadCalendars(db),
    async listRevisions(code) {
      const { id } = await getByCode(code);
      return (await store.loadRevisions(db)).filter((r) => r.calendarId === id);
    },
    async getDefinition(revisionId) {
      const definition = await store.findDefinition(db, revisionId);
      if (definition === undefined) throw new AppError('row/missing');
      return definition;
    },
    check(definition) {
      const result = compileCalendar(definition);
      return result.ok ? [] : result.errors;
    },

    async createCalendar(actor, { code, name }, first) {
      requireValid(first.definition);
      const id = uuidv7(clock.now());
      await change(actor, 'calendar.create', id, { code, name, ...first }, async (trx, now) => {
        if ((await store.loadCalendars(trx)).some((c) => c.code === code)) throw new AppError('row/duplicate');
        await store.insertCalendar(trx, { id, code, name, isDefault: false });
        await publish(trx, id, first, actorRef(actor), now);
      });
      return id;
    },
    async publishRevision(actor, code, revision) {
      requireValid(revision.definition);
      const { id } = await getByCode(code);
      return change(actor, 'calendar.publish', id, revision, (trx, now) =>
        publish(trx, id, revision, actorRef(actor), now),
      );
    },
    async assignCalendar(actor, unitId, code, from, to = null) {
      if (actor.kind !== 'system' && !holds(actor, 'calendar.edit', unitId)) throw new AppError('row/missing');
      if (!(await deps.directory()).unitOn(unitId, from)) throw new AppError('row/missing');
      if (to !== null && to < from) {
        const message = words('server.field.days-order');
        throw new AppError('request/invalid', { fields: [{ path: 'to', code: 'period/reversed', message }] });
      }
      const calendarId = code === null ? null : (await getByCode(code)).id;
      await change(actor, 'calendar.assign', unitId, { code, from, to }, async (trx) => {
        const given = (await store.loadAssignments(trx)).filter((row) => row.unitId === unitId);
        await store.replaceAssignments(trx, unitId, layAssignment(given, { calendarId, from, to }));
        const payload: CalendarAssigned = { unitId, from, by: actorRef(actor) };
        const occurredAt = clock.now();
        await emit(trx, [{ id: uuidv7(occurredAt), topic: CALENDAR_ASSIGNED, key: unitId, payload, occurredAt }]);
      });
    },
    async getUnitCalendar(unitId, day = dayOf(clock.now())) {
      const { calendars, assignments } = await current();
      const own = assignments.filter((row) => row.unitId === unitId);
      const inForceNow = await getCalendarFor(unitId, day).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'calendar/missing') return null;
        throw error;
      });
      return {
        inForce: inForceNow && {
          code: inForceNow.code,
          name: inForceNow.name,
          own: own.some((row) => inForce(row, day)),
        },
        assignments: own
          .flatMap(({ calendarId, validFrom, validTo }) => {
            const calendar = calendars.find((one) => one.id === calendarId);
            return calendar ? [{ code: calendar.code, name: calendar.name, validFrom, validTo }] : [];
          })
          .sort((a, b) => b.validFrom.localeCompare(a.validFrom)),
      };
    },

    async loadContent() {
      const content = readCalendars();
      const now = clock.now();
      const published = await db.transaction().execute(async (trx) => {
        await store.lockCalendars(trx);
        const [calendars, revisions] = [await store.loadCalendars(trx), await store.loadRevisions(trx)];
        let count = 0;
        for (const calendar of content) {
          const known = calendars.find((c) => c.code === calendar.code);
          const id = known?.id ?? uuidv7(now);
          if (!known)
            await store.insertCalendar(trx, {
              id,
              code: calendar.code,
              name: calendar.name,
              isDefault: calendar.isDefault && !calendars.some((c) => c.isDefault),
            });
          const active = revisions.filter((r) => r.calendarId === id && r.supersededAt === null);
          if (active.some((r) => r.publishedBy !== CONTENT)) continue;
          for (const revision of calendar.revisions) {
            const same = active.find((r) => r.validFrom === revision.validFrom);
            if (same && (await store.isSameDefinition(trx, same.id, revision.definition))) continue;
            await publish(trx, id, revision, CONTENT, now);
            count++;
          }
        }
        return count;
      });
      snapshot = undefined;
      return { published };
    },
  };
}
