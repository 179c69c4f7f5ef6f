import { Link } from '@tanstack/react-router';
import type { MetricValueType, UnitValueType } from '../../../../modules/insight/metrics/contract.ts';
import { BarChart } from '../../../shared/design/bar-chart.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Fold } from '../../ui/fold.tsx';
import { fractionColumn, valueText } from './metric-text.ts';
import type { Options } from './place-filters.tsx';

/** The parts of the unit, which add up to it; each leads to its own figure, where the reader may open it. */
export function ByUnit({
  name,
  whole,
  units,
  known,
}: {
  name: string;
  whole: MetricValueType;
  units: readonly UnitValueType[];
  known: Options['units'];
}) {
  const t = useTranslate();
  const [filters] = useFilters();
  const isOwn = (row: UnitValueType): boolean => row.unitId === whole.unitId;
  const nameOf = (row: UnitValueType): string =>
    isOwn(row) ? t('metrics.own-unit', { name: row.unitName }) : row.unitName;
  const opened = (row: UnitValueType) => ({
    ...filters,
    'don-vi': row.unitId,
    'pham-vi': isOwn(row) ? 'own' : undefined,
  });
  // Offices decide nothing themselves: what has no figure only lengthens the chart, the table has it.
  const drawn = units.filter((row) => (row.rounded ?? 0) !== 0);
  const label = t('metrics.bars', { name });
  return (
    <Fold id="units" title={t('metrics.by-unit')} panel>
      <p className="hint">
        {t('metrics.days', { from: showDay(whole.period.from), to: showDay(whole.period.to) })}.{' '}
        {t('metrics.computed', { when: showShortInstant(units[0]?.computedAt ?? whole.computedAt) })}
      </p>
      {drawn.length > 1 ? (
        <ChartFrame
          name="theo-don-vi"
          label={label}
          chart={
            <BarChart
              label={label}
              max={Math.max(...drawn.map((row) => row.rounded ?? 0))}
              bars={drawn.map((row) => ({
                id: row.unitId,
                label: nameOf(row),
                value: row.rounded,
                text: valueText(row, t),
              }))}
            />
          }
        />
      ) : null}
      <p className="no-print">
        <CsvButton
          name="theo-don-vi"
          rows={units}
          columns={[
            { label: t('metrics.unit'), value: nameOf },
            { label: t('metrics.value'), value: (row) => row.rounded },
            { label: t('metrics.numerator'), value: (row) => row.numerator },
            { label: t('metrics.denominator'), value: (row) => row.denominator },
          ]}
        />
      </p>
      <Table
        caption={t('metrics.by-unit')}
        hideCaption
        rows={units}
        rowKey={(row) => row.unitId}
        columns={[
          {
            id: 'unit',
            label: t('metrics.unit'),
            rowHead: true,
            cell: (row) =>
              known.some((one) => one.id === row.unitId) ? (
                <Link to="." search={opened(row) as never}>
                  {nameOf(row)}
                </Link>
              ) : (
                nameOf(row)
              ),
          },
          { id: 'value', label: t('metrics.value'), numeric: true, cell: (row) => valueText(row, t) },
          ...fractionColumn(units, t),
        ]}
      />
    </Fold>
  );
}
