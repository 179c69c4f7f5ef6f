import { leavesOf } from '../../../core/scoring/index.ts';
import { dayOf, toIso } from '../../../core/time/index.ts';
import { unitNameOn } from '../../foundation/organisation/index.ts';
import type { IndexContext } from './context.ts';
import type * as contract from './contract.ts';
import { unready } from './ready.ts';
import { freezableFrom, hasMeasured } from './rules/period.ts';
import type { Figure } from './rules/remeasure.ts';
import { listFigureChanges } from './score-store.ts';
import type * as store from './store.ts';
import { surveysNew, surveysOpen } from './survey-ready.ts';

const CHANGES = 1000;

/** What measuring again has changed of the sheets somebody sees, and what is to be done before freezing. */
export async function figuresOf(
  ctx: IndexContext,
  round: store.Round,
  sheets: readonly store.Sheet[],
  runs: boolean,
): Promise<contract.RoundFiguresType> {
  const directory = await ctx.ports.directory();
  const ids = sheets.map((sheet) => sheet.id);
  const units = new Map(sheets.map((sheet) => [sheet.id, unitNameOn(directory, sheet.unitId, round.asOf)]));
  const criteria = new Map(leavesOf(round.set).map(({ criterion }) => [criterion.id, criterion.name]));
  const open = round.state === 'open';
  const of = { round, sheets: open ? sheets : [], db: ctx.db };
  const [{ rows, total }, { old, toConfirm }, running, since] = await Promise.all([
    listFigureChanges(ctx.db, round.id, ids, CHANGES),
    open ? unready(directory, round, sheets, ctx.db) : { old: [], toConfirm: [] },
    surveysOpen(ctx, of),
    surveysNew(ctx, of),
  ]);
  const over = freezableFrom(round.set, round.year, dayOf(ctx.clock.now())) === null;
  const sent = sheets.some((sheet) => sheet.state !== 'scoring');
  return {
    mayMeasure: runs && open && over && sent && hasMeasured(round.set, undefined),
    old: old.map(({ sheet, unitName }) => ({
      sheetId: sheet.id,
      unitName,
      at: sheet.measuredAt && toIso(sheet.measuredAt),
    })),
    surveysOpen: [...running],
    surveysNew: [...since],
    toConfirm: toConfirm.map(({ sheet, ...each }) => ({ sheetId: sheet.id, ...each })),
    changes: rows.flatMap(({ id, at, sheetId, criterionId, figures }) =>
      figures === null || sheetId === null
        ? []
        : [
            {
              id,
              at: toIso(at),
              sheetId,
              unitName: units.get(sheetId) ?? '',
              criterion: criteria.get(criterionId ?? '') ?? '',
              was: viewOf(figures.was),
              is: figures.is && viewOf(figures.is),
              appraisedWas: figures.appraisedWas,
              appraisedIs: figures.appraisedIs,
              confirm: figures.confirm,
            },
          ],
    ),
    total,
  };
}

const viewOf = ({
  numerator,
  denominator,
  points,
}: Figure): { [K in 'numerator' | 'denominator' | 'points']: Figure[K] } => ({
  numerator,
  denominator,
  points,
});
