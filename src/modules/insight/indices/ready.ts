import { leavesOf } from '../../../core/scoring/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';
import { figuresOld } from './rules/period.ts';
import { scoresOf } from './score-store.ts';
import type { Round, Sheet } from './store.ts';

type Named = { readonly sheet: Sheet; readonly unitName: string };
type ToConfirm = Named & { readonly criterionId: string; readonly criterion: string };

/** What stands between these sheets and freezing: figures of before the year's end, points that wait to be confirmed. */
export async function unready(
  directory: UnitDirectory,
  round: Pick<Round, 'set' | 'year' | 'asOf'>,
  sheets: readonly Sheet[],
  db: Db,
): Promise<{ readonly old: readonly Named[]; readonly toConfirm: readonly ToConfirm[] }> {
  const scores = await scoresOf(
    db,
    sheets.map((sheet) => sheet.id),
  );
  const names = new Map(leavesOf(round.set).map(({ criterion }) => [criterion.id, criterion.name]));
  const old: Named[] = [];
  const toConfirm: ToConfirm[] = [];
  for (const sheet of sheets) {
    const named = { sheet, unitName: unitNameOn(directory, sheet.unitId, round.asOf) };
    if (figuresOld(round.set, round.year, sheet, directory.unitOn(sheet.unitId, round.asOf)?.level)) old.push(named);
    for (const { criterionId, confirmSince } of scores.get(sheet.id) ?? [])
      if (confirmSince !== null)
        toConfirm.push({ ...named, criterionId, criterion: names.get(criterionId) ?? criterionId });
  }
  return { old, toConfirm };
}
