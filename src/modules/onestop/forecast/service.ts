import { type Actor, unitsFor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { addDays, dayOf, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import { dossierScope } from '../dossiers/index.ts';
import { type ForecastContext, readPaces, WINDOW_DAYS } from './context.ts';
import type * as contract from './contract.ts';
import { keepForecasts, recount, refresh } from './learn-service.ts';
import { dayMinutes, forecastOf } from './measure.ts';
import { type Forecast, MIN_SAMPLE } from './rules/forecast.ts';
import { hitRate } from './rules/hit-rate.ts';
import { type CurrentRow, claimRun, countOutcomes, lastRun, listCurrent } from './store.ts';

export type ForecastService = {
  /** The forecast of one dossier as of now. @throws AppError row/missing */
  ofDossier(actor: Actor, dossierId: string): Promise<ReplyOf<typeof contract.getDossierForecast>>;
  list(actor: Actor, query: QueryOf<typeof contract.listForecast>): Promise<ReplyOf<typeof contract.listForecast>>;
  hitRate(procedureCode: string | undefined): Promise<ReplyOf<typeof contract.getForecastHitRate>>;
  /** Counts paces and all forecasts at once; the timer does it by turns. */
  recountAll(): Promise<number>;
};

export function createForecastService(ctx: ForecastContext): ForecastService {
  return {
    async ofDossier(actor, dossierId) {
      const scope = dossierScope(actor);
      const [ledger] = await ctx.ledgers.ledgersOf(ctx.db, [dossierId], scope);
      if (!ledger) {
        if (!(await ctx.ledgers.isVisible(ctx.db, dossierId, scope))) throw new AppError('row/missing');
        return { forecast: null };
      }
      const now = ctx.clock.now();
      const made = forecastOf(ledger, await readPaces(ctx.db, [ledger.procedureCode]), now);
      return { forecast: made && inDays(made, dayMinutes(ledger.calendar, now)) };
    },
    list: (actor, query) => readList(ctx, actor, query),
    async hitRate(procedureCode) {
      const since = addDays(dayOf(ctx.clock.now()), -WINDOW_DAYS);
      const [counts, computedAt] = await Promise.all([
        countOutcomes(ctx.db, since, procedureCode),
        lastRun(ctx.db, 'refresh'),
      ]);
      return {
        windowDays: WINDOW_DAYS,
        minSample: MIN_SAMPLE,
        dossiers: counts.reduce((sum, row) => sum + row.dossiers, 0),
        computedAt: computedAt && toIso(computedAt),
        rates: [hitRate(counts, 'likely'), hitRate(counts, 'possible')],
      };
    },
    async recountAll() {
      const now = ctx.clock.now();
      const always = new Date(now.getTime() + 1);
      for (const work of ['pace', 'refresh']) await claimRun(ctx.db, work, now, always);
      await recount(ctx);
      return refresh(ctx);
    },
  };
}

/** Keeps paces and forecasts; leaves the first minute of a process to those who wait for it. */
export function createForecastTimer(ctx: ForecastContext): Timer {
  let begun = false;
  return {
    name: 'forecast.keep',
    everyMs: 60_000,
    async run() {
      if (begun) await keepForecasts(ctx);
      begun = true;
      return false;
    },
  };
}

async function readList(
  ctx: ForecastContext,
  actor: Actor,
  query: QueryOf<typeof contract.listForecast>,
): Promise<ReplyOf<typeof contract.listForecast>> {
  const limit = query.limit ?? 50;
  const filter = { ...query, units: unitsFor(actor, 'dossier.read') };
  const found = await listCurrent(ctx.db, filter, decode(query.cursor), limit + 1);
  const shown = found.slice(0, limit);
  const present = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];
  const unitIds = present(shown.map((row) => row.holderUnitId));
  const staffIds = present(shown.map((row) => row.holderStaffId));
  const [units, staff] = await Promise.all([
    unitIds.length > 0 ? ctx.ports.unitNames(unitIds, dayOf(ctx.clock.now())) : new Map<string, string>(),
    staffIds.length > 0 ? ctx.ports.staffNames(staffIds) : new Map<string, { readonly name: string }>(),
  ]);
  return {
    rows: shown.map((row) => ({
      dossierId: row.dossierId,
      code: row.code,
      procedureCode: row.procedureCode,
      procedureName: row.procedureName,
      stepName: row.stepName,
      holderUnitName: units.get(row.holderUnitId ?? '') ?? null,
      holderStaffName: staff.get(row.holderStaffId ?? '')?.name ?? null,
      dueAt: row.dueAt && toIso(row.dueAt),
      ...inDays(row, row.dayMinutes),
    })),
    nextCursor: found.length > limit ? encode(shown.at(-1)) : null,
  };
}

/** Minutes as working days with one decimal, as people speak of them. */
function inDays(made: Forecast, minutesOfDay: number): contract.DossierForecastType {
  const days = (minutes: number): number => Math.round((minutes / minutesOfDay) * 10) / 10;
  return {
    level: made.level,
    remainingDays: days(made.remainingMinutes),
    usualDays: days(made.medianMinutes),
    slowDays: days(made.p90Minutes),
    stepsLeft: made.stepsLeft,
    sample: made.sample,
    basis: made.basis,
  };
}

const encode = (row: CurrentRow | undefined): string | null =>
  row?.dueAt ? `${row.level} ${row.dueAt.toISOString()} ${row.dossierId}` : null;

/** A cursor somebody changed by hand begins at the first page. */
function decode(cursor: string | undefined): { level: string; dueAt: Date; dossierId: string } | null {
  const [level = '', instant = '', dossierId = ''] = cursor?.split(' ') ?? [];
  const dueAt = new Date(instant);
  const good = !Number.isNaN(dueAt.getTime()) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(dossierId);
  return good ? { level, dueAt, dossierId } : null;
}
