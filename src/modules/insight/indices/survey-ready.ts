import { leavesOf } from '../../../core/scoring/index.ts';
import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';
import type { IndexContext } from './context.ts';
import { isSurveyMetric, SURVEY_PART } from './rules/period.ts';
import { remeasured } from './rules/remeasure.ts';
import { typedParts } from './rules/sheet.ts';
import { partsOf, scoresOf } from './score-store.ts';
import type { Round, Sheet } from './store.ts';

/** A survey that is still being answered and will count for a sheet: until it is closed the points are provisional. */
export type OpenSurvey = {
  readonly sheetId: string;
  readonly unitName: string;
  readonly surveyName: string;
  /** Who asks, and closes it. */
  readonly ownerName: string;
  readonly openTo: Day;
};

type OfSheets = {
  readonly round: Pick<Round, 'set' | 'year' | 'asOf'>;
  readonly sheets: readonly Sheet[];
  readonly db: Db;
};

/** Running surveys that sheets wait for: by a criterion a survey scores, or a part nobody has typed. */
export async function surveysOpen(ctx: IndexContext, { round, sheets, db }: OfSheets): Promise<readonly OpenSurvey[]> {
  const directory = await ctx.ports.directory();
  const hasPart = typedParts(round.set).some((part) => part.id === SURVEY_PART);
  const ids = sheets.map((sheet) => sheet.id);
  const typed = hasPart ? await partsOf(db, ids) : new Map<string, readonly { partId: string }[]>();
  const waiting = sheets.filter(
    (sheet) =>
      surveyLeaves(directory, round, sheet).length > 0 ||
      (hasPart && !typed.get(sheet.id)?.some((part) => part.partId === SURVEY_PART)),
  );
  if (waiting.length === 0) return [];
  const sheetOf = new Map(waiting.map((sheet) => [sheet.unitId, sheet.id]));
  const running = await ctx.ports.runningSurveys([...sheetOf.keys()], round.year);
  return running.flatMap(({ unitId, name: surveyName, ownerId, openTo }) => {
    const sheetId = sheetOf.get(unitId);
    const nameOf = (id: string): string => unitNameOn(directory, id, round.asOf);
    return sheetId ? [{ sheetId, unitName: nameOf(unitId), surveyName, ownerName: nameOf(ownerId), openTo }] : [];
  });
}

/** Sheets that were sent and lack the result of a survey closed since they were measured. */
export async function surveysNew(
  ctx: IndexContext,
  { round, sheets, db }: OfSheets,
): Promise<readonly { readonly sheetId: string; readonly unitName: string }[]> {
  const directory = await ctx.ports.directory();
  const asked = sheets.flatMap((sheet) => {
    const leaves = sheet.state === 'scoring' ? [] : surveyLeaves(directory, round, sheet);
    return leaves.length > 0 ? [{ sheet, leaves }] : [];
  });
  if (asked.length === 0) return [];
  const scores = await scoresOf(
    db,
    asked.map(({ sheet }) => sheet.id),
  );
  const found: { sheetId: string; unitName: string }[] = [];
  for (const { sheet, leaves } of asked) {
    const metrics = leaves.map((criterion) => criterion.metric ?? '');
    const measures = await ctx.ports.measures(sheet.unitId, round.year, metrics);
    const rows = new Map((scores.get(sheet.id) ?? []).map((row) => [row.criterionId, row]));
    // Where nothing is shown any more the figure stays, as measuring again would leave it.
    const isNew = leaves.some((criterion) => {
      const measure = measures.get(criterion.metric ?? '');
      return measure !== undefined && remeasured(criterion, rows.get(criterion.id), measure) !== undefined;
    });
    if (isNew) found.push({ sheetId: sheet.id, unitName: unitNameOn(directory, sheet.unitId, round.asOf) });
  }
  return found;
}

/** Criteria of the sheet's level that surveys score. */
function surveyLeaves(directory: UnitDirectory, round: OfSheets['round'], sheet: Sheet) {
  if (round.set.importOnly === true) return [];
  const level = directory.unitOn(sheet.unitId, round.asOf)?.level;
  return leavesOf(round.set, level).flatMap(({ criterion }) => (isSurveyMetric(criterion.metric) ? [criterion] : []));
}
