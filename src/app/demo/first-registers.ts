import { addDays, type Day, dayOf } from '../../core/time/index.ts';
import { createRegisterService, findRegister } from '../../modules/insight/registers/index.ts';
import { periodsUntil, type RegisterPeriod } from '../../modules/insight/registers/rules/period.ts';
import { lastClosed } from '../../modules/insight/reports/rules/period.ts';
import type { System } from '../system.ts';
import { demoHolder } from './demo-staff.ts';
import { pastClock } from './past-clock.ts';

const EVIDENCE = 'Số liệu trình diễn, không phải số của đơn vị';
const REASON = 'Số liệu trình diễn';

type Values = Readonly<Record<string, number>>;
/** @param people of the unit @param share of what is to be done, above 0 and at most 1 */
type Invent = (people: number, share: number) => Values;
const part = (of: number, share: number): number => Math.round(of * share);

/** Registers the reports of Đề án 06 and CCHC and the public services take their cells from, with invented figures. */
const REGISTERS: Readonly<Record<string, Invent>> = {
  'de-an-06': (people, share) => ({
    target: part(people, 0.7),
    collected: part(people, 0.74 * share),
    activated: part(people, 0.62 * share),
    cardEligible: part(people, 0.81),
    cardIssued: part(people, 0.8 * share),
    cleanTarget: part(people, 0.06),
    cleaned: part(people, 0.058 * share),
  }),
  vneid: (people, share) => ({ citizens: part(people, 0.72), activated: part(people, 0.7 * share) }),
  bhxh: (people, share) => ({ registering: part(people, 0.55), verified: part(people, 0.54 * share) }),
  'e-documents': (people, share) => ({
    documents: part(people, 0.11),
    electronic: part(people, 0.109 * share),
    signed: part(people, 0.1 * share),
  }),
  nvtc: (_people, share) => ({ procedures: 34, payable: part(34, share) }),
  'dvc-catalogue': (_people, share) => ({ procedures: 192, integrated: part(192, share) }),
  digitisation: (people, share) => ({ inventory: part(people, 0.4), digitised: part(people, 0.36 * share) }),
  mailboxes: (people, share) => ({
    staff: part(people, 0.006),
    given: part(people, 0.006),
    regular: part(people, 0.006 * share),
  }),
};

export type Entering = {
  readonly unitId: string;
  readonly registers: readonly string[];
  /** The last period is missing. */
  readonly withoutLast?: boolean;
};

/**
 * Entries of the last two periods, each on the day before its deadline by who enters for the unit; the third unit is four
 * days late with the last ones.
 */
export async function enterFirstRegisters(system: System, units: readonly Entering[]): Promise<void> {
  const { db, clock, organisation, files, dossierPorts } = system;
  const today = dayOf(clock.now());
  const ports = { directory: () => organisation.directory(), staffNames: dossierPorts.staffNames, files };
  await Promise.all(
    units.map(async ({ unitId, registers, withoutLast = false }, order) => {
      const who = await demoHolder(system, unitId, 'registers.enter');
      for (const id of registers)
        for (const [age, period] of lastPeriods(id, today).entries()) {
          const values = REGISTERS[id]?.(5200 + 1300 * order, 0.94 - 0.05 * age - 0.02 * order);
          if (!values || (age === 0 && withoutLast)) continue;
          const past = pastClock(system, addDays(period.deadline, age === 0 && order === 2 ? 4 : -1));
          const body = { unitId, periodId: period.id, version: 0, values, evidence: EVIDENCE, reason: REASON };
          await createRegisterService({ db, clock: past, ports }).save(who, id, body);
        }
    }),
  );
}

/** The last two periods that are over, newest first; months as far as the last monthly report takes its cells from. */
function lastPeriods(id: string, today: Day): readonly RegisterPeriod[] {
  const register = findRegister(id);
  if (!register) throw new Error(`no register ${id} in content/registers`);
  const monthly = register.frequency === 'month';
  const before = monthly ? `${lastClosed(today, 'month', 'nd09').to.slice(0, 7)}-01` : today;
  return periodsUntil(register, before, 3)
    .filter(({ to }) => to < before)
    .slice(0, 2);
}
