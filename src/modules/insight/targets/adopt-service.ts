import { type Actor, actorRef } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import type { Day } from '../../../core/time/index.ts';
import type { Timer } from '../../../platform/events/timers.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import { periodOf } from '../metrics/index.ts';
import { loadTargets } from './content.ts';
import type { TargetContext } from './context.ts';
import { record } from './edit-service.ts';
import type { Goal, TargetDefinition, TargetTerms, UnitRef } from './rules/definition.ts';
import { referenceOf } from './rules/lint.ts';
import * as store from './store.ts';

const CONTENT: Actor = { kind: 'system', name: 'targets.content', assurance: 'system' };

/**
 * Gives the targets of content to the units they name, with their published results; what a unit has already stays as it
 * is, also where people changed it or gave it themselves. Units that are not (yet) there are left out and given theirs later.
 * @returns how many were given now
 */
export async function adoptTargets(ctx: TargetContext): Promise<number> {
  const definitions = loadTargets((id) => ctx.metrics.definitions().find((one) => one.id === id)?.unit);
  const directory = await ctx.ports.directory();
  const known = await store.listAdopted(ctx.db);
  let given = 0;
  for (const one of definitions) {
    const period = periodOf(one.period, one.cutoff ?? 'calendar');
    if (!period) continue;
    const terms = resolved(one.terms, directory, period.to);
    if (!terms) continue;
    for (const unitId of unitsOf(directory, one.units, period.to)) {
      if (known.has(`${one.id} ${unitId}`)) continue;
      const at = ctx.clock.now();
      const row = {
        id: uuidv7(at),
        series: one.id,
        fromContent: true,
        unitId,
        periodId: period.id,
        cutoff: period.cutoff,
        fromDay: period.from,
        toDay: period.to,
        terms,
      };
      given += await ctx.db.transaction().execute(async (trx) => {
        await store.lockGiving(trx);
        if ((await store.findEqual(trx, [unitId], period, terms)).length > 0) return 0;
        if (!(await store.insertTarget(trx, { ...row, at, by: actorRef(CONTENT) }))) return 0;
        await record(ctx, trx, CONTENT, row, { act: 'adopt', terms, reason: one.doubt ?? '' });
        for (const value of one.published ?? [])
          await store.insertValue(trx, row.id, { ...value, at, by: actorRef(CONTENT) });
        return 1;
      });
    }
  }
  return given;
}

/** Looks once an hour, and at the start: units may have come since. */
export function createTargetContentTimer(ctx: TargetContext): Timer {
  return {
    name: 'targets.adopt',
    everyMs: 3_600_000,
    run: async () => {
      await adoptTargets(ctx);
      return false;
    },
  };
}

function unitsOf(directory: UnitDirectory, units: TargetDefinition['units'], day: Day): readonly string[] {
  if (Array.isArray(units)) return units.flatMap((ref) => unitOf(directory, ref, day) ?? []);
  const { level, under } = units;
  const above = under === undefined ? undefined : directory.byCode('gso', under, day)?.unitId;
  return directory
    .levelOn(level, day)
    .filter((one) => under === undefined || directory.pathOn(one.unitId, day).some((step) => step.unitId === above))
    .map((one) => one.unitId);
}

function unitOf(directory: UnitDirectory, { gso, office }: UnitRef, day: Day): string | undefined {
  const unit = directory.byCode('gso', gso, day);
  if (!unit || office === undefined) return unit?.unitId;
  return directory.officeOn(unit.unitId, office, day)?.unitId;
}

/** The terms with the unit of a moving goal found; undefined where it is not there. */
function resolved(terms: TargetTerms, directory: UnitDirectory, day: Day): TargetTerms | undefined {
  const reference = referenceOf(terms.goal);
  if (!reference?.unit) return terms;
  const unitId = unitOf(directory, reference.unit, day);
  if (unitId === undefined) return undefined;
  const { unit: _, ...rest } = { ...reference, unitId };
  const goal: Goal = 'notBelow' in terms.goal ? { notBelow: rest } : { notAbove: rest };
  return { ...terms, goal };
}
