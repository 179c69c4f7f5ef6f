import { useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { getMetric } from '../../../../modules/insight/metrics/contract.ts';
import type { getOverview } from '../../../../modules/insight/overview/contract.ts';
import { BarChart } from '../../../shared/design/bar-chart.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useCall } from '../../data/use-call.ts';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { valueText } from '../metrics/metric-text.ts';
import { TrendChart, TrendTable } from '../metrics/trend.tsx';

type Page = ReplyOf<typeof getOverview>;
/** What a leader, and a head of an office, is judged by stands in the chart before anybody chooses. */
const FIRST = ['late-of-due', 'steps-on-time-rate'];

/** One figure of the page, chosen by the reader: over the periods, and of the units below side by side. */
export function Charts({ page }: { page: Page }) {
  const t = useTranslate();
  const [chosen, choose] = useState<string>();
  const figure =
    page.figures.find((one) => one.metricId === chosen) ??
    page.figures.find((one) => FIRST.includes(one.metricId)) ??
    page.figures[0];
  if (figure === undefined) return null;
  return (
    <section className="panel" aria-labelledby="charts-title">
      <h2 id="charts-title">{t('overview.trend')}</h2>
      <div className="filters no-print">
        <Select
          id="overview-figure"
          label={t('overview.figure')}
          value={figure.metricId}
          onChange={choose}
          options={page.figures.map((one) => ({ value: one.metricId, label: one.name }))}
        />
      </div>
      <h3>{figure.name}</h3>
      <Trend metricId={figure.metricId} name={figure.name} page={page} />
      <UnitBars metricId={figure.metricId} name={figure.name} page={page} />
    </section>
  );
}

function Trend({ metricId, name, page }: { metricId: string; name: string; page: Page }) {
  const t = useTranslate();
  const query = useCall(
    getMetric,
    { query: { metricId, unitId: page.unit.id, roll: 'tree', period: page.period.id } },
    { keep: true },
  );
  return (
    <Loaded query={query}>
      {({ trend }) => (
        <>
          <TrendChart name={name} values={trend} />
          <details className="no-print">
            <summary>{t('overview.trend-table')}</summary>
            <TrendTable values={trend} />
          </details>
        </>
      )}
    </Loaded>
  );
}

/** The units directly below, as the table under it has them, the highest first. */
function UnitBars({ metricId, name, page }: { metricId: string; name: string; page: Page }) {
  const t = useTranslate();
  const rows = page.below.flatMap((row) => {
    const value = row.values.find((one) => one.metricId === metricId);
    return value ? [{ ...value, unitId: row.unitId, unitName: row.unitName }] : [];
  });
  if (rows.length < 2) return null;
  const sorted = rows.toSorted((a, b) => (b.rounded ?? -1) - (a.rounded ?? -1));
  const label = t('overview.bars', { name });
  const highest = Math.max(...rows.map((row) => row.rounded ?? 0));
  return (
    <>
      <h3>{label}</h3>
      <ChartFrame
        name={`theo-don-vi-${page.period.id}`}
        label={label}
        chart={
          <BarChart
            label={label}
            max={highest}
            bars={sorted.map((row) => ({
              id: row.unitId,
              label: row.unitName,
              value: row.rounded,
              text: valueText(row, t),
            }))}
          />
        }
      />
    </>
  );
}
