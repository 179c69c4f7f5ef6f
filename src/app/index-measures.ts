import { type IndexPorts, SURVEY_METRIC } from '../modules/insight/indices/index.ts';
import type { Register } from '../modules/insight/registers/index.ts';
import { fieldGroups, type SurveyIndex, type SurveyService } from '../modules/insight/surveys/index.ts';
import { words } from '../platform/messages/words.ts';
import type { RatedShare } from './index-ratings.ts';
import type { TargetSources } from './target-sources.ts';

type Measure = NonNullable<ReturnType<Awaited<ReturnType<IndexPorts['measures']>>['get']>>;

/**
 * What a criterion may be scored by besides the metrics of dossiers and steps: a measure of a register
 * (`register:de-an-06/cards`), the index of a closed survey (`survey`, of a group of fields `survey:land`), the share of
 * satisfied ratings given after handing over (`ratings`), and of dossiers handed over that were rated (`ratings:given`).
 */
const REGISTER = 'register:';
const RATINGS = 'ratings';
const RATED = 'ratings:given';

/** The doors that know them. */
export type OutsideSources = Pick<TargetSources, 'registerValue' | 'surveyIndex'> & {
  readonly ratingShare: SurveyService['ratingShare'];
  readonly ratedShare: RatedShare;
  readonly runningSurveys: SurveyService['runningIndices'];
};

/** Those a set may name: measures with a denominator, because rules work on ratios. */
export function outsideMeasures(known: readonly Register[]): Awaited<ReturnType<IndexPorts['metrics']>> {
  const registers = known.flatMap((register) =>
    register.measures
      .filter((measure) => measure.denominator !== undefined)
      .map((measure) => ({
        id: `${REGISTER}${register.id}/${measure.id}`,
        name: inWords(measure.name, register.name),
      })),
  );
  const groups = fieldGroups().map(({ id, name }) => ({
    id: `${SURVEY_METRIC}:${id}`,
    name: words('server.indices.survey-group', { group: name }),
  }));
  const own = [
    { id: SURVEY_METRIC, name: words('server.indices.survey') },
    { id: RATINGS, name: words('server.indices.ratings') },
    { id: RATED, name: words('server.indices.rated') },
  ];
  return [...registers, ...own, ...groups];
}

const inWords = (name: string, register: string): string =>
  words('server.indices.register-measure', { name, register });

/** The survey a figure comes from, and for how many authorities it speaks where it is of several. */
export const surveyName = ({ closedSurveyName: name, pooled: count }: SurveyIndex): string =>
  count === 0 ? name : words('server.indices.survey-pooled', { name, count });

/** A measure of a unit for a year; undefined where nobody has entered or answered anything, or the id is none of these. */
export async function outsideMeasure(
  sources: Omit<OutsideSources, 'runningSurveys'>,
  id: string,
  unitId: string,
  year: number,
): Promise<Measure | undefined> {
  const span = { from: `${year}-01-01`, to: `${year}-12-31` };
  if (id.startsWith(REGISTER)) {
    const [register = '', measure = ''] = id.slice(REGISTER.length).split('/');
    const figure = await sources.registerValue({ register, measure }, unitId, span);
    if (!figure || figure.numerator === null || figure.denominator === null) return undefined;
    const { numerator, denominator, definedFrom, measureName, registerName } = figure;
    return { numerator, denominator, definitionId: `${id}@${definedFrom}`, name: inWords(measureName, registerName) };
  }
  if (id === RATINGS) {
    const share = await sources.ratingShare({ unitId, ...span });
    const name = words('server.indices.ratings');
    return share ? { numerator: share.satisfied, denominator: share.rated, definitionId: id, name } : undefined;
  }
  if (id === RATED) {
    const share = await sources.ratedShare({ unitId, ...span });
    const name = words('server.indices.rated');
    return { numerator: share.rated, denominator: share.returned, definitionId: id, name };
  }
  const [head, groupId] = id.split(':');
  if (head !== SURVEY_METRIC) return undefined;
  const index = await sources.surveyIndex({ unitId, endedIn: span, ...(groupId ? { groupIds: [groupId] } : {}) });
  // Answers are weighted: the index itself is what is measured, out of a hundred, not the answers counted.
  if (!index) return undefined;
  const numerator = Math.round(index.percent * 10_000) / 10_000;
  return { numerator, denominator: 100, definitionId: `${id}@${index.closedSurveyId}`, name: surveyName(index) };
}
