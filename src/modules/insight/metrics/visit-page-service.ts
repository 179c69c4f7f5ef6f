import type { Actor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import type { MetricsContext } from './context.ts';
import type * as contract from './contract.ts';
import type { MetricsService } from './service.ts';
import { mayKnowPersons, type VisitAsk } from './visit-service.ts';
import { NOBODY } from './visit-store.ts';

/** What the screen of steps and persons asks, in its shape. */
export type VisitPages = {
  figures(actor: Actor, asked: contract.StepQueryType): Promise<ReplyOf<typeof contract.listStepFigures>>;
  visits(
    actor: Actor,
    asked: QueryOf<typeof contract.listStepVisits>,
  ): Promise<ReplyOf<typeof contract.listStepVisits>>;
};

export function createVisitPages(ctx: MetricsContext, service: MetricsService): VisitPages {
  const askOf = (asked: Omit<contract.StepQueryType, 'by'>): VisitAsk => {
    const { unitId, roll = 'tree', period, cutoff = 'calendar', field, procedureCode, stepId, staffId } = asked;
    const where = {
      ...(field === undefined ? {} : { field }),
      ...(procedureCode === undefined ? {} : { procedureCode }),
      ...(stepId === undefined ? {} : { stepId }),
      ...(staffId === undefined ? {} : { staffId }),
    };
    return { unitId, roll, period: service.periodOf(period, cutoff), where };
  };

  return {
    async figures(actor, { by = 'step', ...asked }) {
      const ask = askOf(asked);
      const found = await service.visits(actor, ask, by);
      const keys = found.map((one) => one.key);
      const names = await (async (): Promise<ReadonlyMap<string, string>> => {
        switch (by) {
          case 'step':
            return ctx.ports.stepNames();
          case 'person': {
            const people = await ctx.ports.staffNames(keys.filter((key) => key !== NOBODY));
            return new Map([...people].map(([id, one]) => [id, one.name]));
          }
          case 'unit':
            return ctx.ports.unitNames(keys, ask.period.to);
          case 'procedure':
            return ctx.ports.procedureNames(keys);
        }
      })();
      return {
        rows: found.map(({ minutes: _, ...one }) => ({
          ...one,
          name: names.get(one.key) ?? (by === 'person' ? null : one.key),
        })),
        period: ask.period,
        computedAt: toIso(ctx.clock.now()),
        persons: mayKnowPersons(actor, ask.unitId),
      };
    },
    async visits(actor, { late = false, page = 1, pageSize = 50, ...asked }) {
      const { rows, total, hidden } = await service.visitRows(actor, askOf(asked), late, { page, pageSize });
      const ids = (pick: (row: (typeof rows)[number]) => string | null): string[] => [
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
      return {
        rows: rows.map((row) => ({
          dossierId: row.dossierId,
          code: row.code,
          stepName: steps.get(row.stepId) ?? row.stepId,
          procedureName: procedures.get(row.procedureCode) ?? row.procedureCode,
          unitName: units.get(row.unitId) ?? '',
          staffName: row.staffId === null ? null : (people.get(row.staffId)?.name ?? null),
          startedAt: toIso(row.startedAt),
          dueAt: row.dueAt && toIso(row.dueAt),
          endedAt: toIso(row.endedAt),
          late: row.late,
          minutes: row.minutes,
        })),
        total,
        hidden,
      };
    },
  };
}
