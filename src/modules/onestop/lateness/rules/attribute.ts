import {
  type Allowance,
  type CompiledCalendar,
  type DueResult,
  dueAt,
  latenessMinutes,
  workingMsBetween,
} from '../../../../core/working-time/index.ts';

/** Who time is put down to: an office's step, the one-stop desk, the citizen, money owed, another agency, nobody known. */
export type PartKind = 'step' | 'desk' | 'citizen' | 'finance' | 'agency' | 'unknown';
export const PART_KINDS: readonly PartKind[] = ['step', 'desk', 'citizen', 'finance', 'agency', 'unknown'];

/** A stretch of the clock ledger as the rule takes it; `endedAt` null: still open. In order of time, without overlap. */
export type LatenessSegment = {
  readonly kind: 'run' | 'pause';
  readonly reason: string | null;
  readonly stepId: string | null;
  readonly unitId: string | null;
  readonly staffId: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
};

/** A step of the dossier's plan with its own budget. */
export type LatenessStep = { readonly id: string; readonly kind: string; readonly allow: Allowance };

export type LatenessFacts = {
  readonly segments: readonly LatenessSegment[];
  readonly steps: readonly LatenessStep[];
  readonly calendar: CompiledCalendar;
  /** From where the limit counts: the reception, or the last restart or beginning of a phase. What lies before is settled. */
  readonly countedFrom: Date;
  readonly dueAt: Date | null;
  /** End of processing, or the instant of looking at an open dossier. */
  readonly endedAt: Date;
  /** What `classify` says; anything but `late` has no parts. */
  readonly late: boolean;
  /** Lateness as stored at the end; left out it is measured now. The parts add up to it exactly. */
  readonly latenessMinutes?: number | undefined;
  /** Who answers for what no ledger tells. */
  readonly decidedByUnitId: string;
};

/** A share of the lateness: working minutes put down to one holder at one step. */
export type LatenessPart = {
  readonly kind: PartKind;
  readonly stepId: string | null;
  readonly unitId: string | null;
  readonly staffId: string | null;
  /** Working minutes of the lateness, at least 1. */
  readonly minutes: number;
  /** Working minutes this holder held it while the limit was counting. */
  readonly heldMinutes: number;
  /** Of these, beyond the step's budget (or after the due instant, where the clock stood). */
  readonly overrunMinutes: number;
};

/** A stop of the clock that did not count: told beside the parts, never part of the sum. */
export type LatenessWait = {
  readonly kind: PartKind;
  readonly from: Date;
  readonly to: Date;
  readonly minutes: number;
};

export type Attribution = {
  readonly latenessMinutes: number;
  readonly parts: readonly LatenessPart[];
  readonly waits: readonly LatenessWait[];
};

type Holder = Pick<LatenessPart, 'kind' | 'stepId' | 'unitId' | 'staffId'>;
/** A stretch that may bear lateness: working milliseconds of one holder, beyond its budget or not. */
type Slice = { readonly holder: Holder; readonly ms: number };

const MINUTE_MS = 60_000;
const DESK_STEPS = new Set(['receive', 'hand-over']);
const PAUSES: Readonly<Record<string, PartKind>> = { supplement: 'citizen', finance: 'finance', agency: 'agency' };

/**
 * Puts the lateness of a dossier down to those who held it (ADR 0022). Each step has its budget for the whole dossier;
 * working time beyond it is overrun. What other steps saved, or never used, covers the oldest overruns first; the
 * youngest overruns, as many minutes as the dossier is late, are the lateness. A stop of the clock counts only after the
 * due instant, where the clock of the law no longer stops. Where budgets are larger than the limit and leave some
 * lateness without an overrun, those who held it past due bear that, the last ones first.
 *
 * Always: the minutes of the parts are positive and add up to the lateness; a dossier on time has none.
 * Example: budgets 480 + 240, used 420 + 360: step 2 is 120 over, step 1 saved 60; 60 minutes late, all of step 2.
 */
export function attribute(facts: LatenessFacts): Attribution {
  const { calendar, dueAt: due, endedAt, late } = facts;
  const segments = facts.segments.map((segment) => clip(segment, facts.countedFrom, endedAt)).filter((s) => s !== null);
  const waits = due === null ? [] : waitsBefore(calendar, segments, due);
  const measured = latenessMinutes(calendar, due, endedAt);
  const total = facts.latenessMinutes ?? measured;
  if (!late || due === null || total <= 0) return { latenessMinutes: 0, parts: [], waits };

  const usedUp = new Map(facts.steps.map((step) => [step.id, budgetUsedUpAt(calendar, step, segments)]));
  const overruns: Slice[] = [];
  const withinAfterDue: Slice[] = [];
  const held = new Map<string, number>();
  const over = new Map<string, number>();
  for (const segment of segments) {
    const holder = holderOf(segment, facts);
    const limit = segment.kind === 'pause' ? due : limitOf(usedUp, segment);
    const from = limit === null ? segment.endedAt : later(limit, segment.startedAt);
    const overrun = { holder, ms: workingMsBetween(calendar, from, segment.endedAt) };
    const within = workingMsBetween(calendar, later(segment.startedAt, due), earlier(from, segment.endedAt));
    overruns.push(overrun);
    withinAfterDue.push({ holder, ms: within });
    const counted =
      segment.kind === 'run' ? workingMsBetween(calendar, segment.startedAt, segment.endedAt) : overrun.ms;
    add(held, keyOf(holder), counted);
    add(over, keyOf(holder), overrun.ms);
  }
  const lateMs = workingMsBetween(calendar, due, endedAt);
  const fromOverruns = takeLast(overruns, lateMs);
  const fromHolding = takeLast(withinAfterDue, lateMs - sumOf(fromOverruns));
  const known = [...fromOverruns, ...fromHolding];
  const unknown: Slice = {
    holder: { kind: 'unknown', stepId: null, unitId: facts.decidedByUnitId, staffId: null },
    ms: Math.max(0, lateMs - sumOf(known)),
  };
  const slices = [...known, unknown].filter((slice) => slice.ms > 0);
  const minutes = inMinutes(slices.length > 0 ? slices : [{ ...unknown, ms: MINUTE_MS }], total, total === measured);
  return {
    latenessMinutes: total,
    waits,
    parts: minutes.map(({ holder, minutes: count }) => ({
      ...holder,
      minutes: count,
      heldMinutes: Math.round((held.get(keyOf(holder)) ?? 0) / MINUTE_MS),
      overrunMinutes: Math.round((over.get(keyOf(holder)) ?? 0) / MINUTE_MS),
    })),
  };
}

type Closed = LatenessSegment & { readonly endedAt: Date };

/** The part of a segment inside the counted time; null where nothing is left. */
function clip(segment: LatenessSegment, from: Date, to: Date): Closed | null {
  const startedAt = later(segment.startedAt, from);
  const endedAt = earlier(segment.endedAt ?? to, to);
  return startedAt < endedAt ? { ...segment, startedAt, endedAt } : null;
}

/** When a step had used up its budget: its turns are one stretch of work, the time between them does not count. */
function budgetUsedUpAt(calendar: CompiledCalendar, step: LatenessStep, segments: readonly Closed[]): Date | null {
  const own = segments.filter((segment) => segment.kind === 'run' && segment.stepId === step.id);
  const first = own[0];
  if (!first) return null;
  if (step.allow.unit !== 'same-day' && !(step.allow.amount && step.allow.amount > 0)) return first.startedAt;
  const events = own.slice(1).flatMap((segment, index) => {
    const before = own[index];
    if (!before || before.endedAt.getTime() === segment.startedAt.getTime()) return [];
    return [
      { kind: 'pause' as const, at: before.endedAt, reason: 'agency' as const },
      { kind: 'resume' as const, at: segment.startedAt, reason: 'agency' as const },
    ];
  });
  const result: DueResult = dueAt(calendar, first.startedAt, step.allow, { events });
  // A budget nobody can count (an empty calendar) is no excuse for anybody: all of it is overrun.
  return result.ok ? result.dueAt : first.startedAt;
}

/** Where the overrun of a running segment begins; without a known step everything is. Null: never within the segment. */
function limitOf(usedUp: ReadonlyMap<string, Date | null>, segment: Closed): Date | null {
  if (segment.stepId === null || !usedUp.has(segment.stepId)) return segment.startedAt;
  return usedUp.get(segment.stepId) ?? null;
}

function holderOf(segment: Closed, facts: LatenessFacts): Holder {
  const { stepId, unitId, staffId } = segment;
  if (segment.kind === 'pause') return { kind: PAUSES[segment.reason ?? ''] ?? 'agency', stepId, unitId, staffId };
  const step = facts.steps.find((one) => one.id === stepId);
  return { kind: step && DESK_STEPS.has(step.kind) ? 'desk' : 'step', stepId, unitId, staffId };
}

function waitsBefore(calendar: CompiledCalendar, segments: readonly Closed[], due: Date): LatenessWait[] {
  return segments.flatMap((segment) => {
    if (segment.kind !== 'pause' || segment.startedAt >= due) return [];
    const to = earlier(segment.endedAt, due);
    const minutes = Math.round(workingMsBetween(calendar, segment.startedAt, to) / MINUTE_MS);
    return [{ kind: PAUSES[segment.reason ?? ''] ?? 'agency', from: segment.startedAt, to, minutes }];
  });
}

/** The last `wantedMs` of the slices, in their order; less where there is less. */
function takeLast(slices: readonly Slice[], wantedMs: number): Slice[] {
  const taken: Slice[] = [];
  let left = wantedMs;
  for (const slice of slices.toReversed()) {
    const ms = Math.min(slice.ms, left);
    if (ms <= 0) continue;
    taken.unshift({ ...slice, ms });
    left -= ms;
  }
  return taken;
}

/**
 * Whole minutes that add up to `total`: each slice gets what the running sum grows by, so no rounding is lost. Where the
 * lateness was stored by another calendar (`exact` false) the shares stay in proportion.
 */
function inMinutes(slices: readonly Slice[], total: number, exact: boolean): { holder: Holder; minutes: number }[] {
  const wholeMs = sumOf(slices);
  const upTo = (ms: number): number =>
    ms === wholeMs ? total : exact ? Math.min(total, Math.ceil(ms / MINUTE_MS)) : Math.floor((ms / wholeMs) * total);
  const merged = new Map<string, { holder: Holder; minutes: number }>();
  let sumMs = 0;
  for (const { holder, ms } of slices) {
    const minutes = upTo(sumMs + ms) - upTo(sumMs);
    sumMs += ms;
    const known = merged.get(keyOf(holder));
    if (known) known.minutes += minutes;
    else merged.set(keyOf(holder), { holder, minutes });
  }
  return [...merged.values()].filter((part) => part.minutes > 0);
}

const keyOf = (holder: Holder): string =>
  [holder.kind, holder.stepId ?? '', holder.unitId ?? '', holder.staffId ?? ''].join(' ');
const sumOf = (slices: readonly Slice[]): number => slices.reduce((sum, slice) => sum + slice.ms, 0);
const add = (sums: Map<string, number>, key: string, ms: number): void => void sums.set(key, (sums.get(key) ?? 0) + ms);
const later = (a: Date, b: Date): Date => (a > b ? a : b);
const earlier = (a: Date, b: Date): Date => (a < b ? a : b);
