import { addDays, addMonths, type Day, daysBetween } from '../../../../core/time/index.ts';
import { periodOf } from '../../metrics/rules/period.ts';
import type { Register, RegisterDefinition } from './register.ts';
import { versionsOf } from './versions.ts';

/** A period of a register; all days inclusive, in Vietnam. */
export type RegisterPeriod = {
  /** `2023-06`, `2023-Q2`, `2023`, or the id of a round. */
  readonly id: string;
  readonly name: string;
  readonly from: Day;
  readonly to: Day;
  /** Last day in time. */
  readonly deadline: Day;
  /** Last day on which an entry still belongs to the figure; later ones stand beside it. */
  readonly close: Day;
};

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
const SHAPES = { month: /^\d{4}-\d{2}$/, quarter: /^\d{4}-Q[1-4]$/, year: /^\d{4}$/ } as const;

/**
 * A period of the register by its id; undefined where it has none of that name (another frequency, before the register
 * began, after it ended).
 * @example of a monthly register with deadlineDays 5: '2023-06' → 01/06 to 30/06/2023, deadline 05/07/2023.
 */
export function registerPeriod(register: Register, id: string): RegisterPeriod | undefined {
  const version = versionWith(register, id);
  return version && periodOfVersion(version, id);
}

/** The register as it was in one of its periods: the newest version that had begun when the period began. */
export function versionWith(register: Register, periodId: string): RegisterDefinition | undefined {
  const having = versionsOf(register).filter((version) => periodOfVersion(version, periodId) !== undefined);
  const begun = having.find((version) => version.validFrom <= (periodOfVersion(version, periodId)?.from ?? ''));
  return begun ?? having.at(-1);
}

function periodOfVersion(register: RegisterDefinition, id: string): RegisterPeriod | undefined {
  if (register.frequency === 'campaign' || register.frequency === 'once')
    return register.rounds?.find((round) => round.id === id);
  if (!SHAPES[register.frequency].test(id)) return undefined;
  const span = periodOf(id, 'calendar');
  if (!span || span.to < register.validFrom || (register.validTo !== undefined && span.from > register.validTo))
    return undefined;
  return {
    id,
    name: nameOf(register.frequency, id),
    from: span.from,
    to: span.to,
    deadline: addDays(span.to, register.deadlineDays ?? 0),
    close: addDays(span.to, register.closeDays ?? 0),
  };
}

/** Every round of a campaign, in the order of the newest version; those only an older one has come last. */
function roundsOf(register: Register): readonly RegisterPeriod[] {
  const ids = new Set(versionsOf(register).flatMap((version) => (version.rounds ?? []).map((round) => round.id)));
  return [...ids].flatMap((id) => registerPeriod(register, id) ?? []);
}

/** Periods that have begun on `day`, newest first, at most `count`; rounds in the order of the register. */
export function periodsUntil(register: Register, day: Day, count: number): readonly RegisterPeriod[] {
  if (register.frequency === 'campaign' || register.frequency === 'once')
    return roundsOf(register)
      .filter((round) => round.from <= day)
      .slice(0, count);
  const found: RegisterPeriod[] = [];
  const months = MONTHS[register.frequency];
  const began = versionsOf(register).at(-1)?.validFrom ?? register.validFrom;
  let at: Day = `${day.slice(0, 7)}-01`;
  while (found.length < count) {
    const period = registerPeriod(register, idAt(register.frequency, at));
    // Before the first period of the register there is none.
    if (!period) {
      if (at < began) break;
    } else found.push(period);
    at = addMonths(at, -months);
    if (at < '1990-01-01') break;
  }
  return found;
}

/** Periods of the register that lie wholly within two days, oldest first; a round belongs where it ends. */
export function periodsWithin(register: Register, from: Day, to: Day): readonly RegisterPeriod[] {
  if (register.frequency === 'campaign' || register.frequency === 'once')
    return roundsOf(register).filter((round) => round.to >= from && round.to <= to);
  const months = MONTHS[register.frequency];
  const found: RegisterPeriod[] = [];
  for (let at: Day = `${from.slice(0, 7)}-01`; at <= to && found.length < 600; at = addMonths(at, 1)) {
    if ((Number(at.slice(5, 7)) - 1) % months !== 0) continue;
    const period = registerPeriod(register, idAt(register.frequency, at));
    if (period && period.from >= from && period.to <= to) found.push(period);
  }
  return found;
}

/**
 * Periods of the register whose last day lies between two days, oldest first; without `from` only the last one that had
 * ended by `to`.
 * @example of a monthly register: 2026-10-15 to 2026-11-14 → October
 */
export function periodsEnding(register: Register, from: Day | null, to: Day): readonly RegisterPeriod[] {
  const ended = register.rounds
    ? roundsOf(register)
        .filter((round) => round.to <= to)
        .toSorted((a, b) => (a.to < b.to ? 1 : a.to > b.to ? -1 : 0))
    : periodsUntil(register, to, 40).filter((period) => period.to <= to);
  return from === null ? ended.slice(0, 1) : ended.filter((period) => period.to >= from).toReversed();
}

/** The period people are asked about on a day: the last one that is over, else the one under way. */
export function askedPeriod(register: Register, day: Day): RegisterPeriod | undefined {
  const begun = periodsUntil(register, day, 2);
  if (register.frequency === 'campaign' || register.frequency === 'once') return begun[0];
  return begun.find((period) => period.to < day) ?? begun[0];
}

function idAt(frequency: 'month' | 'quarter' | 'year', day: Day): string {
  const year = day.slice(0, 4);
  switch (frequency) {
    case 'month':
      return day.slice(0, 7);
    case 'quarter':
      return `${year}-Q${Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1}`;
    case 'year':
      return year;
  }
}

function nameOf(frequency: 'month' | 'quarter' | 'year', id: string): string {
  const year = id.slice(0, 4);
  switch (frequency) {
    case 'month':
      return `Tháng ${Number(id.slice(5))}/${year}`;
    case 'quarter':
      return `Quý ${['I', 'II', 'III', 'IV'][Number(id.slice(6)) - 1]}/${year}`;
    case 'year':
      return `Năm ${year}`;
  }
}

/** How an entry stands to the deadline: days late (0: in time) of one first made on `day`; null while none and not due. */
export function entryLateDays(period: RegisterPeriod, enteredOn: Day | null, today: Day): number | null {
  if (enteredOn === null && today <= period.deadline) return null;
  return Math.max(0, daysBetween(period.deadline, enteredOn ?? today));
}
