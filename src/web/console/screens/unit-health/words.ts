import type { FindingRowType } from '../../../../modules/onestop/unit-health/contract.ts';
import type { TagTone } from '../../../shared/design/tag.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';

export const STATE_TONES: Record<FindingRowType['state'], TagTone> = {
  open: 'amber',
  explained: 'blue',
  returned: 'red',
  accepted: 'green',
  closed: 'grey',
};

/** `Tháng 10/2026`, `Quý 3/2026`, `Năm 2026` for the name of a period. */
export function showPeriod(period: string, t: Translate): string {
  const [year = '', part] = period.split('-');
  if (part === undefined) return t('health.year', { year });
  return part.startsWith('Q')
    ? t('health.quarter', { quarter: part.slice(1), year })
    : t('health.month', { month: part, year });
}
