import { formatPercentVi } from '../../../../core/text/numbers.ts';
import type { CriterionViewType } from '../../../../modules/insight/indices/contract.ts';
import type { Translate } from '../../../shared/i18n/translator.ts';

const share = (ratio: number): string => formatPercentVi(Math.round(ratio * 10_000) / 100, 0);
const plain = (value: number): string => value.toLocaleString('vi-VN', { maximumFractionDigits: 4 });

/**
 * How points of a criterion come about, in a sentence: nobody scores what gives none (its note says so, or this does), nor
 * what was published elsewhere.
 */
export function scoringText(
  {
    max,
    rule,
    note,
  }: {
    readonly max: number;
    readonly rule?: CriterionViewType['rule'] | undefined;
    readonly note?: string | null | undefined;
  },
  imported: boolean,
  t: Translate,
): string {
  if (max === 0) return note ? '' : t('indices.rules.told');
  return imported ? t('indices.rules.imported') : ruleText(rule ?? null, t);
}

/** How a criterion is scored, in a sentence. */
export function ruleText(rule: CriterionViewType['rule'], t: Translate): string {
  switch (rule?.kind) {
    case 'linear':
      return t(rule.from === undefined ? 'indices.rules.linear' : 'indices.rules.linear-from', {
        full: share(rule.full ?? 1),
        from: share(rule.from ?? 0),
      });
    case 'threshold':
      return t('indices.rules.threshold', { at: share(rule.at) });
    case 'checklist':
      return t('indices.rules.checklist');
    case 'bands': {
      const steps = rule.steps.map((step) => `${share(step.min)}: ${plain(step.points)}`).join('; ');
      return t('indices.rules.bands', { steps });
    }
    case 'formula':
      return t('indices.rules.formula', { expression: rule.expression });
    default:
      return t('indices.rules.manual');
  }
}
