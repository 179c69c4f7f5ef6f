import { formatPercentVi } from '../../core/text/numbers.ts';
import type { SurveyFigure } from '../../modules/onestop/portal/rules/survey-views.ts';
import type { Translate } from '../shared/i18n/translator.ts';

/** The figure, or why there is none. */
export function figureText(t: Translate, figure: SurveyFigure): string {
  if (figure.percent !== null) return formatPercentVi(figure.percent);
  return t(figure.hidden ? 'portal.survey.results.few' : 'portal.survey.results.no-answer');
}

/** `86,40 % – 94,12 %`; a dash where there is no figure. */
export const intervalText = (t: Translate, { low, high }: SurveyFigure): string =>
  low === null || high === null
    ? '–'
    : t('portal.survey.results.interval-text', { low: formatPercentVi(low), high: formatPercentVi(high) });
