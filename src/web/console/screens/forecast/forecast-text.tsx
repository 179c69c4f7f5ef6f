import { formatNumberVi } from '../../../../core/text/numbers.ts';
import type { DossierForecastType } from '../../../../modules/onestop/forecast/contract.ts';
import { Tag, type TagTone } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';

const TONES: Record<DossierForecastType['level'], TagTone> = { likely: 'red', possible: 'amber', none: 'green' };

/** How likely lateness is; the word says it. */
export function LevelTag({ level }: { level: DossierForecastType['level'] }) {
  const t = useTranslate();
  return <Tag tone={TONES[level]}>{t(`forecast.level.${level}`)}</Tag>;
}

/** `còn 3 ngày làm việc; 4 bước còn lại thường mất 4,2 ngày …` */
export function reasonText(forecast: DossierForecastType, t: Translate): string {
  return t('forecast.reason', {
    left: daysText(forecast.remainingDays, t),
    steps: forecast.stepsLeft,
    usual: daysText(forecast.usualDays, t),
    slow: daysText(forecast.slowDays, t),
  });
}

/** `4,2 ngày`; what rounds to nothing is `dưới 1 ngày`. */
function daysText(value: number, t: Translate): string {
  const text = days(value);
  return text === '0' || text === '-0' ? t('forecast.under-a-day') : t('forecast.days', { days: text });
}

/** Whose history the forecast was learned from. */
export function basisText(forecast: DossierForecastType, t: Translate): string {
  return t(`forecast.basis.${forecast.basis}`, { sample: forecast.sample });
}

/** One decimal the Vietnamese way: `4,2`. */
export function days(value: number): string {
  const [whole = '0', part] = value.toFixed(1).split('.');
  return part === '0' ? formatNumberVi(Number(whole)) : `${formatNumberVi(Number(whole))},${part}`;
}
