import type { SurveyLineType } from '../../../../modules/insight/surveys/contract.ts';
import type { TagTone } from '../../../shared/design/tag.tsx';

export const STATE_TONES: Readonly<Record<SurveyLineType['state'], TagTone>> = {
  draft: 'grey',
  drawn: 'amber',
  open: 'blue',
  closed: 'green',
};

/** `81,40 %`; two decimals always, so that columns line up; never broken before the sign. */
export const percentText = (percent: number): string => `${percent.toFixed(2).replace('.', ',')}\u00A0%`;
