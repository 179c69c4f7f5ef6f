import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { foldVietnamese } from '../../../../core/text/fold.ts';
import { getTargetBoard, getTargetOptions, type TargetLineType } from '../../../../modules/insight/targets/contract.ts';
import { BarChart } from '../../../shared/design/bar-chart.tsx';
import { Button } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Facts, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Filters } from '../../ui/filters.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { TargetLight } from './target-light.tsx';
import {
  changeText,
  drillSearch,
  forecastText,
  goalText,
  LIGHTS,
  neededText,
  numberText,
  partsText,
  resultText,
  shareText,
  sourceText,
} from './target-text.ts';
import type { TargetOptions } from './terms-form.tsx';

const AddDialog = lazy(() => import('./add-dialog.tsx'));
const SORTS = ['gap', 'name', 'attainment', 'period'] as const;

/** The targets of a unit in a year. */
export function Board() {
  const t = useTranslate();
  const options = useCall(getTargetOptions, {}, { staleTime: 300_000 });
  return (
    <Loaded query={options}>
      {(choices) =>
        choices.units.length === 0 ? (
          <EmptyState title={t('targets.no-units')}>
            <p>{t('targets.no-units-text')}</p>
          </EmptyState>
        ) : (
          <UnitBoard options={choices} />
        )
      }
    </Loaded>
  );
}

function UnitBoard({ options }: { options: TargetOptions }) {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const [q, setQ] = useState('');
  const [adding, setAdding] = useState(false);
  const unitId = options.units.find((one) => one.id === filters['don-vi'])?.id ?? options.units[0]?.id ?? '';
  const thisYear = Number(options.today.slice(0, 4));
  const typed = Number(filters['nam']);
  const year = typed >= 2000 && typed <= 2199 ? typed : thisYear;
  const light = LIGHTS.find((one) => one === filters['den']);
  const sort = SORTS.find((one) => one === filters['xep']) ?? 'gap';
  const ended = filters['thoi'] === 'ca';
  const board = useCall(getTargetBoard, { query: { unitId, year, ...(ended ? { ended } : {}) } }, { keep: true });
  const years = [...new Set([thisYear, year, ...(board.data?.years ?? [])])].sort((a, b) => b - a);
  return (
    <>
      <Filters
        chosen={
          [filters['don-vi'], filters['nam'], light, ended || undefined, filters['xep'], q || undefined].filter(Boolean)
            .length
        }
      >
        <Select
          id="target-unit"
          label={t('targets.unit')}
          value={unitId}
          onChange={(value) => set({ 'don-vi': value })}
          options={options.units.map((one) => ({ value: one.id, label: one.name }))}
        />
        <Select
          id="target-year"
          label={t('targets.year')}
          value={String(year)}
          onChange={(value) => set({ nam: value })}
          options={years.map((one) => ({ value: String(one), label: String(one) }))}
        />
        <Select
          id="target-light"
          label={t('targets.status')}
          value={light ?? ''}
          empty={t('console.all')}
          onChange={(value) => set({ den: value })}
          options={LIGHTS.map((value) => ({ value, label: t(`targets.light.${value}`) }))}
        />
        <Select
          id="target-ended"
          label={t('targets.following')}
          value={ended ? 'ca' : ''}
          onChange={(value) => set({ thoi: value })}
          options={[
            { value: '', label: t('targets.followed') },
            { value: 'ca', label: t('targets.with-ended') },
          ]}
        />
        <Select
          id="target-sort"
          label={t('targets.sort')}
          value={sort}
          onChange={(value) => set({ xep: value === 'gap' ? '' : value })}
          options={SORTS.map((value) => ({ value, label: t(`targets.sort-by.${value}`) }))}
        />
        <SearchBox id="target-search" label={t('targets.search')} onText={setQ} />
      </Filters>
      <Loaded query={board}>
        {(data) => (
          <>
            <Totals {...data} />
            <p className="no-print">
              {data.mayEdit ? (
                <Button type="button" small onClick={() => setAdding(true)}>
                  {t('targets.add')}
                </Button>
              ) : null}
            </p>
            <Progress rows={sorted(data.rows, 'attainment')} />
            <Lines rows={sorted(chosen(data.rows, light, q), sort)} all={data.rows.length} />
            <p className="hint">{t('targets.computed', { when: showShortInstant(data.computedAt) })}</p>
          </>
        )}
      </Loaded>
      {adding ? (
        <Suspense>
          <AddDialog options={options} unitId={unitId} year={year} onClose={() => setAdding(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

function chosen(rows: readonly TargetLineType[], light: TargetLineType['light'] | undefined, q: string) {
  const wanted = foldVietnamese(q);
  return rows.filter(
    (row) =>
      (light === undefined || row.light === light) &&
      (wanted === '' || foldVietnamese(`${row.name} ${row.owner} ${row.sourceNumber}`).includes(wanted)),
  );
}

const byName = new Intl.Collator('vi');

/** As the server gives them (what needs somebody first), or by what was chosen; without attainment last. */
function sorted(rows: readonly TargetLineType[], by: (typeof SORTS)[number]): readonly TargetLineType[] {
  if (by === 'name') return rows.toSorted((a, b) => byName.compare(a.name, b.name));
  if (by === 'period') return rows.toSorted((a, b) => a.toDay.localeCompare(b.toDay));
  if (by === 'attainment')
    return rows.toSorted((a, b) => (a.attainment ?? Number.MAX_VALUE) - (b.attainment ?? Number.MAX_VALUE));
  return rows;
}

function Totals({ unit, year, total, rows }: ReplyOf<typeof getTargetBoard>) {
  const t = useTranslate();
  if (rows.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="target-total">
      <h2 id="target-total">{t('targets.total', { unit: unit.name, year })}</h2>
      <Facts
        items={[
          {
            term: t('targets.total-lights'),
            value: LIGHTS.filter((light) => total.count[light] > 0)
              .map((light) => `${t(`targets.light.${light}`)}: ${total.count[light]}`)
              .join(' · '),
          },
          { term: t('targets.total-met'), value: shareText(total.metShare, t) },
          { term: t('targets.total-attainment'), value: shareText(total.attainment, t) },
          {
            term: t('targets.total-unjudged'),
            value: total.unjudgedWeight > 0 ? numberText(total.unjudgedWeight) : null,
          },
        ]}
      />
    </section>
  );
}

/** How far each target is, the least first; what has no figure has no bar. */
function Progress({ rows }: { rows: readonly TargetLineType[] }) {
  const t = useTranslate();
  const known = rows.filter((row) => row.attainment !== null);
  if (known.length < 2) return null;
  const label = t('targets.attainments');
  return (
    <details className="details">
      <summary>{t('targets.progress-chart')}</summary>
      <ChartFrame
        name="muc-hoan-thanh"
        label={label}
        chart={
          <BarChart
            label={label}
            max={Math.max(100, ...known.map((row) => row.attainment ?? 0))}
            bars={known.map((row) => ({
              id: row.id,
              label: row.name,
              value: row.attainment,
              text: shareText(row.attainment, t),
              before: 100,
            }))}
          />
        }
      />
      <p className="hint">{label}</p>
    </details>
  );
}

function Lines({ rows, all }: { rows: readonly TargetLineType[]; all: number }) {
  const t = useTranslate();
  if (rows.length === 0)
    return (
      <EmptyState title={t(all === 0 ? 'targets.empty' : 'targets.none-found')}>
        <p>{t(all === 0 ? 'targets.empty-text' : 'targets.none-found-text')}</p>
      </EmptyState>
    );
  return (
    <>
      <Table
        caption={t('targets.title')}
        hideCaption
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          {
            id: 'name',
            label: t('targets.name'),
            rowHead: true,
            cell: (row) => (
              <>
                <Link to="/chi-tieu/$id" params={{ id: row.id }} data-row="">
                  {row.name}
                </Link>
                <span className="hint">
                  {row.owner}. {sourceText(row)}
                </span>
                {row.ended ? <Tag>{t('targets.ended')}</Tag> : null}
              </>
            ),
          },
          { id: 'goal', label: t('targets.goal-head'), cell: (row) => goalText(row, t) },
          {
            id: 'value',
            label: t('targets.value'),
            cell: (row) => (
              <>
                {row.drill ? (
                  <Link to="/so-lieu" search={drillSearch(row.drill) as never}>
                    {resultText(row, row, t)}
                    <span className="visually-hidden"> {t('targets.open-rows', { name: row.name })}</span>
                  </Link>
                ) : (
                  <strong>{resultText(row, row, t)}</strong>
                )}
                <span className="hint">{partsText(row, t)}</span>
              </>
            ),
          },
          {
            id: 'light',
            label: t('targets.status'),
            cell: (row) => (
              <>
                <TargetLight light={row.light} />
                {row.attainment === null || (row.direction === 'down' && row.light === 'met') ? null : (
                  <span className="hint">{t('targets.attained', { value: numberText(row.attainment, 2) })}</span>
                )}
              </>
            ),
          },
          {
            id: 'forecast',
            label: t('targets.outlook'),
            cell: (row) => (
              <>
                {forecastText(row, t)}
                <span className="hint">{neededText(row, t)}</span>
                <span className="hint">{changeText(row, t)}</span>
              </>
            ),
          },
          {
            id: 'period',
            label: t('targets.period'),
            cell: (row) => t('targets.days', { from: showDay(row.fromDay), to: showDay(row.toDay) }),
          },
          {
            id: 'actions',
            label: t('targets.actions'),
            cell: (row) => (
              <>
                {row.actionsRunning === 0
                  ? t('targets.no-actions')
                  : t('targets.running', { count: row.actionsRunning })}
                {row.actionsLate > 0 ? (
                  <Tag tone="red">{t('targets.late-count', { count: row.actionsLate })}</Tag>
                ) : null}
              </>
            ),
          },
        ]}
      />
      <p className="no-print">
        <CsvButton
          name="chi-tieu"
          rows={rows}
          columns={[
            { label: t('targets.unit'), value: (row) => row.unitName },
            { label: t('targets.name'), value: (row) => row.name },
            { label: t('targets.owner'), value: (row) => row.owner },
            { label: t('targets.source'), value: sourceText },
            { label: t('targets.period'), value: (row) => `${showDay(row.fromDay)} - ${showDay(row.toDay)}` },
            { label: t('targets.goal-head'), value: (row) => goalText(row, t) },
            { label: t('targets.value'), value: (row) => resultText(row, row, t) },
            { label: t('targets.numerator'), value: (row) => row.numerator },
            { label: t('targets.denominator'), value: (row) => row.denominator ?? row.planned?.quantity },
            { label: t('targets.status'), value: (row) => t(`targets.light.${row.light}`) },
            { label: t('targets.attainment'), value: (row) => row.attainment },
            { label: t('targets.outlook'), value: (row) => forecastText(row, t) },
            { label: t('targets.change-head'), value: (row) => changeText(row, t) },
            { label: t('targets.weight'), value: (row) => row.weight },
          ]}
        />
      </p>
    </>
  );
}
