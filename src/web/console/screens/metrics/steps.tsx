import { useState } from 'react';
import {
  getMetricOptions,
  listStepFigures,
  listStepVisits,
  type StepFigureType,
  type StepQueryType,
  type StepVisitType,
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
import { DossierLink } from '../../ui/dossier-link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PAGE_SIZE, PagedTable } from '../../ui/paged-table.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { numberText, valueText } from './metric-text.ts';
import { PlaceFilters, usePlace } from './place-filters.tsx';

const BYS = ['step', 'person', 'unit', 'procedure'] as const;
type By = (typeof BYS)[number];

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
              <div className="filters no-print">
                <Select
                  id="steps-by"
                  label={t('metrics.steps.by')}
                  value={by}
                  onChange={(value) => set({ theo: value })}
                  options={bys.map((value) => ({ value, label: t(`metrics.steps.bys.${value}`) }))}
                />
                <PlaceFilters options={found} place={place} />
              </div>
              <Steps key={JSON.stringify([place, by])} asked={{ ...place, by }} />
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

function Steps({ asked }: { asked: StepQueryType & { by: By } }) {
  const t = useTranslate();
  const query = useCall(listStepFigures, { query: asked });
  const [chosen, setChosen] = useState<{ row: StepFigureType; late: boolean }>();
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
              {t('metrics.days', { from: showDay(period.from), to: showDay(period.to) })}.{' '}
              {t('metrics.computed', { when: showShortInstant(computedAt) })}. {t('metrics.steps.meaning')}
            </p>
            {rows.length === 0 ? (
              <EmptyState title={t('metrics.steps.none')} />
            ) : (
              <>
                <CsvButton
                  name="so-lieu-buoc"
                  columns={[
                    { label, value: (row) => name(row) },
                    { label: t('metrics.steps.visits'), value: (row) => row.visits },
                    { label: t('metrics.steps.late'), value: (row) => row.late },
                    { label: t('metrics.steps.on-time'), value: (row) => row.onTimePercent },
                    { label: t('metrics.steps.minutes'), value: (row) => row.averageMinutes },
                  ]}
                  rows={rows}
                />
                <Table
                  caption={label}
                  hideCaption
                  rows={rows}
                  rowKey={(row) => row.key}
                  columns={[
                    { id: 'name', label, rowHead: true, cell: name },
                    {
                      id: 'visits',
                      label: t('metrics.steps.visits'),
                      cell: (row) => (
                        <Button
                          type="button"
                          look="link"
                          aria-label={t('metrics.steps.show', { count: numberText(row.visits), name: name(row) })}
                          disabled={row.name === null}
                          onClick={() => setChosen({ row, late: false })}
                        >
                          {numberText(row.visits)}
                        </Button>
                      ),
                    },
                    {
                      id: 'late',
                      label: t('metrics.steps.late'),
                      cell: (row) => (
                        <Button
                          type="button"
                          look="link"
                          aria-label={t('metrics.steps.show-late', { count: numberText(row.late), name: name(row) })}
                          disabled={row.name === null}
                          onClick={() => setChosen({ row, late: true })}
                        >
                          {numberText(row.late)}
                        </Button>
                      ),
                    },
                    { id: 'on-time', label: t('metrics.steps.on-time'), cell: percent },
                    { id: 'minutes', label: t('metrics.steps.minutes'), cell: minutes },
                  ]}
                />
              </>
            )}
          </section>
          {chosen ? (
            <Visits
              key={`${chosen.row.key} ${chosen.late}`}
              title={t(chosen.late ? 'metrics.steps.late-of' : 'metrics.steps.visits-of', { name: name(chosen.row) })}
              asked={{ ...asked, ...only(asked.by, chosen.row) }}
              late={chosen.late}
            />
          ) : null}
        </>
      )}
    </Loaded>
  );
}

/** The dossiers behind one number. */
function Visits({ title, asked, late }: { title: string; asked: StepQueryType; late: boolean }) {
  const t = useTranslate();
  const [page, setPage] = useState(1);
  const { by: _, ...place } = asked;
  const query = useCall(
    listStepVisits,
    { query: { ...place, ...(late ? { late } : {}), page, pageSize: PAGE_SIZE } },
    { keep: true },
  );
  const hidden = query.data?.hidden ?? 0;
  const visible = query.data && { ...query, data: { rows: query.data.rows, total: query.data.total - hidden } };
  return (
    <section className="panel" aria-labelledby="visits-title">
      <h2 id="visits-title">{title}</h2>
      {hidden > 0 ? <p role="status">{t('metrics.hidden', { count: hidden })}</p> : null}
      <PagedTable<StepVisitType>
        query={visible ?? query}
        caption={title}
        empty={t('metrics.empty')}
        rowKey={(row) => `${row.dossierId} ${row.startedAt} ${row.stepName}`}
        page={page}
        onPage={setPage}
        columns={[
          {
            id: 'code',
            label: t('console.list.code'),
            rowHead: true,
            cell: (row) => <DossierLink id={row.dossierId} code={row.code} />,
          },
          { id: 'step', label: t('metrics.steps.bys.step'), cell: (row) => row.stepName },
          { id: 'unit', label: t('metrics.unit'), cell: (row) => row.unitName },
          { id: 'person', label: t('metrics.steps.bys.person'), cell: (row) => row.staffName ?? '' },
          { id: 'started', label: t('metrics.steps.started'), cell: (row) => showShortInstant(row.startedAt) },
          { id: 'due', label: t('metrics.steps.due'), cell: (row) => showShortInstant(row.dueAt) },
          { id: 'ended', label: t('metrics.steps.ended'), cell: (row) => showShortInstant(row.endedAt) },
          { id: 'minutes', label: t('metrics.steps.held'), cell: (row) => numberText(row.minutes) },
        ]}
      />
    </section>
  );
}
