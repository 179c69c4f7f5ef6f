import { type Actor, holds } from '../../../core/access/actor.ts';
import { dayOf } from '../../../core/time/index.ts';
import { classify } from '../../../core/working-time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Pool } from '../../../platform/db/open.ts';
import type { DossierLedger, LedgerReader } from '../dossiers/index.ts';
import { type Cause, causesOn } from './causes.ts';
import type { LatenessPorts } from './ports.ts';
import { type Attribution, attribute } from './rules/attribute.ts';

/** What every use case of the module is given. */
export type LatenessContext = {
  readonly db: Pool;
  readonly clock: Clock;
  readonly ledgers: LedgerReader;
  readonly ports: LatenessPorts;
  readonly causes: readonly Cause[];
};

/** The attribution of a ledger: of an ended dossier as stored with it, of an open one as of `now`. */
export function attributionOf(ledger: DossierLedger, now: Date): Attribution {
  const { dueAt, endedAt, pausedSince } = ledger;
  const end = endedAt ?? now;
  // An open pause that began in time: the promise will move when the clock runs again, so nothing is late yet.
  const standsInTime = endedAt === null && pausedSince !== null && dueAt !== null && pausedSince <= dueAt;
  const late = endedAt ? ledger.punctuality === 'late' : classify(dueAt, now, ledger.classifyRule) === 'late';
  return attribute({
    segments: ledger.segments,
    steps: ledger.steps,
    calendar: ledger.calendar,
    countedFrom: ledger.countedFrom,
    dueAt,
    endedAt: end,
    late: late && !standsInTime,
    latenessMinutes: endedAt ? (ledger.latenessMinutes ?? undefined) : undefined,
    decidedByUnitId: ledger.decidedByUnitId,
  });
}

/** Whether the actor speaks for a unit's lateness. */
export const leads = (actor: Actor, unitId: string | null): boolean =>
  unitId !== null && holds(actor, 'lateness.confirm', unitId);

export type Names = {
  unit(id: string | null): string | null;
  staff(id: string | null): string | null;
  cause(code: string | null): string | null;
};

/** Names of units, people and causes as of now. */
export async function namesFor(
  ctx: LatenessContext,
  unitIds: readonly (string | null)[],
  staffIds: readonly (string | null)[],
): Promise<Names> {
  const present = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];
  const [wantedUnits, wantedStaff] = [present(unitIds), present(staffIds)];
  const [units, staff] = await Promise.all([
    wantedUnits.length > 0 ? ctx.ports.unitNames(wantedUnits, dayOf(ctx.clock.now())) : new Map<string, string>(),
    wantedStaff.length > 0 ? ctx.ports.staffNames(wantedStaff) : new Map<string, { readonly name: string }>(),
  ]);
  return {
    unit: (id) => (id === null ? null : (units.get(id) ?? null)),
    staff: (id) => (id === null ? null : (staff.get(id)?.name ?? null)),
    cause: (code) => ctx.causes.find((cause) => cause.code === code)?.name ?? null,
  };
}

/** Causes for a screen, as of a day. */
export const causesFor = (ctx: LatenessContext, at: Date): { code: string; name: string; excusable: boolean }[] =>
  causesOn(ctx.causes, dayOf(at)).map(({ code, name, excusable }) => ({ code, name, excusable }));
