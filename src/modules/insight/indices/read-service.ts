import { type Actor, holds } from '../../../core/access/actor.ts';
import type { QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { Decimal, FAMILIES, leavesOf, nextBand, rankHighest, rankLost, rounded } from '../../../core/scoring/index.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';
import { type OpenedSheet, openRoundRow, openSheet, PUBLISH, scopeOf } from './access.ts';
import { measure } from './act-service.ts';
import type { IndexContext } from './context.ts';
import type * as contract from './contract.ts';
import { actionView, followUp } from './follow-service.ts';
import { changeOn, type LeagueRow, rowOf, standingResult, totalsBefore } from './league-service.ts';
import { figuresOf } from './round-figures.ts';
import { mayWrite, openRoundActs, openSheetActs, ROUND_STATE_NAMES, SHEET_STATE_NAMES } from './rules/acts.ts';
import { figuresOld, freezableFrom, hasMeasured } from './rules/period.ts';
import { percentOf, placeOf, shareOf } from './rules/result.ts';
import {
  blankRow,
  type CriterionRow,
  domainSums,
  lostSoFar,
  missingLeaves,
  scoreSheet,
  typedParts,
  valuesOf,
} from './rules/sheet.ts';
import { listActs, scoresOf, scoresOfSheet } from './score-store.ts';
import * as store from './store.ts';
import { surveysOpen } from './survey-ready.ts';
import { partPercents } from './write-service.ts';

const PAGE = 50;
type RoundRow = store.Round & store.RoundCounts;

function roundLine(round: RoundRow, directory: UnitDirectory): contract.RoundLineType {
  return {
    id: round.id,
    version: round.version,
    setCode: round.setCode,
    setName: round.set.name,
    family: FAMILIES.find((each) => each === round.family) ?? 'other',
    year: round.year,
    unitId: round.unitId,
    unitName: unitNameOn(directory, round.unitId, round.asOf),
    asOf: round.asOf,
    state: round.state,
    stateName: ROUND_STATE_NAMES[round.state],
    sheets: round.sheets,
    settled: round.settled,
    mySheetId: round.mySheetId,
  };
}

export async function listIndexRounds(
  ctx: IndexContext,
  actor: Actor,
  query: QueryOf<typeof contract.listIndexRounds>,
): Promise<ReplyOf<typeof contract.listIndexRounds>> {
  const { page = 1, ...filter } = query;
  const directory = await ctx.ports.directory();
  const found = await store.listRounds(ctx.db, scopeOf(actor), filter, { offset: (page - 1) * PAGE, limit: PAGE });
  return { rows: found.rows.map((round) => roundLine(round, directory)), total: found.total };
}

/** A round: frozen as it was frozen, else places as they stand among the sheets that are complete. */
export async function getIndexRound(
  ctx: IndexContext,
  actor: Actor,
  id: string,
): Promise<ReplyOf<typeof contract.getIndexRound>> {
  const round = await openRoundRow(ctx, actor, id);
  const directory = await ctx.ports.directory();
  const scope = scopeOf(actor);
  const all = await store.listSheets(ctx.db, id);
  const runs = scope.appraise.includes(round.unitId);
  const seen = all.filter((sheet) => runs || scope.read.includes(sheet.unitId));
  const sheetOf = new Map(seen.map((sheet) => [sheet.unitId, sheet]));
  const before = (await totalsBefore(ctx, [round]))(round);
  const result = round.state === 'open' ? undefined : await standingResult(ctx, round);
  // Before publication a unit sees its own line alone; the others' points are not hers to know.
  const shown = round.state === 'published' ? result?.rows : result?.rows.filter((row) => sheetOf.has(row.unitId));
  const rows: LeagueRow[] = shown
    ? shown.map((row) => {
        const sheet = sheetOf.get(row.unitId);
        const line = rowOf(row, round.set, before.get(row.unitId));
        return { ...line, sheetId: sheet?.id ?? null, sheetState: sheet ? SHEET_STATE_NAMES[sheet.state] : null };
      })
    : await openRows(ctx, round, seen, before, runs);
  const results = runs || round.state === 'published' ? await store.listFreezings(ctx.db, id) : [];
  const names = await namesOf(
    ctx,
    results.map((each) => each.frozenBy),
  );
  return {
    ...roundLine(round, directory),
    max: round.set.max,
    population: all.length,
    rows,
    parts: typedParts(round.set).map(({ id: partId, name, weight }) => ({ id: partId, name, weight })),
    acts: holds(actor, PUBLISH, round.unitId) ? openRoundActs(round.state) : [],
    appraises: runs && round.state === 'open',
    freezableFrom: round.state === 'open' ? freezableFrom(round.set, round.year, dayOf(ctx.clock.now())) : null,
    figures: await figuresOf(ctx, round, seen, runs),
    results: results.map(({ no, digest, reason, frozenAt, frozenBy }) => ({
      no,
      digest,
      reason,
      at: toIso(frozenAt),
      by: names(frozenBy),
    })),
    note: round.set.note ?? null,
    source: round.set.source,
    verified: round.set.verified,
    settings: (round.set.settings ?? []).map(({ id, name, chosen, options }) => ({
      id,
      name,
      chosen: options.find((option) => option.id === chosen)?.name ?? chosen,
    })),
  };
}

async function openRows(
  ctx: IndexContext,
  round: store.Round,
  sheets: readonly store.Sheet[],
  before: ReturnType<Awaited<ReturnType<typeof totalsBefore>>>,
  runs: boolean,
): Promise<LeagueRow[]> {
  const directory = await ctx.ports.directory();
  const scores = await scoresOf(
    ctx.db,
    sheets.map((sheet) => sheet.id),
  );
  const parts = await partPercents(ctx, round, sheets);
  const lines = sheets.map((sheet) => {
    const level = directory.unitOn(sheet.unitId, round.asOf)?.level;
    const given = percentsOf(parts.get(sheet.id) ?? []);
    const reply = scoreSheet(round.set, scores.get(sheet.id) ?? [], given, 'final', level);
    return { sheet, score: reply.ok ? reply.score : undefined };
  });
  const complete = lines.flatMap(({ sheet, score }) => (score ? [{ sheet, score }] : []));
  const ranked = runs ? rankHighest(complete, shareOf) : [];
  const places = new Map(
    ranked.map(({ item: { sheet }, rank }) => [sheet.id, placeOf(round.set, sheets.length, sheet.place, rank)]),
  );
  return lines
    .map(({ sheet, score }): LeagueRow => {
      const total = score?.total ?? null;
      const row = score && {
        unitId: sheet.unitId,
        unitName: '',
        criteria: [],
        rank: 0,
        percent: percentOf(score.total, score.max),
        ...score,
      };
      const line = row && rowOf(row, round.set, before.get(sheet.unitId));
      return {
        ...(line ?? { max: round.set.max, percent: null, band: null, derived: false, parts: [], domains: [] }),
        unitId: sheet.unitId,
        unitName: unitNameOn(directory, sheet.unitId, round.asOf),
        sheetId: sheet.id,
        total,
        rank: places.get(sheet.id)?.rank ?? null,
        population: places.get(sheet.id)?.population ?? null,
        sheetState: SHEET_STATE_NAMES[sheet.state],
        change: line?.change ?? null,
      };
    })
    .sort((a, b) => (a.rank ?? 1e9) - (b.rank ?? 1e9) || a.unitName.localeCompare(b.unitName, 'vi'));
}

export const percentsOf = (
  rows: readonly { readonly partId: string; readonly percent: number }[],
): Record<string, number> => Object.fromEntries(rows.map((part) => [part.partId, part.percent]));

/** A unit's score sheet with everything its reader may do. */
export async function getIndexSheet(
  ctx: IndexContext,
  actor: Actor,
  id: string,
): Promise<ReplyOf<typeof contract.getIndexSheet>> {
  const opened = await openSheet(ctx, actor, id);
  const { sheet, round, level, unitName, sides } = opened;
  const { set } = round;
  const today = dayOf(ctx.clock.now());
  // The register of tasks belongs to targets, and so does the right to give them.
  const mayAct = sides.includes('unit') && holds(actor, 'targets.edit', sheet.unitId);
  const [directory, { rows, live }, partRows, history, actions, owners] = await Promise.all([
    ctx.ports.directory(),
    rowsNow(ctx, opened),
    partPercents(ctx, round, [sheet]),
    listActs(ctx.db, id),
    ctx.ports.actionsOf(id),
    mayAct ? ctx.ports.staffOf(sheet.unitId, today) : [],
  ]);
  const parts = partRows.get(id) ?? [];
  const percents = percentsOf(parts);
  const [self, final] = (['self', 'final'] as const).map((stage) => scoreSheet(set, rows, percents, stage, level));
  const total = final?.ok ? final.score : undefined;
  const shown = total ?? (self?.ok ? self.score : undefined);
  const leaves = leavesOf(set, level);
  const files = await ctx.ports.filesOf(leaves.map(({ criterion }) => `${id}/${criterion.id}`));
  const result = round.state === 'open' ? undefined : await standingResult(ctx, round);
  const place = result?.rows.find((row) => row.unitId === sheet.unitId);
  const mine = round.state === 'published' || sides.includes('appraiser') ? place : undefined;
  const metricNames = new Map((await ctx.ports.metrics()).map((each) => [each.id, each.name]));
  const names = await namesOf(
    ctx,
    history.map((each) => each.by),
  );
  const stage = sheet.state === 'scoring' ? 'self' : 'final';
  const may = mayWrite(sheet.state, sides);
  const open = round.state === 'open';
  const typed = typedParts(set);
  return {
    id,
    version: sheet.version,
    state: sheet.state,
    stateName: SHEET_STATE_NAMES[sheet.state],
    unitId: sheet.unitId,
    unitName,
    round: roundLine(round, directory),
    importOnly: set.importOnly === true,
    measuredAt:
      sheet.state !== 'scoring' && sheet.measuredAt !== null && hasMeasured(set, level)
        ? toIso(sheet.measuredAt)
        : null,
    surveysOpen: [...(await surveysOpen(ctx, { round, sheets: open ? [sheet] : [], db: ctx.db }))],
    figuresOld: open && figuresOld(set, round.year, sheet, level),
    verified: set.verified,
    source: set.source,
    note: set.note ?? null,
    acts: open ? openSheetActs(sheet.state, sides, set.importOnly === true) : [],
    may: {
      score: open && may.score && set.importOnly !== true,
      appraise: open && may.appraise,
      explain: open && may.explain,
      parts: open && sides.includes('appraiser'),
      place: open && sides.includes('appraiser') && set.importOnly === true,
      confirm: open && sheet.state !== 'scoring' && sides.includes('appraiser'),
      act: mayAct,
      takeBack: open && may.takeBack,
    },
    max: shown?.max ?? set.max,
    selfTotal: self?.ok ? self.score.total : null,
    total: total?.total ?? null,
    band: shown?.band ?? null,
    rank: mine?.rank ?? null,
    population: mine ? (mine.population ?? result?.population ?? null) : null,
    place: sheet.place,
    nextBand: shown ? nextBand(set, shown) : null,
    change: changeOn(shown, (await totalsBefore(ctx, [round]))(round).get(sheet.unitId)),
    domains: domainSums(set, valuesOf(set, rows, {}, 'self', level), valuesOf(set, rows, {}, 'final', level), level),
    parts: (set.parts ?? []).map((part) => {
      const given = parts.find((each) => each.partId === part.id);
      const scored = shown?.parts.find((each) => each.id === part.id);
      return {
        id: part.id,
        name: part.name,
        weight: part.weight,
        derivedWeight: part.derived === true,
        percent: scored?.percent ?? given?.percent ?? null,
        points: scored?.points ?? null,
        source: given?.source ?? part.note ?? null,
        version: given?.version ?? 0,
        computed: !typed.includes(part),
      };
    }),
    criteria: leaves.map(({ criterion, domainId, domainName, parentName }) => {
      const row = rows.find((each) => each.criterionId === criterion.id);
      const isLive = live.some((each) => each.criterionId === criterion.id);
      const metricId = criterion.metric ?? null;
      const points = row?.appraisedPoints ?? row?.selfPoints ?? null;
      return {
        id: criterion.id,
        name: criterion.name,
        parentName,
        domainId,
        domainName,
        max: criterion.max,
        rule: criterion.rule ?? null,
        zeroDenominator: criterion.zeroDenominator ?? null,
        source: criterion.source ?? null,
        note: criterion.note ?? null,
        verified: criterion.verified !== false,
        version: row?.version ?? 0,
        selfPoints: row?.selfPoints ?? null,
        selfNote: row?.selfNote ?? '',
        numerator: row?.numerator ?? null,
        denominator: row?.denominator ?? null,
        metricId: metricId !== null && (isLive || row?.definitionId) ? metricId : null,
        metricName: metricId === null ? null : (metricNames.get(metricId) ?? null),
        live: isLive,
        appraisedPoints: row?.appraisedPoints ?? null,
        appraisedReason: row?.appraisedReason ?? '',
        confirmSince: row?.confirmSince ? toIso(row.confirmSince) : null,
        explanation: row?.explanation ?? '',
        lost: points === null ? null : lostPoints(criterion.max, points),
        files: [...(files.get(`${id}/${criterion.id}`) ?? [])],
      };
    }),
    missing: missingLeaves(set, rows, stage, level).map(({ criterion }) => criterion.name),
    lost: rankLost(set, shown ?? { lost: lostSoFar(set, rows, level) }),
    actions: actions.map((action) => actionView(action, today)),
    followUp: await followUp(ctx, opened, { rows, score: shown }, today),
    owners: owners.map(({ staffId, name }) => ({ id: staffId, name })),
    history: history.map((each) => ({
      id: each.id,
      act: each.act,
      criterion: leaves.find(({ criterion }) => criterion.id === each.criterionId)?.criterion.name ?? null,
      detail: each.detail,
      fileId: each.fileId,
      at: toIso(each.at),
      by: names(each.by),
    })),
  };
}

const lostPoints = (max: number, points: number): number => rounded(new Decimal(max).minus(points), 4);

type Live = Awaited<ReturnType<typeof measure>>[number];

/** What is known of each criterion (`rows`): while the unit scores itself, what the metrics say now; sending keeps it. */
export async function rowsNow(
  ctx: IndexContext,
  opened: OpenedSheet,
): Promise<{ stored: CriterionRow[]; rows: CriterionRow[]; live: Live[] }> {
  const { sheet, round } = opened;
  const stored = await scoresOfSheet(ctx.db, sheet.id);
  const live = sheet.state === 'scoring' && round.state === 'open' ? await measure(ctx, opened, stored) : [];
  return { stored, rows: withLive(stored, live), live };
}

function withLive(rows: readonly CriterionRow[], live: readonly Live[]): CriterionRow[] {
  const measured = new Map(live.map((each) => [each.criterionId, each]));
  const kept = rows.map((row): CriterionRow => ({ ...row, ...measured.get(row.criterionId) }));
  const known = new Set(rows.map((row) => row.criterionId));
  return [
    ...kept,
    ...live.filter((each) => !known.has(each.criterionId)).map((each) => ({ ...blankRow(each.criterionId), ...each })),
  ];
}

async function namesOf(ctx: IndexContext, refs: readonly string[]): Promise<(ref: string) => string> {
  const ids = refs.flatMap((ref) => (ref.startsWith('staff:') ? [ref.slice(6)] : []));
  const names = await ctx.ports.staffNames([...new Set(ids)]);
  return (ref) => names.get(ref.slice(6))?.name ?? 'Hệ thống';
}
