import { type Day, formatDay } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { Questionnaire } from './rules/questionnaire.ts';

type Days = { readonly finishedFrom: Day; readonly finishedTo: Day; readonly openFrom: Day; readonly openTo: Day };

/** @throws survey/last-day-past: nobody could answer any more */
export function checkLastDay(openTo: Day, today: Day): void {
  if (openTo < today) throw new AppError('survey/last-day-past', { params: { day: formatDay(openTo) } });
}

/** @throws survey/period, survey/last-day-past, survey/form-not-in-force */
export function checkDays(days: Days, form: Pick<Questionnaire, 'validFrom' | 'validTo'>, today: Day): void {
  const { finishedFrom, finishedTo, openFrom, openTo } = days;
  if (finishedTo < finishedFrom || openTo < openFrom || openFrom < finishedTo) throw new AppError('survey/period');
  checkLastDay(openTo, today);
  if (form.validFrom > openTo || (form.validTo !== undefined && form.validTo < openFrom))
    throw new AppError('survey/form-not-in-force');
}
