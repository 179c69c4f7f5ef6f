import type { Translate } from '../../../shared/i18n/translator.ts';

/** Working minutes as people say them: `2 giờ 15 phút`, `40 phút`. */
export function showMinutes(minutes: number, t: Translate): string {
  if (minutes < 60) return t('lateness.duration-minutes', { minutes });
  return t('lateness.duration', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
