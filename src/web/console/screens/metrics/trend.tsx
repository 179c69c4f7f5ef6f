import type { MetricValueType } from '../../../../modules/insight/metrics/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { writePeriod } from '../../data/period.ts';
import { fractionText, valueText } from './metric-text.ts';

const WIDTH = 44;
const HEIGHT = 90;

/** `2026-10` → `10/2026`, `2026-Q3` → `Q3/2026`: as much as fits under a column. */
const shortPeriod = (id: string): string => id.split('-').toReversed().join('/');

/** Columns of a row of periods, the asked one filled darkest; the table beside it says the same in words. */
export function Trend({ values }: { values: readonly MetricValueType[] }) {
  const t = useTranslate();
  const highest = Math.max(1e-9, ...values.map((one) => one.value ?? 0));
  return (
    <section className="panel" aria-labelledby="trend-title">
      <h2 id="trend-title">{t('metrics.trend')}</h2>
      <div className="table-wrap">
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${values.length * WIDTH} ${HEIGHT + 18}`}
          width={values.length * WIDTH}
          height={HEIGHT + 18}
        >
          {values.map((one, n) => {
            const height = one.value === null ? 0 : Math.max(1, (one.value / highest) * HEIGHT);
            return (
              <g key={one.period.id}>
                <rect
                  x={n * WIDTH + 4}
                  y={HEIGHT - height}
                  width={WIDTH - 8}
                  height={height}
                  fill="currentColor"
                  fillOpacity={n === values.length - 1 ? 0.85 : 0.4}
                />
                <text x={n * WIDTH + WIDTH / 2} y={HEIGHT + 14} textAnchor="middle" fontSize="10" fill="currentColor">
                  {one.period.id.length > 7 ? n + 1 : shortPeriod(one.period.id)}
                </text>
              </g>
            );
          })}
        </svg>
      </div>
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
