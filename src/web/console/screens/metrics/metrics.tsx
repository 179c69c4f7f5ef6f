import { useState } from 'react';
import {
  type AskedQueryType,
  getMetric,
  getMetricOptions,
  type MetricValueType,
} from '../../../../modules/insight/metrics/contract.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useToday } from '../../data/demo.ts';
import { useFilters } from '../../data/filters.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { readPeriod, writePeriod } from '../../data/period.ts';
import { given, useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { MetricRows } from './metric-rows.tsx';
import { fractionText, valueText } from './metric-text.ts';
import { Trend } from './trend.tsx';

export type Asked = AskedQueryType;
const ROLLS = ['tree', 'own'] as const;
const CUTOFFS = ['calendar', 'nd09'] as const;
const CHANNELS = ['desk', 'online', 'post'] as const;

/** One figure: of which unit and period, how it is made, how it moved, and the dossiers it counts. */
export default function MetricsScreen() {
  const t = useTranslate();
  const options = useCall(getMetricOptions, {}, { staleTime: 300_000 });
  const [filters, set] = useFilters();
  const today = useToday();
  const [wrong, setWrong] = useState(false);
  return (
    <>
      <ScreenHead title={t('metrics.title')} />
      <Loaded query={options}>
        {({ metrics, units }) => {
          const unitId = units.find((one) => one.id === filters['don-vi'])?.id ?? units[0]?.id;
          const metricId = metrics.find((one) => one.id === filters['so-lieu'])?.id ?? metrics[0]?.id;
          if (unitId === undefined || metricId === undefined)
            return (
              <EmptyState title={t('metrics.no-units')}>
                <p>{t('metrics.no-units-text')}</p>
              </EmptyState>
            );
          const asked: Asked = {
            metricId,
            unitId,
            period: readPeriod(filters['ky'] ?? '') ?? today.slice(0, 7),
            ...given({
              roll: ROLLS.find((one) => one === filters['pham-vi']),
              cutoff: CUTOFFS.find((one) => one === filters['chot']),
              channel: CHANNELS.find((one) => one === filters['kenh']),
            }),
          };
          return (
            <>
              <div className="filters no-print">
                <Select
                  id="metric"
                  label={t('metrics.metric')}
                  value={metricId}
                  onChange={(value) => set({ 'so-lieu': value })}
                  options={metrics.map((one) => ({ value: one.id, label: one.name }))}
                />
                <Select
                  id="metric-unit"
                  label={t('metrics.unit')}
                  value={unitId}
                  onChange={(value) => set({ 'don-vi': value })}
                  options={units.map((one) => ({ value: one.id, label: one.name }))}
                />
                <Select
                  id="metric-roll"
                  label={t('metrics.roll')}
                  value={asked.roll ?? 'tree'}
                  onChange={(value) => set({ 'pham-vi': value })}
                  options={ROLLS.map((value) => ({ value, label: t(`metrics.rolls.${value}`) }))}
                />
                <TextField
                  id="metric-period"
                  label={t('metrics.period')}
                  hint={t('metrics.period-hint')}
                  short
                  key={asked.period}
                  defaultValue={writePeriod(asked.period, t)}
                  error={wrong ? t('ui.period.wrong') : undefined}
                  onBlur={(event) => {
                    const typed = event.currentTarget.value.trim();
                    const period = readPeriod(typed);
                    setWrong(typed !== '' && period === undefined);
                    if (typed === '' || period !== undefined) set({ ky: period });
                  }}
                />
                <Select
                  id="metric-cutoff"
                  label={t('metrics.cutoff')}
                  value={asked.cutoff ?? 'calendar'}
                  onChange={(value) => set({ chot: value })}
                  options={CUTOFFS.map((value) => ({ value, label: t(`metrics.cutoffs.${value}`) }))}
                />
                <Select
                  id="metric-channel"
                  label={t('metrics.channel')}
                  value={asked.channel ?? ''}
                  onChange={(value) => set({ kenh: value })}
                  options={CHANNELS.map((value) => ({ value, label: t(`console.channel.${value}`) }))}
                  empty={t('console.all')}
                />
              </div>
              <Figure key={JSON.stringify(asked)} asked={asked} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function Figure({ asked }: { asked: Asked }) {
  const t = useTranslate();
  const query = useCall(getMetric, { query: asked });
  return (
    <Loaded query={query}>
      {({ definition, value, trend, units }) => (
        <>
          <section className="panel" aria-labelledby="figure-title">
            <h2 id="figure-title">{definition.name}</h2>
            <p>
              <strong>{valueText(value, t)}</strong> <span>{fractionText(value, t)}</span>
              <span className="hint">
                {value.unitName}.{' '}
                {t('metrics.days', { from: showDay(value.period.from), to: showDay(value.period.to) })}.{' '}
                {value.frozenAt
                  ? t('metrics.frozen', { when: showShortInstant(value.frozenAt) })
                  : t('metrics.computed', { when: showShortInstant(value.computedAt) })}
              </span>
            </p>
            {value.warnings.map((one) => (
              <p key={one}>{t(`metrics.warning.${one}`)}</p>
            ))}
            <h3>{t('metrics.definition')}</h3>
            <p>
              {definition.meaning}
              <span className="hint">{t('metrics.source', { source: definition.source })}</span>
              {definition.note ? <span className="hint">{definition.note}</span> : null}
            </p>
            {definition.verified ? null : <Tag tone="amber">{t('metrics.unverified')}</Tag>}
          </section>
          <Trend values={trend} />
          {units.length > 1 ? <ByUnit whole={value.unitId} units={units} /> : null}
          <MetricRows asked={asked} hasDenominator={definition.hasDenominator} />
        </>
      )}
    </Loaded>
  );
}

function ByUnit({ whole, units }: { whole: string; units: readonly MetricValueType[] }) {
  const t = useTranslate();
  return (
    <section className="panel" aria-labelledby="units-title">
      <h2 id="units-title">{t('metrics.by-unit')}</h2>
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
            cell: (row) => (row.unitId === whole ? t('metrics.own-unit', { name: row.unitName }) : row.unitName),
          },
          { id: 'value', label: t('metrics.value'), cell: (row) => valueText(row, t) },
          { id: 'of', label: t('metrics.definition'), cell: (row) => fractionText(row, t) },
        ]}
      />
    </section>
  );
}
