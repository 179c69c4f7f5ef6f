import type { UnitDirectory } from '../../modules/foundation/organisation/index.ts';
import type { IndexService } from '../../modules/insight/indices/index.ts';
import type { MetricsService } from '../../modules/insight/metrics/index.ts';
import { type ResultSource, resultParts } from '../../modules/insight/registers/index.ts';
import type { SurveyService } from '../../modules/insight/surveys/index.ts';
import type { Pool } from '../../platform/db/open.ts';
import { createFigures } from './figures.ts';
import { askedWords, type ResultKind } from './kind.ts';
import { createPlaces } from './places.ts';
import { createSurveyed } from './surveys.ts';
import { createTargets } from './targets.ts';

/** Fits indices, targets, surveys and frozen figures to what lines of registers refer to. */
export function createResultSource({
  db,
  directory,
  metrics,
  indices,
  surveys,
}: {
  /** Read pool. */
  readonly db: Pool;
  directory(): Promise<UnitDirectory>;
  readonly metrics: Pick<MetricsService, 'definitions'>;
  /** Made after registers. */
  indices(): Pick<IndexService, 'league' | 'rounds' | 'round'>;
  surveys(): Pick<SurveyService, 'list' | 'results'>;
}): ResultSource {
  const kinds = {
    index: createPlaces(indices),
    target: createTargets(db, directory),
    survey: createSurveyed(surveys),
    metric: createFigures(db, directory, metrics),
  } as const satisfies Record<string, ResultKind>;
  return {
    async choices(actor, unitIds, q, limit) {
      const all = Object.values(kinds);
      // None of the kinds crowds out the others.
      const each = Math.floor(limit / all.length);
      const units = new Set(unitIds);
      const asked = askedWords(q);
      const found = await Promise.all(all.map((kind) => kind.list(actor, units, asked)));
      return found.flatMap((some) => some.slice(0, each));
    },
    async find(actor, codes) {
      const byKind = Map.groupBy(codes, (code) => resultParts(code)?.[0]);
      const found = await Promise.all(
        [...byKind].map(([kind, some]) => (kind === undefined ? [] : kinds[kind].find(actor, some))),
      );
      return new Map(found.flat().map((result) => [result.code, result]));
    },
  };
}
