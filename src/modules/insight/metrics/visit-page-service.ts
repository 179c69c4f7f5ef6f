import type { Actor } from '../../../core/access/actor.ts';
import type { ReplyOf } from '../../../core/contract/endpoint.ts';
import { type Day, dayOf, toIso } from '../../../core/time/index.ts';
import type { MetricsContext } from './context.ts';
import type * as contract from './contract.ts';
import { whereOf } from './narrowing.ts';
import type { SplitBy, VisitRow } from './rules/types.ts';
import type { MetricsService } from './service.ts';
import { mayKnowPersons } from './visit-service.ts';
import { NOBODY } from './visit-store.ts';

/** What the screen of steps and persons asks, in its shape. */
export type VisitPages = {
  figures(actor: Actor, asked: contract.StepQueryType): Promise<ReplyOf<typeof contract.listStepFigures>>;
};

/** Columns of the screen; each is a metric of `content/metrics/steps.yaml`, so it counts as everywhere. */
const COLUMNS = ['steps-left', 'steps-late', 'steps-returned', 'steps-on-time-rate', 'step-average-time'] as const;

export function createVisitPages(ctx: MetricsContext, service: MetricsService): VisitPages {
  return {
    async figures(actor, asked) {
      const { by = 'step', unitId, roll = 'tree', cutoff = 'calendar' } = asked;
      const period = service.periodOf(asked.period, cutoff);
      const where = whereOf(asked);
      const found = await service.split(actor, { unitId, roll, period, ...(where ? { where } : {}) }, by, COLUMNS);
      const names = await namesOf(
        ctx,
        by,
        found.map((one) => one.key),
        period.to,
      );
      return {
        rows: found.map(({ key, values: [left, late, returned, onTime, average] }) => ({
          key,
          name: nameOf(names, by, key),
          visits: left?.value ?? 0,
          late: late?.value ?? 0,
          returned: returned?.value ?? 0,
          onTimePercent: onTime?.rounded ?? null,
          averageMinutes: average?.rounded ?? null,
        })),
        period,
        computedAt: toIso(ctx.clock.now()),
        persons: mayKnowPersons(actor, unitId),
      };
    },
  };
}

/** Names of the parts of a figure; of some there are none. */
export async function namesOf(
  ctx: MetricsContext,
  by: SplitBy,
  keys: readonly string[],
  day: Day,
): Promise<ReadonlyMap<string, string>> {
  switch (by) {
    case 'step':
      return ctx.ports.stepNames();
    case 'person': {
      const people = await ctx.ports.staffNames(keys.filter((key) => key !== NOBODY));
      return new Map([...people].map(([id, one]) => [id, one.name]));
    }
    case 'unit':
      return ctx.ports.unitNames(keys, day);
    case 'procedure':
      return ctx.ports.procedureNames(keys);
    case 'field':
      return new Map([...(await ctx.ports.fieldsOn(day)).values()].map((one) => [one.code, one.name]));
    // The screen has words for channels.
    case 'channel':
      return new Map();
  }
}

/** Null: the software, or a procedure of no known field. */
export const nameOf = (names: ReadonlyMap<string, string>, by: SplitBy, key: string): string | null =>
  names.get(key) ?? (by === 'person' || key === '' ? null : key);

/** Visits with the names of their places and, for those who may know them, persons. */
export async function namedVisits(ctx: MetricsContext, rows: readonly VisitRow[]): Promise<contract.StepVisitType[]> {
  const ids = (pick: (row: VisitRow) => string | null): string[] => [
    ...new Set(rows.flatMap((row) => pick(row) ?? [])),
  ];
  const [steps, procedures, units, people] = await Promise.all([
    ctx.ports.stepNames(),
    ctx.ports.procedureNames(ids((row) => row.procedureCode)),
    ctx.ports.unitNames(
      ids((row) => row.unitId),
      dayOf(ctx.clock.now()),
    ),
    ctx.ports.staffNames(ids((row) => row.staffId)),
  ]);
  return rows.map(({ stepId, unitId, staffId, startedAt, dueAt, endedAt, ...row }) => ({
    ...row,
    stepName: steps.get(stepId) ?? stepId,
    procedureName: procedures.get(row.procedureCode) ?? row.procedureCode,
    unitName: units.get(unitId) ?? '',
    staffName: staffId === null ? null : (people.get(staffId)?.name ?? null),
    startedAt: toIso(startedAt),
    dueAt: dueAt && toIso(dueAt),
    endedAt: toIso(endedAt),
  }));
}
