import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { Decimal, FAMILIES, type Family, type IndicatorSet, rounded } from '../../../core/scoring/index.ts';
import { toIso } from '../../../core/time/index.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';
import { publishedFigures, shippedSets } from './content.ts';
import type { IndexContext } from './context.ts';
import type * as contract from './contract.ts';
import type { Publication } from './rules/published.ts';
import { changeOf, percentOf, type Result, type ResultRow, type Total } from './rules/result.ts';
import * as store from './store.ts';

export type LeagueRow = contract.LeagueRowType;
type Before = Total & { readonly year: number; readonly derived: boolean };

const familyOf = (text: string): Family => FAMILIES.find((each) => each === text) ?? 'other';

/** The frozen result a round stands by; undefined: none yet. */
export async function standingResult(ctx: IndexContext, round: store.Round): Promise<Result | undefined> {
  const standing = (await store.listStanding(ctx.db, [round.id])).get(round.id);
  return standing && parsed(standing);
}

const parsed = ({ document }: { readonly document: string }): Result => JSON.parse(document) as Result;

/**
 * Totals of the year before, by unit: of the published round of the same kind by the same unit, else as published
 * elsewhere. Never of a set of another kind. All rounds in one question.
 */
export async function totalsBefore(
  ctx: IndexContext,
  rounds: readonly store.Round[],
): Promise<(round: store.Round) => ReadonlyMap<string, Before>> {
  const directory = await ctx.ports.directory();
  const results = await store.listStandingBefore(
    ctx.db,
    rounds.map((round) => round.id),
  );
  return (round) => {
    const found = new Map<string, Before>();
    for (const publication of publishedFigures().publications) {
      if (publication.family !== round.family || publication.year !== round.year - 1) continue;
      for (const { unit, total, derived } of publication.rows) {
        const unitId = directory.byCode('gso', unit.gso, unit.on)?.unitId;
        const { year, max } = publication;
        if (unitId && total !== null) found.set(unitId, { year, total, max, derived: derived === true });
      }
    }
    const before = results.get(round.id);
    for (const row of before ? parsed(before).rows : [])
      found.set(row.unitId, { year: round.year - 1, total: row.total, max: row.max, derived: false });
    return found;
  };
}

/** How a total stands to that of the year before; null where one of them is missing. */
export function changeOn(now: Total | undefined, before: Before | undefined): LeagueRow['change'] {
  const change = now && before && changeOf(now, before);
  return change ? { ...before, percent: percentOf(before.total, before.max), ...change } : null;
}

const bandsOf = (set: IndicatorSet | undefined): { min: number; label: string }[] =>
  (set?.bands?.total ?? []).map(({ min, label }) => ({ min, label }));

/** What of a set a reader of totals has to know: limits of classes, weights of parts, and which of them are ours. */
const frameOf = (set: IndicatorSet | undefined) => ({
  bands: bandsOf(set),
  derivedBands: set?.bands?.derived === true && set.bands.total !== undefined,
  weights: (set?.parts ?? []).map(({ name, weight, derived }) => ({
    name,
    percent: rounded(new Decimal(weight).times(100)),
    derived: derived === true,
  })),
});

/** How many were ranked: elsewhere more than are in the round; null: not known. */
const populationOf = ({ importOnly }: IndicatorSet, { population, rows }: Result): number | null => {
  if (importOnly !== true) return population;
  return rows[0]?.population ?? (rows.length === 1 ? null : population);
};

/** A row of a frozen result. */
export function rowOf(row: ResultRow, set: IndicatorSet, before: Before | undefined): LeagueRow {
  const domains = new Map((set.domains ?? []).map((each) => [each.id, each.name]));
  const parts = new Map((set.parts ?? []).map((each) => [each.id, each.name]));
  return {
    unitId: row.unitId,
    unitName: row.unitName,
    sheetId: null,
    total: row.total,
    max: row.max,
    percent: row.percent,
    band: row.band,
    rank: row.rank,
    population: row.population ?? null,
    derived: false,
    sheetState: null,
    change: changeOn(row, before),
    parts: row.parts.map(({ id, percent }) => ({ id, name: parts.get(id) ?? id, percent, derived: false })),
    domains: row.domains.map(({ id, points, max, band }) => ({ id, name: domains.get(id) ?? id, points, max, band })),
  };
}

/** Published tables: those of this system and those imported from what was published, side by side and never merged. */
export async function listIndexLeague(
  ctx: IndexContext,
  query: QueryOf<typeof contract.listIndexLeague>,
): Promise<ReplyOf<typeof contract.listIndexLeague>> {
  const directory = await ctx.ports.directory();
  const figures = publishedFigures();
  const rounds = await store.listPublishedRounds(ctx.db, query);
  const [standing, beforeOf, published] = await Promise.all([
    store.listStanding(
      ctx.db,
      rounds.map((round) => round.id),
    ),
    totalsBefore(ctx, rounds),
    store.listPublishedYears(ctx.db),
  ]);
  const fits = (each: Publication): boolean =>
    (query.family === undefined || each.family === query.family) &&
    (query.year === undefined || each.year === query.year);
  const tables: contract.LeagueType['tables'] = [];
  for (const round of rounds) {
    const frozen = standing.get(round.id);
    if (!frozen) continue;
    const result = parsed(frozen);
    const before = beforeOf(round);
    tables.push({
      id: round.id,
      roundId: round.id,
      name: round.set.name,
      owner: result.unitName,
      family: familyOf(round.family),
      year: round.year,
      population: populationOf(round.set, result),
      max: round.set.max,
      ...frameOf(round.set),
      imported: false,
      source: round.set.source,
      frozenAt: toIso(frozen.frozenAt),
      digest: frozen.digest,
      note: round.set.note ?? null,
      verified: round.set.verified,
      rows: result.rows.map((row) => rowOf(row, round.set, before.get(row.unitId))),
    });
  }
  for (const each of figures.publications.filter(fits))
    tables.push(importedTable(each, figures.publications, directory));
  const all = [...published, ...figures.publications];
  return {
    years: [...new Set(all.map((each) => each.year))].sort((a, b) => b - a),
    families: FAMILIES.filter((family) => all.some((each) => each.family === family)),
    tables: tables.sort((a, b) => b.year - a.year || (a.name < b.name ? -1 : 1)),
    comparisons: figures.comparisons.map((each) => ({
      id: each.id,
      name: each.name,
      note: each.note,
      units: each.units.map(({ id, unit, source }) => ({
        id,
        name: unit.name,
        source,
        unitId: directory.byCode('gso', unit.gso, unit.on)?.unitId ?? null,
      })),
      figures: each.figures.map((figure) => ({
        id: figure.id,
        name: figure.name,
        unit: figure.unit,
        values: each.units.map(({ id }) => {
          const found = figure.values[id];
          if (!found) return null;
          const { value, period, bound, derived, note } = found;
          return { value, period, bound: bound ?? null, derived: derived === true, note: note ?? null };
        }),
      })),
    })),
  };
}

function importedTable(
  each: Publication,
  all: readonly Publication[],
  directory: UnitDirectory,
): contract.LeagueType['tables'][number] {
  const set = each.set === undefined ? undefined : shippedSets().get(each.set);
  const last = all.find(
    (other) => other.family === each.family && other.owner === each.owner && other.year === each.year - 1,
  );
  const bandOf = (points: number, max: number): string | null =>
    set?.bands?.domain?.find((band) => percentOf(points, max) >= band.min)?.label ?? null;
  const rows = each.rows.map((row): LeagueRow => {
    const before = last?.rows.find((other) => other.unit.gso === row.unit.gso);
    const total = (one: typeof row | undefined, max: number): Total | undefined =>
      one?.total === undefined || one.total === null ? undefined : { total: one.total, max };
    const then = last && total(before, last.max);
    return {
      unitId: directory.byCode('gso', row.unit.gso, row.unit.on)?.unitId ?? null,
      unitName: row.unit.name,
      sheetId: null,
      total: row.total,
      max: each.max,
      percent: row.total === null ? null : percentOf(row.total, each.max),
      band: row.band ?? null,
      rank: row.rank ?? null,
      population: null,
      derived: row.derived === true,
      sheetState: null,
      change: changeOn(
        total(row, each.max),
        then && { ...then, year: each.year - 1, derived: before?.derived === true },
      ),
      parts: (set?.parts ?? []).flatMap(({ id, name }) => {
        const percent = row.parts?.[id];
        return percent === undefined ? [] : [{ id, name, percent, derived: row.derivedParts === true }];
      }),
      domains: (set?.domains ?? []).flatMap(({ id, name, max }) => {
        const points = row.domains?.[id];
        return points === undefined ? [] : [{ id, name, points, max, band: bandOf(points, max) }];
      }),
    };
  });
  return {
    id: each.id,
    roundId: null,
    name: each.name,
    owner: each.owner,
    family: familyOf(each.family),
    year: each.year,
    population: each.population,
    max: each.max,
    ...frameOf(set),
    imported: true,
    source: each.source,
    frozenAt: null,
    digest: null,
    note: each.note ?? null,
    verified: each.verified,
    rows,
  };
}
