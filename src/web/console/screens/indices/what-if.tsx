import { type WhatIf, whatIf } from '../../../../core/scoring/index.ts';
import type { SheetPageType } from '../../../../modules/insight/indices/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { count, points } from './words.ts';

type Line = WhatIf & { readonly key: string; readonly name: string; readonly now: number | null };

/** How many more good items for one more point, the next step, the maximum: worked out here by the rules of the set. */
export function WhatIfTable({ page }: { page: SheetPageType }) {
  const t = useTranslate();
  const lines = page.criteria.flatMap((each): Line[] => {
    const { numerator, denominator, rule, zeroDenominator, max } = each;
    if (numerator === null || denominator === null || rule === null) return [];
    const criterion = { max, rule, ...(zeroDenominator ? { zeroDenominator } : {}) };
    return whatIf(criterion, { numerator, denominator }).map((line) => ({
      ...line,
      key: `${each.id} ${line.goal}`,
      name: each.name,
      now: each.selfPoints,
    }));
  });
  const number = (value: number | null): string => (value === null ? t('indices.unreachable') : count(value));
  return (
    <section className="panel" aria-labelledby="what-if-title">
      <h2 id="what-if-title">{t('indices.what-if')}</h2>
      <p className="hint">{t('indices.what-if-text')}</p>
      {lines.length === 0 ? (
        <p>{t('indices.what-if-none')}</p>
      ) : (
        <Table
          caption={t('indices.what-if')}
          hideCaption
          rows={lines}
          rowKey={(row) => row.key}
          columns={[
            { id: 'name', label: t('indices.criterion'), rowHead: true, cell: (row) => row.name },
            { id: 'now', label: t('indices.points-now'), numeric: true, cell: (row) => points(row.now, t) },
            {
              id: 'goal',
              label: t('indices.goal'),
              cell: (row) => t(`indices.goals.${row.goal}`, { points: points(row.points, t) }),
            },
            { id: 'turned', label: t('indices.turned'), numeric: true, cell: (row) => number(row.turned) },
            { id: 'added', label: t('indices.added'), numeric: true, cell: (row) => number(row.added) },
          ]}
        />
      )}
    </section>
  );
}
