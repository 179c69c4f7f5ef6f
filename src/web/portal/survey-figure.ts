import type { SurveyFigure } from '../../modules/onestop/portal/rules/survey-views.ts';
import type { Translate } from '../shared/i18n/translator.ts';

/** `91,00 %`. */
export const share = (percent: number): string => `${percent.toFixed(2).replace('.', ',')}\u00A0%`;

/** The figure, or why there is none. */
export function figureText(t: Translate, figure: SurveyFigure): string {
  if (figure.percent !== null) return share(figure.percent);
  return t(figure.hidden ? 'portal.survey.results.few' : 'portal.survey.results.no-answer');
}

/** `86,40 % – 94,12 %`; a dash where there is no figure. */
export const intervalText = (t: Translate, { low, high }: SurveyFigure): string =>
  low === null || high === null
    ? '–'
    : t('portal.survey.results.interval-text', { low: share(low), high: share(high) });
