import type { MetricValueType } from '../../../../modules/insight/metrics/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { writePeriod } from '../../data/period.ts';
import { ColumnChart } from '../../ui/column-chart.tsx';
import { fractionText, valueText } from './metric-text.ts';

/** `2026-10` → `10/2026`, `2026-Q3` → `Q3/2026`: as much as fits under a column. */
const shortPeriod = (id: string): string => id.split('-').toReversed().join('/');

/** Columns of a row of periods, the asked one filled darkest; the table beside it says the same in words. */
export function Trend({ values }: { values: readonly MetricValueType[] }) {
  const t = useTranslate();
  return (
    <section className="panel" aria-labelledby="trend-title">
      <h2 id="trend-title">{t('metrics.trend')}</h2>
      <ColumnChart
        columns={values.map(({ period: { id }, value }, n) => ({
          id,
          label: id.length > 7 ? String(n + 1) : shortPeriod(id),
          value,
        }))}
        width={44}
        fontSize={10}
      />
      <Table
        caption={t('metrics.trend-caption')}
        hideCaption
        rows={values.toReversed()}
        rowKey={(row) => row.period.id}
        columns={[
          { id: 'period', label: t('metrics.period'), rowHead: true, cell: (row) => writePeriod(row.period.id, t) },
          { id: 'value', label: t('metrics.value'), cell: (row) => valueText(row, t) },
          { id: 'of', label: t('metrics.definition'), cell: (row) => fractionText(row, t) },
        ]}
      />
    </section>
  );
}
