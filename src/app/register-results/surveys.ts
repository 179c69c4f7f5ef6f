import type { Actor } from '../../core/access/actor.ts';
import { formatPercentVi } from '../../core/text/numbers.ts';
import { type RegisterResult, resultParts } from '../../modules/insight/registers/index.ts';
import type { SurveyService } from '../../modules/insight/surveys/index.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { words } from '../../platform/messages/words.ts';
import { hasAll, type ResultKind } from './kind.ts';

/** What units got in closed surveys the actor may read. */
export function createSurveyed(surveys: () => Pick<SurveyService, 'list' | 'results'>): ResultKind {
  async function unitsOf(actor: Actor, surveyId: string): Promise<RegisterResult[]> {
    const { name, units } = await surveys().results(actor, surveyId);
    return units.map(({ unitId, name: unit, result }) => {
      const asked = words('registers.result.survey', { name, unit });
      const label = result === null ? asked : `${asked}: ${formatPercentVi(result.percent)}`;
      return { code: `survey:${surveyId}:${unitId}`, label, unitId };
    });
  }
  return {
    async list(actor, units, asked) {
      const { rows } = await surveys().list(actor, { state: 'closed', sort: 'new' });
      const found = await Promise.all(rows.map(({ id }) => unitsOf(actor, id)));
      return found.flat().filter(({ unitId, label }) => units.has(unitId) && hasAll(label, asked));
    },
    async find(actor, codes) {
      const wanted = new Set(codes);
      const ids = new Set(codes.flatMap((code) => resultParts(code)?.[1] ?? []));
      const found = await Promise.all([...ids].map((id) => unitsOf(actor, id).catch(nothing)));
      return found.flat().filter(({ code }) => wanted.has(code));
    },
  };
}

/** A survey that is gone, not the actor's to read, or has no results. */
function nothing(error: unknown): RegisterResult[] {
  if (error instanceof AppError && (error.code === 'row/missing' || error.code === 'survey/state')) return [];
  throw error;
}
