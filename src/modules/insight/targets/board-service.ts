import { type Actor, holds, unitsFor } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { rankHighest } from '../../../core/scoring/index.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { lastVersionOn, unitNameOn } from '../../foundation/organisation/index.ts';
import { countActions } from './action-store.ts';
import { EDIT, ENTER, READ, type TargetContext } from './context.ts';
import type * as contract from './contract.ts';
import { lineOf } from './line.ts';
import type { LIGHTS } from './rules/attain.ts';
import { total } from './rules/total.ts';
import * as store from './store.ts';
import { type Judged, judgeTargets } from './value-service.ts';

/** More units than this are reached by walking down from one above. */
const UNITS_OFFERED = 300;
/** What needs somebody first. */
const URGENCY = ['behind', 'near', 'no-data', 'too-few', 'met'] as const satisfies readonly (typeof LIGHTS)[number][];

export async function targetOptions(
  ctx: TargetContext,
  actor: Actor,
): Promise<ReplyOf<typeof contract.getTargetOptions>> {
  const today = dayOf(ctx.clock.now());
  const directory = await ctx.ports.directory();
  const mine = unitsFor(actor, READ);
  const withTargets = new Set(await store.listUnits(ctx.db, mine));
  const depth = (id: string): number => directory.pathOn(id, today).length;
  const units = mine
    .flatMap((id) => lastVersionOn(directory, id, today) ?? [])
    .filter((unit) => unit.type === 'administrative' || withTargets.has(unit.unitId))
    .map((unit) => ({ id: unit.unitId, name: unit.name, depth: depth(unit.unitId) }))
    .sort((a, b) => Number(withTargets.has(b.id)) - Number(withTargets.has(a.id)) || a.depth - b.depth)
    .slice(0, UNITS_OFFERED)
    .map(({ id, name }) => ({ id, name }));
  const parents = new Set([...withTargets].flatMap((id) => lastVersionOn(directory, id, today)?.parentId ?? []));
  return {
    units,
    above: mine.filter((id) => parents.has(id)).map((id) => ({ id, name: unitNameOn(directory, id, today) })),
    editable: unitsFor(actor, EDIT)
      .flatMap((id) => directory.unitOn(id, today) ?? [])
      .sort((a, b) => depth(a.unitId) - depth(b.unitId))
      .slice(0, UNITS_OFFERED)
      .map((unit) => ({ id: unit.unitId, name: unit.name })),
    metrics: ctx.metrics.definitions(today).map(({ id, name, unit }) => ({ id, name, unit })),
    registers: [...((await ctx.ports.registerMeasures?.(today)) ?? [])],
    today,
  };
}

/** The targets of a unit in a year, the most urgent first. @throws AppError row/missing */
export async function targetBoard(
  ctx: TargetContext,
  actor: Actor,
  { unitId, year, ended = false }: QueryOf<typeof contract.getTargetBoard>,
): Promise<ReplyOf<typeof contract.getTargetBoard>> {
  if (!holds(actor, READ, unitId)) throw new AppError('row/missing');
  const [{ judged, lines }, years, directory] = await Promise.all([
    judgedLines(ctx, unitId, year, ended),
    store.listYears(ctx.db, unitId),
    ctx.ports.directory(),
  ]);
  const followed = judged.filter((one) => one.row.endedAt === null);
  return {
    unit: { id: unitId, name: unitNameOn(directory, unitId, `${year}-12-31`) },
    year,
    years: [...years],
    rows: lines.sort(byUrgency),
    total: { ...total(followed.map(({ row, attained }) => ({ weight: row.terms.weight, attained }))) },
    computedAt: toIso(ctx.clock.now()),
    mayEdit: holds(actor, EDIT, unitId),
    mayEnter: holds(actor, ENTER, unitId),
  };
}

async function judgedLines(ctx: TargetContext, unitId: string, year: number, ended: boolean) {
  const span = { from: `${year}-01-01`, to: `${year}-12-31` };
  const judged = await judgeTargets(ctx, await store.listTargets(ctx.db, [unitId], span, ended));
  return { judged, lines: await linesOf(ctx, judged) };
}

/** The lines of {@link targetBoard} that have not ended, for pages of other modules. @throws AppError row/missing */
export async function targetLines(
  ctx: TargetContext,
  actor: Actor,
  unitId: string,
  year: number,
): Promise<readonly contract.TargetLineType[]> {
  if (!holds(actor, READ, unitId)) throw new AppError('row/missing');
  const { lines } = await judgedLines(ctx, unitId, year, false);
  return lines.sort(byUrgency);
}

const byUrgency = (a: contract.TargetLineType, b: contract.TargetLineType): number =>
  URGENCY.indexOf(a.light) - URGENCY.indexOf(b.light) || b.weight - a.weight;

/**
 * Totals of the units directly below, ranked by the weight of targets met (“1224”); units of which nothing can be judged
 * stand last, without a place.
 * @throws AppError row/missing
 */
export async function targetUnits(
  ctx: TargetContext,
  actor: Actor,
  { unitId, year }: QueryOf<typeof contract.listTargetUnits>,
): Promise<ReplyOf<typeof contract.listTargetUnits>> {
  if (!holds(actor, READ, unitId)) throw new AppError('row/missing');
  const directory = await ctx.ports.directory();
  const end = `${year}-12-31`;
  const children = directory.childrenOn(unitId, end).filter((one) => holds(actor, READ, one.unitId));
  const span = { from: `${year}-01-01`, to: end };
  const rows = await store.listTargets(
    ctx.db,
    children.map((one) => one.unitId),
    span,
    false,
  );
  const judged = await judgeTargets(ctx, rows);
  const totals = children.flatMap(({ unitId: id, name }) => {
    const own = judged.filter((one) => one.row.unitId === id);
    if (own.length === 0) return [];
    const sum = total(own.map(({ row, attained }) => ({ weight: row.terms.weight, attained })));
    return [{ unitId: id, unitName: name, total: { ...sum } }];
  });
  const ranked = rankHighest(
    totals.filter((one) => one.total.metShare !== null),
    (one) => one.total.metShare ?? 0,
  );
  const unranked = totals.filter((one) => one.total.metShare === null);
  return {
    unit: { id: unitId, name: unitNameOn(directory, unitId, end) },
    rows: [
      ...ranked.map(({ item, rank }) => ({ ...item, rank })),
      ...unranked.map((item) => ({ ...item, rank: null })),
    ],
    population: ranked.length,
    computedAt: toIso(ctx.clock.now()),
  };
}

/** Lines as the screens show them, with the actions each one has. */
export async function linesOf(ctx: TargetContext, judged: readonly Judged[]): Promise<contract.TargetLineType[]> {
  const directory = await ctx.ports.directory();
  const counts = await countActions(
    ctx.db,
    'target',
    judged.map((one) => one.row.id),
    dayOf(ctx.clock.now()),
  );
  return judged.map((one) => lineOf(one, directory, counts.get(one.row.id) ?? { running: 0, late: 0 }));
}
