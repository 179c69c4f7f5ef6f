import { sql } from 'kysely';
import type { CitizenActor, GuestActor, StaffActor, SystemActor } from '../../../../core/access/actor.ts';
import { uuidv7 } from '../../../../core/ids/uuid.ts';
import { addDays, type Day } from '../../../../core/time/index.ts';
import { type CompiledCalendar, compileCalendar } from '../../../../core/working-time/index.ts';
import { createFixedClock } from '../../../../platform/config/config.ts';
import type { Pool } from '../../../../platform/db/open.ts';
import { AppError } from '../../../../platform/errors/app-error.ts';
import { createTestDatabase } from '../../../../platform/testing/database.ts';
import type { CommandBodyType, IntakeBodyType, IntakeReplyType } from '../contract.ts';
import type { DossierPorts, ProcedureRevision, RegimeFacts, RegisterBookFacts, UnitFacts } from '../ports.ts';
import { createDossierService, type DossierService } from '../service.ts';
import { FIXTURE_FORM, FIXTURE_PROCEDURE } from './fixture-procedure.ts';
import { staffWith } from './staff.ts';

/** Monday 21/8/2023, 08:00 in Vietnam. */
export const START = new Date('2023-08-21T01:00:00Z');
const id = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** Units of two communes: authority, desk, office (justice), clerk. */
export const UNIT = {
  authority: id(1),
  desk: id(2),
  office: id(3),
  clerks: id(4),
  otherAuthority: id(11),
  otherDesk: id(12),
  otherOffice: id(13),
  otherClerks: id(14),
} as const;
export const REVISION_ID = id(90);
export const CALENDAR_REVISION_ID = id(91);

const address = '203.0.113.9';

/** A member of staff with the given rights; `dossier.read` comes with every unit named. */
export function staff(n: number, homeUnitId: string, given: Readonly<Record<string, readonly string[]>>): StaffActor {
  const units = [...new Set(Object.values(given).flat())];
  return staffWith(n, homeUnitId, { 'dossier.read': units, ...given });
}

const at = (...units: string[]): readonly string[] => units;
export const ACTOR = {
  desk: staff(1, UNIT.desk, {
    'dossier.receive': at(UNIT.desk),
    'dossier.hand-over': at(UNIT.desk),
    'dossier.collect-fee': at(UNIT.desk),
    'register.print': at(UNIT.desk),
  }),
  officer: staff(2, UNIT.office, { 'dossier.process': at(UNIT.office) }),
  colleague: staff(3, UNIT.office, { 'dossier.process': at(UNIT.office) }),
  head: staff(4, UNIT.office, {
    'dossier.process': at(UNIT.office),
    'dossier.review': at(UNIT.office),
    'dossier.reassign': at(UNIT.office),
  }),
  chairman: staff(5, UNIT.authority, { 'dossier.approve': at(UNIT.authority) }),
  clerk: staff(6, UNIT.clerks, { 'dossier.number': at(UNIT.clerks) }),
  otherDesk: staff(7, UNIT.otherDesk, {
    'dossier.receive': at(UNIT.otherDesk),
    'dossier.hand-over': at(UNIT.otherDesk),
    'dossier.collect-fee': at(UNIT.otherDesk),
  }),
  otherOfficer: staff(8, UNIT.otherOffice, { 'dossier.process': at(UNIT.otherOffice) }),
} as const satisfies Record<string, StaffActor>;
export const SYSTEM: SystemActor = { kind: 'system', name: 'test', assurance: 'system' };
export const GUEST: GuestActor = { kind: 'guest', assurance: 'none', address };

export function citizen(n: number): CitizenActor {
  return {
    kind: 'citizen',
    accountId: id(800 + n),
    subject: `sub-${n}`,
    fullName: 'Trần Thử Nghiệm',
    idNumber: '999090123456',
    birthDate: '1990-09-05',
    email: null,
    phone: null,
    assurance: 'loa2',
    address,
  };
}

const compiled = compileCalendar({
  timeZone: 'Asia/Ho_Chi_Minh',
  week: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [
      day,
      [
        ['07:00', '11:30'],
        ['13:30', '17:00'],
      ],
    ]),
  ),
  exceptions: [],
});
if (!compiled.ok) throw new Error('calendar of the tests');
const { calendar } = compiled;

const REGIME: RegimeFacts = {
  id: 'nd61',
  formSet: 'tt01-2018',
  codeGenerator: 'old',
  codeUnitScheme: 'tt10',
  codeDigits: 4,
  supplementPolicy: 'pause',
  supplementDays: 15,
  classifyRule: 'by-date',
};

const unit = (unitId: string, name: string, kind: string | null, code: string | null): UnitFacts => ({
  id: unitId,
  name,
  level: 'xa',
  kind,
  parentId: null,
  codes: code ? { tt10: code, qd20: code } : {},
});
const UNITS: readonly UnitFacts[] = [
  unit(UNIT.authority, 'Ủy ban nhân dân xã Mẫu Một', null, '000.01.33.H47'),
  unit(UNIT.desk, 'Bộ phận Một cửa xã Mẫu Một', 'mot-cua', null),
  unit(UNIT.office, 'Tư pháp xã Mẫu Một', 'tu-phap', null),
  unit(UNIT.clerks, 'Văn thư xã Mẫu Một', 'van-thu', null),
  unit(UNIT.otherAuthority, 'Ủy ban nhân dân xã Mẫu Hai', null, '000.02.33.H47'),
  unit(UNIT.otherDesk, 'Bộ phận Một cửa xã Mẫu Hai', 'mot-cua', null),
  unit(UNIT.otherOffice, 'Tư pháp xã Mẫu Hai', 'tu-phap', null),
  unit(UNIT.otherClerks, 'Văn thư xã Mẫu Hai', 'van-thu', null),
];
/** A desk that is gone went into the other commune's, on the day after its last. */
function bookOf({ closedAfter }: WorldState, unit: UnitFacts, day: Day): RegisterBookFacts {
  const last = closedAfter.get(unit.id);
  const gone = last !== undefined && last < day;
  const taken = unit.id === UNIT.otherDesk ? closedAfter.get(UNIT.desk) : undefined;
  return {
    unitId: unit.id,
    name: unit.name,
    lastDay: gone ? last : null,
    keepers: gone ? [UNIT.otherDesk] : [],
    tookOverOn: taken && taken < day ? [addDays(taken, 1)] : [],
  };
}
const first = (unitId: string): boolean => unitId < UNIT.otherAuthority;

/** What may change under a test's feet. */
export type WorldState = {
  /** Unit → last day it exists, inclusive. */
  readonly closedAfter: Map<string, Day>;
  /** People who work in none of the units any more. */
  readonly leftUnit: Set<string>;
  /** Uploaded files waiting to be attached. */
  readonly uploads: Set<string>;
  definition: ProcedureRevision['definition'];
  /** Published calendar revisions by id; the desk counts by the one of `CALENDAR_REVISION_ID`. */
  readonly calendars: Map<string, CompiledCalendar>;
};

/** How a world begins. */
export const freshState = (): WorldState => ({
  closedAfter: new Map(),
  leftUnit: new Set(),
  uploads: new Set(),
  definition: FIXTURE_PROCEDURE,
  calendars: new Map([[CALENDAR_REVISION_ID, calendar]]),
});

/** Ports over constants: two communes, one procedure, one calendar, one regime. */
export function fixturePorts(state: WorldState): DossierPorts {
  const find = (unitId: string, day: Day): UnitFacts | undefined => {
    const last = state.closedAfter.get(unitId);
    return last !== undefined && day > last ? undefined : UNITS.find((u) => u.id === unitId);
  };
  const revision = (): ProcedureRevision => ({ id: REVISION_ID, definition: state.definition, form: FIXTURE_FORM });
  const authorityId = (unitId: string): string => (first(unitId) ? UNIT.authority : UNIT.otherAuthority);
  return {
    findProcedure: async (code, _level, day) =>
      code === state.definition.code && day >= state.definition.validFrom ? revision() : undefined,
    localAmounts: async () => ({}),
    getProcedureRevision: async () => revision(),
    listProcedures: async () => [revision()],
    findUnit: async (unitId, day) => find(unitId, day),
    authorityOf: async (unitId, _level, day) => (find(unitId, day) ? find(authorityId(unitId), day) : undefined),
    formerUnits: async () => [],
    authoritiesEver: async (unitIds) => [...new Set(unitIds.map(authorityId))],
    async stepUnit(step, receivedBy, decidedBy, day) {
      if (step.at === 'desk') return find(receivedBy, day);
      const mine = first(decidedBy);
      if (step.at === 'office') return find(mine ? UNIT.office : UNIT.otherOffice, day);
      if (step.role === 'clerk') return find(mine ? UNIT.clerks : UNIT.otherClerks, day);
      return find(decidedBy, day);
    },
    async findRegisterBook(unitId, day) {
      const unit = UNITS.find((u) => u.id === unitId);
      return unit && bookOf(state, unit, day);
    },
    listRegisterBooks: async (day) => UNITS.filter((u) => u.kind === 'mot-cua').map((unit) => bookOf(state, unit, day)),
    unitNames: async (ids) => new Map(UNITS.filter((u) => ids.includes(u.id)).map((u) => [u.id, u.name])),
    staffNames: async (ids) =>
      new Map(
        Object.values(ACTOR)
          .filter((a) => ids.includes(a.staffId))
          .map((a) => [a.staffId, { name: a.displayName, title: '' }]),
      ),
    staffOf: async (unitId, permission) =>
      Object.values(ACTOR)
        .filter((a) => a.unitsByPermission.get(permission)?.has(unitId) && !state.leftUnit.has(a.staffId))
        .map((a) => ({ staffId: a.staffId, name: a.displayName, title: '' })),
    async calendarFor(unitId, day) {
      if (!find(unitId, day)) throw new AppError('calendar/missing', { params: { day } });
      return { revisionId: CALENDAR_REVISION_ID, calendar };
    },
    async calendarRevision(revisionId) {
      const known = state.calendars.get(revisionId);
      if (!known) throw new AppError('calendar/missing', { params: { day: '' } });
      return known;
    },
    regimeOn: () => REGIME,
    async attachFiles(_trx, fileIds) {
      for (const fileId of fileIds) if (!state.uploads.delete(fileId)) throw new AppError('row/missing');
      return new Map(fileIds.map((fileId) => [fileId, 'giay-to.pdf']));
    },
  };
}

export type World = {
  readonly db: Pool;
  readonly url: string;
  readonly clock: ReturnType<typeof createFixedClock>;
  readonly service: DossierService;
  readonly state: WorldState;
  readonly ports: DossierPorts;
  readonly secret: string;
  /** Another process on the same database. */
  anotherProcess(): DossierService;
  /** Moves the clock on. */
  pass(minutes: number): void;
  /** A dossier received at the desk of the first commune. */
  receive(more?: Partial<IntakeBodyType>): Promise<IntakeReplyType>;
  /** One command at the version the dossier has now; the clock moves on by a minute. */
  act(who: Parameters<DossierService['command']>[0], dossierId: string, command: CommandBodyType): Promise<void>;
  versionOf(dossierId: string): Promise<number>;
  count(table: string, dossierId?: string): Promise<number>;
  drop(): Promise<void>;
};

/** An intake that is complete and right. */
export function intakeBody(more: Partial<IntakeBodyType> = {}): IntakeBodyType {
  return {
    procedureCode: FIXTURE_PROCEDURE.code,
    channel: 'desk',
    unitId: UNIT.desk,
    parties: [
      {
        role: 'owner',
        snapshot: {
          fullName: 'Đặng Thị Thử Ánh',
          subjectType: 'citizen',
          idType: 'cccd',
          idNumber: '999190000017',
          birthDate: '1990-04-12',
          phone: '0900123456',
          address: 'Thôn Một, xã Mẫu Một',
        },
      },
    ],
    formValues: { purpose: 'Vay vốn sản xuất', sheets: 2 },
    components: [{ code: 'giay-to', provided: true }],
    resultMethod: 'desk',
    forward: true,
    ...more,
  };
}

/** The way to a published result: what each office does after a dossier was received and passed on. */
export const TO_DECIDED: readonly (readonly [keyof typeof ACTOR, CommandBodyType])[] = [
  ['officer', { kind: 'open' }],
  ['officer', { kind: 'draft-result', result: 'granted', title: 'GIẤY XÁC NHẬN', body: 'Xác nhận nội dung.' }],
  ['officer', { kind: 'forward' }],
  ['head', { kind: 'forward', note: 'Đồng ý' }],
  ['chairman', { kind: 'approve' }],
  ['clerk', { kind: 'number' }],
];

/** A database of the test file's own with a service over the fixture ports. */
export async function createWorld(): Promise<World> {
  const test = await createTestDatabase();
  const clock = createFixedClock(START);
  const state = freshState();
  const ports = fixturePorts(state);
  const secret = 'secret of the tests';
  const make = (): DossierService => createDossierService({ db: test.db, clock, ports, secret, demo: true });
  const service = make();
  const pass = (minutes: number): void => clock.set(new Date(clock.now().getTime() + minutes * 60_000));
  const versionOf = async (dossierId: string): Promise<number> => {
    const { rows } = await sql<{
      version: number;
    }>`select version from dossiers.dossier where id = ${dossierId}`.execute(test.db);
    return rows[0]?.version ?? 0;
  };
  return {
    db: test.db,
    url: test.url,
    clock,
    service,
    state,
    ports,
    secret,
    anotherProcess: make,
    pass,
    receive: (more) => service.receiveAtDesk(ACTOR.desk, intakeBody(more)),
    async act(who, dossierId, command) {
      pass(1);
      await service.command(who, dossierId, await versionOf(dossierId), command);
    },
    versionOf,
    async count(table, dossierId) {
      const column = table === 'dossiers.dossier' ? sql.ref('id') : sql.ref('dossier_id');
      const where = dossierId ? sql`where ${column} = ${dossierId}::uuid` : sql``;
      const { rows } = await sql<{ n: number }>`select count(*) n from ${sql.table(table)} ${where}`.execute(test.db);
      return Number(rows[0]?.n ?? 0);
    },
    drop: test.drop,
  };
}

/** A fresh id, for things that do not exist. */
export const unknownId = (): string => uuidv7(START);
