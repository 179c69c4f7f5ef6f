import { sql } from 'kysely';
import type { CompiledCalendar } from '../../../../core/working-time/index.ts';
import type { Clock } from '../../../../platform/config/config.ts';
import { deliver } from '../../../../platform/events/outbox.ts';
import { createLog } from '../../../../platform/log/log.ts';
import { createLedgerReader, type DossierPorts } from '../../dossiers/index.ts';
import { ACTOR, createWorld, type World } from '../../dossiers/testing/world.ts';
import { createWarningService, createWarningSubscriber, type WarningPorts, type WarningService } from '../index.ts';
import { officeCalendar } from './office.ts';

export type WarnedWorld = World & {
  readonly warnings: WarningService;
  /** Another process on the same database. */
  otherWarnings(): WarningService;
  /** Hands all events so far to the subscriber, looks until nothing is left to look at. */
  settle(): Promise<void>;
  madeFor(dossierId: string): Promise<{ key: string; late: boolean; at: Date }[]>;
  eventsOf(dossierId: string): Promise<{ rung: string; subject: string; acts: string[] }[]>;
  digests(): Promise<{ staff: string; day: string; lines: number; late: number }[]>;
  bodiesFor(staffId: string): Promise<string[]>;
  /** Unit path, calendar and absences may be changed by a test. */
  readonly changeable: { calendar: CompiledCalendar; recipientFor: WarningPorts['recipientFor'] };
};

/** What warnings need, over the dossiers' constants. */
export function warningPorts(
  dossierPorts: DossierPorts,
  clock: Clock,
  changeable: WarnedWorld['changeable'],
): WarningPorts {
  return {
    ledgers: createLedgerReader(dossierPorts, () => clock.now()),
    calendarFor: async () => ({ calendar: changeable.calendar }),
    unitPath: async (unitId) => [unitId],
    unitNames: dossierPorts.unitNames,
    staffNames: dossierPorts.staffNames,
    staffOf: dossierPorts.staffOf,
    staffMails: async (ids) =>
      new Map(ids.filter((id) => id === ACTOR.officer.staffId).map((id) => [id, 'can.bo@example.vn'])),
    recipientFor: (staffId, unitId, day) => changeable.recipientFor(staffId, unitId, day),
    async procedureOf(revisionId) {
      const { definition } = await dossierPorts.getProcedureRevision(revisionId);
      return { name: definition.name, stepNames: new Map(definition.steps.map((step) => [step.id, step.name])) };
    },
  };
}

/** The dossiers' world with warnings over the same constants. The calendar has Tết 2026. */
export async function createWarnedWorld(): Promise<WarnedWorld> {
  const world = await createWorld();
  const changeable: WarnedWorld['changeable'] = {
    calendar: officeCalendar(),
    recipientFor: async (staffId) => staffId,
  };
  world.ports.calendarFor = async () => ({
    revisionId: '01890000-0000-7000-8000-000000000091',
    calendar: changeable.calendar,
  });
  world.ports.calendarRevision = async () => changeable.calendar;
  const ports = warningPorts(world.ports, world.clock, changeable);
  const make = (): WarningService =>
    createWarningService({
      db: world.db,
      clock: world.clock,
      log: createLog('silent'),
      ports,
      inboxUrl: 'https://example.vn/can-bo/canh-bao',
    });
  const warnings = make();
  const subscriber = createWarningSubscriber();
  const all = async <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => (await query.execute(world.db)).rows;
  return {
    ...world,
    warnings,
    otherWarnings: make,
    changeable,
    async settle() {
      const rows = await all(
        sql<{ id: string; topic: string; key: string; payload: Record<string, unknown>; occurred_at: Date }>`
          update platform.event set pending = false where pending and topic like 'dossier.%' returning id, topic, key, payload, occurred_at`,
      );
      const events = rows.map(({ occurred_at, ...row }) => ({ ...row, occurredAt: occurred_at }));
      await world.db.transaction().execute((trx) => deliver(subscriber, events, trx));
      while (await warnings.evaluate());
    },
    madeFor: (dossierId) =>
      all(sql`select subject || '/' || rung as key, late_notice late, reached_at at from warnings.warning where dossier_id = ${dossierId}::uuid
        order by reached_at, subject, urgency`),
    eventsOf: async (dossierId) =>
      (
        await all(
          sql<{
            payload: never;
          }>`select payload from platform.event where topic = 'warning.reached' and key = ${dossierId} order by seq`,
        )
      ).map((row) => row.payload),
    digests: () =>
      all(sql`select staff_id staff, day, lines, late_lines late from warnings.digest order by day, staff_id`),
    bodiesFor: async (staffId) =>
      (
        await all(sql<{
          body: string;
        }>`select body from notifications.message where recipient = ${`staff:${staffId}`} and channel = 'app'
          order by created_at`)
      ).map((row) => row.body),
  };
}
