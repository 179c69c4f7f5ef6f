import { sql } from 'kysely';
import { FAMILIES } from '../core/scoring/index.ts';
import type { IndexService } from '../modules/insight/indices/index.ts';
import type { RegisterFigure } from '../modules/insight/registers/index.ts';
import type { SurveyService } from '../modules/insight/surveys/index.ts';
import type { Reading, TargetPorts } from '../modules/insight/targets/index.ts';
import type { Pool } from '../platform/db/open.ts';

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
export function createValueOf(db: Pool, sources: TargetSources): TargetPorts['valueOf'] {
  return async (source, unitId, period) => {
    if ('register' in source) {
      const figure = await sources.registerValue(source, unitId, period);
      return figure && (figure.value !== null || figure.numerator !== null)
        ? { numerator: figure.numerator, denominator: figure.denominator, value: figure.value }
        : undefined;
    }
    if ('survey' in source) return satisfaction(db, sources, unitId, period, groupsOf(source.factor));
    const family = FAMILIES.find((each) => each === source.index);
    if (!family) return undefined;
    const { tables } = await sources.indexLeague({ year: Number(period.to.slice(0, 4)), family });
    // What was scored here counts before what was read elsewhere.
    const rows = [...tables].sort((a, b) => Number(a.imported) - Number(b.imported)).flatMap((table) => table.rows);
    const row = rows.find((one) => one.unitId === unitId && (one.band !== null || one.total !== null));
    return row && { band: row.band, value: row.total };
  };
}

/** `field:land,construction` → the groups of fields it pools; no factor: all fields together. */
const groupsOf = (factor: string | undefined): readonly (string | undefined)[] =>
  factor?.startsWith('field:') ? factor.slice(6).split(',') : [undefined];

/** The index of the last survey closed whose dossiers lie in the period; several groups pooled by their answers. */
async function satisfaction(
  db: Pool,
  sources: TargetSources,
  unitId: string,
  period: Span,
  groups: readonly (string | undefined)[],
): Promise<Reading | undefined> {
  const { rows } = await sql<{ id: string }>`select id from surveys.survey where state = 'closed'
      and finished_from >= ${period.from}::date and finished_to <= ${period.to}::date
    order by finished_to desc, closed_on desc limit 20`.execute(db);
  for (const { id: surveyId } of rows) {
    const found = await Promise.all(
      groups.map((groupId) => sources.surveyIndex({ surveyId, unitId, ...(groupId === undefined ? {} : { groupId }) })),
    );
    const shown = found.flatMap((one) => one ?? []);
    const volume = shown.reduce((sum, one) => sum + one.n, 0);
    if (volume === 0) continue;
    return { value: shown.reduce((sum, one) => sum + one.percent * one.n, 0) / volume, volume };
  }
  return undefined;
}
