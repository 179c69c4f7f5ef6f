import type { SurveyLineType } from '../../../../modules/insight/surveys/contract.ts';
import type { Questionnaire } from '../../../../modules/insight/surveys/rules/questionnaire.ts';
import type { TagTone } from '../../../shared/design/tag.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';

export const STATE_TONES: Readonly<Record<SurveyLineType['state'], TagTone>> = {
  draft: 'grey',
  drawn: 'amber',
  open: 'blue',
  closed: 'green',
};

/** Where a finding of the rules is: `questions[3].weight` is “Câu 4” and the control of its weight. */
export function placeOf(t: Translate, draft: Questionnaire, path: string): { place: string; id: string } {
  const [, list, index, field = ''] = /^(questions|factors)\[(\d+)\](?:\.(\w+))?/.exec(path) ?? [];
  const at = Number(index);
  if (list === 'questions')
    return {
      place: t('surveys.question-no', { no: at + 1 }),
      id: `question-${draft.questions[at]?.id}-${field || 'text'}`,
    };
  if (list === 'factors')
    return { place: t('surveys.factor-name', { no: at + 1 }), id: `factor-${draft.factors[at]?.id}` };
  return { place: '', id: HEAD_FIELDS[path] ?? 'form-questions' };
}
const HEAD_FIELDS: Readonly<Record<string, string>> = {
  name: 'form-name',
  source: 'form-source',
  scale: 'form-scale',
  satisfiedFrom: 'form-satisfied',
  validFrom: 'form-from',
  validTo: 'form-to',
};
