import { FAMILIES } from '../core/scoring/index.ts';
import type { IndexService } from '../modules/insight/indices/index.ts';
import type { RegisterFigure } from '../modules/insight/registers/index.ts';
import type { SurveyService } from '../modules/insight/surveys/index.ts';
import type { TargetPorts } from '../modules/insight/targets/index.ts';

type Span = { readonly from: string; readonly to: string };

/** The doors that know results besides metrics. */
export type TargetSources = {
  registerValue(
    of: { readonly register: string; readonly measure: string },
    unitId: string,
    span: Span,
  ): Promise<RegisterFigure | null>;
  surveyIndex: SurveyService['indexOf'];
  indexLeague: IndexService['league'];
};

/** Asks registers, surveys and indices for the result of a unit in a period; undefined where they know none. */
export function createValueOf(sources: TargetSources): TargetPorts['valueOf'] {
  return async (source, unitId, period, unit) => {
    if ('register' in source) {
      const figure = await sources.registerValue(source, unitId, period);
      return figure && (figure.value !== null || figure.numerator !== null)
        ? { numerator: figure.numerator, denominator: figure.denominator, value: figure.value, asOf: figure.upTo }
        : undefined;
    }
    if ('survey' in source) {
      const within = { from: period.from, to: period.to };
      const index = await sources.surveyIndex({ unitId, within, ...groupsOf(source.factor) });
      return index ? { value: index.percent, volume: index.n, surveyId: index.closedSurveyId } : undefined;
    }
    const family = FAMILIES.find((each) => each === source.index);
    if (!family) return undefined;
    const { tables } = await sources.indexLeague({ year: Number(period.to.slice(0, 4)), family });
    // What was scored here counts before what was read elsewhere.
    const rows = [...tables].sort((a, b) => Number(a.imported) - Number(b.imported)).flatMap((table) => table.rows);
    const row = rows.find((one) => one.unitId === unitId && (one.band !== null || one.total !== null));
    return (
      row && {
        band: row.band,
        ...(unit === 'percent' ? { value: row.percent } : { value: row.total, outOf: row.max }),
      }
    );
  };
}

/** `field:land,construction` → the groups of fields it pools; no factor: all fields together. */
const groupsOf = (factor: string | undefined): { readonly groupIds?: readonly string[] } =>
  factor?.startsWith('field:') ? { groupIds: factor.slice(6).split(',') } : {};
