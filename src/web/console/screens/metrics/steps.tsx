import { useState } from 'react';
import {
  getMetricOptions,
  listStepFigures,
  type StepFigureType,
  type StepQueryType,
} from '../../../../modules/insight/metrics/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Filters } from '../../ui/filters.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { MetricRows } from './metric-rows.tsx';
import { numberText, valueText } from './metric-text.ts';
import { Narrowed } from './narrowed.tsx';
import { type Options, PlaceFilters, usePlace } from './place-filters.tsx';

const BYS = ['step', 'person', 'unit', 'procedure'] as const;
type By = (typeof BYS)[number];
const COUNTS = ['visits', 'late', 'returned'] as const;
/** The metric each column is. */
const METRIC = { visits: 'steps-left', late: 'steps-late', returned: 'steps-returned' } as const;

/** How many dossiers went through each step, how many of them late and how long they stayed; by persons for heads only. */
export default function StepFiguresScreen() {
  const t = useTranslate();
  const options = useCall(getMetricOptions, {}, { staleTime: 300_000 });
  const place = usePlace(options.data);
  const [filters, set] = useFilters();
  const me = useMe();
  const persons = place !== undefined && mayDo(me, 'metrics.persons', place.unitId);
  const bys = BYS.filter((one) => one !== 'person' || persons);
  const by = bys.find((one) => one === filters['theo']) ?? 'step';
  return (
    <>
      <ScreenHead title={t('metrics.steps.title')} />
      <Loaded query={options}>
        {(found) =>
          place === undefined ? (
            <EmptyState title={t('metrics.no-units')}>
              <p>{t('metrics.no-units-text')}</p>
            </EmptyState>
          ) : (
            <>
              <Filters chosen={Object.keys(place).length - 2}>
                <Select
                  id="steps-by"
                  label={t('metrics.steps.by')}
                  value={by}
                  onChange={(value) => set({ theo: value })}
                  options={bys.map((value) => ({ value, label: t(`metrics.steps.bys.${value}`) }))}
                />
                <PlaceFilters options={found} place={place} />
              </Filters>
              <Steps key={JSON.stringify([place, by])} asked={{ ...place, by }} found={found} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

/** What one line of the table narrows its visits to. */
const only = (by: By, row: StepFigureType): Partial<StepQueryType> => {
  switch (by) {
    case 'step':
      return { stepId: row.key };
    case 'person':
      return { staffId: row.key };
    case 'unit':
      return { unitId: row.key, roll: 'own' };
    case 'procedure':
      return { procedureCode: row.key };
  }
};

function Steps({ asked, found }: { asked: StepQueryType & { by: By }; found: Options }) {
  const t = useTranslate();
  const query = useCall(listStepFigures, { query: asked });
  const [chosen, setChosen] = useState<{ row: StepFigureType; count: (typeof COUNTS)[number] }>();
  const { by: _, ...place } = asked;
  const percent = (row: StepFigureType): string => valueText({ rounded: row.onTimePercent, unit: 'percent' }, t);
  const minutes = (row: StepFigureType): string =>
    valueText({ rounded: row.averageMinutes, unit: 'working-minutes' }, t);
  const name = (row: StepFigureType): string => row.name ?? t('metrics.closings.software');
  const label = t(`metrics.steps.bys.${asked.by}`);
  return (
    <Loaded query={query}>
      {({ rows, period, computedAt }) => (
        <>
          <section className="panel" aria-labelledby="steps-title">
            <h2 id="steps-title">{label}</h2>
            <p className="hint">
              {found.units.find((one) => one.id === asked.unitId)?.name}.{' '}
              {t('metrics.days', { from: showDay(period.from), to: showDay(period.to) })}.{' '}
              {t('metrics.computed', { when: showShortInstant(computedAt) })}. {t('metrics.steps.meaning')}
            </p>
            <Narrowed asked={asked} found={found} />
            {rows.length === 0 ? (
              <EmptyState title={t('metrics.steps.none')} />
            ) : (
              <>
                <CsvButton
                  name="so-lieu-buoc"
                  columns={[
                    { label, value: (row) => name(row) },
                    ...COUNTS.map((count) => ({
                      label: t(`metrics.steps.${count}`),
                      value: (row: StepFigureType) => row[count],
                    })),
                    { label: t('metrics.steps.on-time'), value: (row) => row.onTimePercent },
                    { label: t('metrics.steps.minutes'), value: (row) => row.averageMinutes },
                  ]}
                  rows={rows}
                />
                <div className="dense">
                  <Table
                    caption={label}
                    hideCaption
                    rows={rows}
                    rowKey={(row) => row.key}
                    columns={[
                      { id: 'name', label, rowHead: true, cell: name },
                      ...COUNTS.map((count) => ({
                        id: count,
                        label: t(`metrics.steps.${count}`),
                        numeric: true as const,
                        cell: (row: StepFigureType) => (
                          <Button
                            type="button"
                            look="link"
                            aria-label={t(`metrics.steps.show.${count}`, {
                              count: numberText(row[count]),
                              name: name(row),
                            })}
                            onClick={() => setChosen({ row, count })}
                          >
                            {numberText(row[count])}
                          </Button>
                        ),
                      })),
                      { id: 'on-time', label: t('metrics.steps.on-time'), numeric: true, cell: percent },
                      { id: 'minutes', label: t('metrics.steps.minutes'), numeric: true, cell: minutes },
                    ]}
                  />
                </div>
              </>
            )}
          </section>
          {chosen ? (
            <MetricRows
              key={`${chosen.row.key} ${chosen.count}`}
              title={t(`metrics.steps.of.${chosen.count}`, { name: name(chosen.row) })}
              asked={{ ...place, ...only(asked.by, chosen.row), metricId: METRIC[chosen.count] }}
              fact="visit"
              hasDenominator={false}
            />
          ) : null}
        </>
      )}
    </Loaded>
  );
}
