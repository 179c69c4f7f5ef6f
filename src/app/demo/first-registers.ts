import { addDays, type Day, dayOf } from '../../core/time/index.ts';
import { createRegisterService, findRegister } from '../../modules/insight/registers/index.ts';
import { periodsUntil, type RegisterPeriod } from '../../modules/insight/registers/rules/period.ts';
import { lastClosed } from '../../modules/insight/reports/rules/period.ts';
import type { System } from '../system.ts';
import { demoHolder } from './demo-staff.ts';
import { pastClock } from './past-clock.ts';

const EVIDENCE = 'Số liệu trình diễn, không phải số của đơn vị';
const REASON = 'Số liệu trình diễn';

type Values = Readonly<Record<string, number | string>>;
/** One line, or those of a list. @param people of the unit @param share of what is to be done, above 0 and at most 1 */
type Invent = (people: number, share: number, period: RegisterPeriod) => Values | readonly Values[];
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
  'community-teams': (people, share) => {
    const villages = Math.max(3, part(people, 0.0012));
    return Array.from({ length: villages }, (_, at) => ({
      village: `Thôn ${at + 1}`,
      ...(at < villages * share - 0.5
        ? { team: 'yes', decision: `${11 + at}/QĐ-UBND`, members: 5 + (at % 4) }
        : { team: 'no' }),
    }));
  },
  // Hiệp Đức told in 2023 that 2016 to 2019 are done.
  'ho-tich': (people, share, { to }) => {
    const toEnter = part(people, 0.05 * share);
    return { toEnter, entered: to < '2024-01-01' ? toEnter : part(toEnter, share) };
  },
  'staff-obligations': (people, share) =>
    STAFF.map(({ title, of }) => {
      const number = Math.max(2, part(people, of));
      return { title, people: number, service: number, egov: number, smart: part(number, share) };
    }),
};
const STAFF = [
  { title: 'Chủ tịch, Phó Chủ tịch', of: 0.0004 },
  { title: 'Trưởng phòng, Phó Trưởng phòng', of: 0.0008 },
  { title: 'Công chức chuyên môn', of: 0.0035 },
  { title: 'Viên chức đơn vị sự nghiệp', of: 0.006 },
];

export type Entering = {
  readonly unitId: string;
  readonly registers: readonly string[];
  /** The last period is missing. */
  readonly withoutLast?: boolean;
};

/**
 * Entries of the last two periods, each on the day before its deadline by who enters for the unit; the third unit is four
 * days late with the last ones. Of a campaign those of its rounds that have begun, three weeks after their first day. What
 * stands there already stays.
 */
export async function enterFirstRegisters(system: System, units: readonly Entering[]): Promise<void> {
  const { db, clock, organisation, files, dossierPorts } = system;
  const today = dayOf(clock.now());
  const directory = await organisation.directory();
  const ports = { directory: () => organisation.directory(), staffNames: dossierPorts.staffNames, files };
  await Promise.all(
    units.map(async ({ unitId, registers, withoutLast = false }, order) => {
      const who = await demoHolder(system, unitId, 'registers.enter');
      for (const id of registers)
        for (const [age, period] of lastPeriods(id, today).entries()) {
          const invented = REGISTERS[id]?.(5200 + 1300 * order, 0.94 - 0.05 * age - 0.02 * order, period);
          if (!invented || (age === 0 && withoutLast)) continue;
          // A round of years before the unit was there.
          if (!directory.unitOn(unitId, period.to < today ? period.to : today)) continue;
          const registers = createRegisterService({
            db,
            clock: pastClock(system, dayOfEntry(id, period, age, order)),
            ports,
          });
          const known = await registers.get(who, id, { unitId, periodId: period.id });
          if (known.rows.some((row) => row.unitId === unitId && row.entryId !== null)) continue;
          for (const values of [invented].flat()) {
            const body = { unitId, periodId: period.id, version: 0, values, evidence: EVIDENCE, reason: REASON };
            await registers.save(who, id, body);
          }
        }
    }),
  );
}

const isCampaign = (id: string): boolean => findRegister(id)?.frequency === 'campaign';

function dayOfEntry(id: string, { from, deadline }: RegisterPeriod, age: number, order: number): Day {
  if (isCampaign(id)) return addDays(from, 21);
  return addDays(deadline, age === 0 && order === 2 ? 4 : -1);
}

/** The last two periods that are over, newest first; months as far as the last monthly report takes its cells from. */
function lastPeriods(id: string, today: Day): readonly RegisterPeriod[] {
  const register = findRegister(id);
  if (!register) throw new Error(`no register ${id} in content/registers`);
  if (isCampaign(id)) return periodsUntil(register, today, 9);
  const monthly = register.frequency === 'month';
  const before = monthly ? `${lastClosed(today, 'month', 'nd09').to.slice(0, 7)}-01` : today;
  return periodsUntil(register, before, 3)
    .filter(({ to }) => to < before)
    .slice(0, 2);
}
