import type { SubCriterion } from '../../../../core/scoring/index.ts';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { scoringText } from './rule-text.ts';
import type { TreeLine } from './set-tree.ts';

/**
 * How an item of a set is scored, and what is doubtful about it: its note, its source and whether that was compared.
 * @param metric name of what is counted for it, where something is
 * @param imported the set is published elsewhere, nothing of it is scored here
 */
export function ItemFacts({
  line,
  metric,
  imported,
}: {
  line: TreeLine;
  metric: string | undefined;
  imported: boolean;
}) {
  const t = useTranslate();
  const item = line.item as Partial<SubCriterion> & Pick<SubCriterion, 'max'>;
  const zero = item.zeroDenominator;
  return (
    <>
      {line.parent ? null : `${scoringText(item, imported, t)} `}
      {item.verified === false ? <Tag tone="amber">{t('indices.unverified')}</Tag> : null}
      {metric ? <span className="hint">{t('indices.metric-of', { name: metric })}</span> : null}
      {zero ? <span className="hint">{t(`indices.zero-gives.${zero}`)}</span> : null}
      {item.note ? <span className="hint">{item.note}</span> : null}
      {item.source ? <span className="hint">{t('indices.item-source', { source: item.source })}</span> : null}
    </>
  );
}
