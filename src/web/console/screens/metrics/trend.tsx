import type { MetricValueType } from '../../../../modules/insight/metrics/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { writePeriod } from '../../data/period.ts';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { ColumnChart } from '../../ui/column-chart.tsx';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Fold } from '../../ui/fold.tsx';
import { columnText, fractionColumn, valueText } from './metric-text.ts';

/** `2026-10` → `10/2026`, `2026-Q3` → `Q3/2026`: as much as fits under a column. */
const shortPeriod = (id: string): string => id.split('-').toReversed().join('/');

/** `Tỷ lệ hồ sơ trực tuyến của xã … qua các kỳ (%)`. */
const titleOf = (name: string, { unitName, unit }: MetricValueType, t: Translate): string =>
  t('metrics.chart', {
    name,
    unit: unitName,
    measure: unit === 'percent' || unit === 'working-minutes' ? ` (${t(`metrics.chart-measure.${unit}`)})` : '',
  });

/** A figure over a row of periods, the asked one last, as columns that can be saved. */
export function TrendChart({ name, values }: { name: string; values: readonly MetricValueType[] }) {
  const t = useTranslate();
  const last = values.at(-1);
  if (last === undefined) return null;
  if (values.every((one) => one.rounded === null)) return <p>{t('metrics.no-data')}</p>;
  const label = titleOf(name, last, t);
  return (
    <ChartFrame
      name={`dien-bien-${last.period.id}`}
      label={label}
      chart={
        <ColumnChart
          label={label}
          columns={values.map((one, n) => ({
            id: one.period.id,
            label: one.period.id.length > 7 ? String(n + 1) : shortPeriod(one.period.id),
            value: one.rounded,
            text: columnText(one),
          }))}
        />
      }
    >
      <CsvButton
        name={`dien-bien-${last.period.id}`}
        rows={values}
        columns={[
          { label: t('metrics.period'), value: (row) => writePeriod(row.period.id, t) },
          { label: t('metrics.value'), value: (row) => row.rounded },
          { label: t('metrics.numerator'), value: (row) => row.numerator },
          { label: t('metrics.denominator'), value: (row) => row.denominator },
        ]}
      />
    </ChartFrame>
  );
}

/** The same figures as a table, the newest first. */
export function TrendTable({ values }: { values: readonly MetricValueType[] }) {
  const t = useTranslate();
  return (
    <Table
      caption={t('metrics.trend-caption')}
      hideCaption
      rows={values.toReversed()}
      rowKey={(row) => row.period.id}
      columns={[
        {
          id: 'period',
          label: t('metrics.period'),
          rowHead: true,
          cell: (row) => (
            <>
              {writePeriod(row.period.id, t)}
              {row.warnings.includes('units-changed') ? (
                <span className="hint">{t('metrics.units-changed')}</span>
              ) : null}
            </>
          ),
        },
        { id: 'value', label: t('metrics.value'), numeric: true, cell: (row) => valueText(row, t) },
        ...fractionColumn(values, t),
      ]}
    />
  );
}

/** How the figure moved, drawn and in words. */
export function Trend({ name, values }: { name: string; values: readonly MetricValueType[] }) {
  const t = useTranslate();
  return (
    <Fold id="trend" title={t('metrics.trend')} panel>
      <TrendChart name={name} values={values} />
      <TrendTable values={values} />
    </Fold>
  );
}
