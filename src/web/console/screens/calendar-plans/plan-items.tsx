import { useEffect, useState } from 'react';
import { listCalendarPlanItems } from '../../../../modules/onestop/calendar-plans/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { saveText, toCsv } from '../../data/csv.ts';
import { useFilters } from '../../data/filters.ts';
import { showShortInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { given, useCall } from '../../data/use-call.ts';
import { DossierLink } from '../../ui/dossier-link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { atWork, DIRECTIONS, ITEM_TONES, type Plan, type PlanItem, STATES, whyKey } from './words.ts';

const PAGE = 50;
const MOST_A_CALL = 200;

/** The dossiers of a plan: filtered, paged, saved as a table. */
export function PlanItems({ plan }: { plan: Plan }) {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const [q, setQ] = useState('');
  const page = Number(filters.trang) || 1;
  const filter = given({
    direction: DIRECTIONS.find((one) => one === filters.huong),
    state: STATES.find((one) => one === filters['trang-thai']),
    unitId: plan.units.find((unit) => unit.unitId === filters['don-vi'])?.unitId,
    late: filters.tre === '1' ? ('yes' as const) : undefined,
    q,
  });
  const params = { id: plan.id };
  const list = useCall(
    listCalendarPlanItems,
    { params, query: { ...filter, page, limit: PAGE } },
    { keep: true, refetchEvery: atWork(plan.status) ? 4000 : 0 },
  );
  const { refetch } = list;
  // What a timer did shows at once when it is done, also when the last look was before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the status is what this reacts to
  useEffect(() => void refetch(), [plan.status, refetch]);
  const { act, busy } = useAct([]);

  async function save() {
    const rows: PlanItem[] = [];
    for (let next = 1; ; next++) {
      const query = { ...filter, page: next, limit: MOST_A_CALL };
      const reply = await call(listCalendarPlanItems, { params, query });
      rows.push(...reply.rows);
      if (reply.rows.length < MOST_A_CALL) break;
    }
    saveText('ke-hoach-lich.csv', toCsv(csvColumns(t), rows));
  }

  return (
    <section aria-labelledby="plan-items">
      <h2 id="plan-items">{t('console.plans.items')}</h2>
      <div className="filters">
        <SearchBox
          id="plan-code"
          label={t('console.plans.code')}
          onText={(text) => {
            setQ(text);
            set({ trang: '' });
          }}
        />
        <Select
          id="plan-direction"
          label={t('console.plans.direction')}
          value={filters.huong ?? ''}
          onChange={(value) => set({ huong: value, trang: '' })}
          options={DIRECTIONS.map((value) => ({ value, label: t(`console.plans.direction-of.${value}`) }))}
          empty={t('console.all')}
        />
        <Select
          id="plan-state"
          label={t('console.list.status')}
          value={filters['trang-thai'] ?? ''}
          onChange={(value) => set({ 'trang-thai': value, trang: '' })}
          options={STATES.map((value) => ({ value, label: t(`console.plans.state.${value}`) }))}
          empty={t('console.all')}
        />
        <Select
          id="plan-unit"
          label={t('console.plans.unit')}
          value={filters['don-vi'] ?? ''}
          onChange={(value) => set({ 'don-vi': value, trang: '' })}
          options={plan.units.map((unit) => ({ value: unit.unitId, label: unit.unitName }))}
          empty={t('console.all')}
        />
        <Select
          id="plan-late-only"
          label={t('console.plans.late')}
          value={filters.tre ?? ''}
          onChange={(value) => set({ tre: value, trang: '' })}
          options={[{ value: '1', label: t('console.plans.late-only') }]}
          empty={t('console.all')}
        />
        <Button
          type="button"
          look="secondary"
          small
          disabled={busy}
          onClick={() => void act(save, undefined, { toastError: true })}
        >
          {t('console.list.export')}
        </Button>
      </div>
      <Loaded query={list}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <EmptyState title={t('console.plans.items-empty')} />
          ) : (
            <>
              <ItemTable rows={rows} />
              <Pager page={page} total={total} pageSize={PAGE} onPage={(next) => set({ trang: String(next) })} />
            </>
          )
        }
      </Loaded>
    </section>
  );
}

type Words = ReturnType<typeof useTranslate>;
const movedText = (t: Words, row: PlanItem): string =>
  row.direction === 'unknown' || row.direction === 'same'
    ? t(`console.plans.direction-of.${row.direction}`)
    : t(`console.plans.moved-${row.direction}`, { days: Math.abs(row.movedDays), minutes: Math.abs(row.movedMinutes) });

function csvColumns(t: Words) {
  return [
    { label: t('console.plans.code'), value: (row: PlanItem) => row.code },
    { label: t('console.plans.unit'), value: (row: PlanItem) => row.unitName },
    { label: t('console.plans.due-before'), value: (row: PlanItem) => showShortInstant(row.dueBefore) },
    { label: t('console.plans.due-after'), value: (row: PlanItem) => showShortInstant(row.dueAfter) },
    { label: t('console.plans.minutes'), value: (row: PlanItem) => String(row.movedMinutes) },
    { label: t('console.plans.late'), value: (row: PlanItem) => (row.becomesLate ? 'x' : '') },
    { label: t('console.list.status'), value: (row: PlanItem) => t(`console.plans.state.${row.state}`) },
    { label: t('console.plans.why-label'), value: (row: PlanItem) => (row.why ? t(whyKey(row.why)) : '') },
  ];
}

function ItemTable({ rows }: { rows: readonly PlanItem[] }) {
  const t = useTranslate();
  return (
    <Table
      caption={t('console.plans.items')}
      hideCaption
      rows={rows}
      rowKey={(row) => row.dossierId}
      columns={[
        {
          id: 'code',
          label: t('console.plans.code'),
          rowHead: true,
          cell: (row) => <DossierLink id={row.dossierId} code={row.code} walked />,
        },
        { id: 'unit', label: t('console.plans.unit'), cell: (row) => row.unitName },
        { id: 'before', label: t('console.plans.due-before'), cell: (row) => showShortInstant(row.dueBefore) },
        { id: 'after', label: t('console.plans.due-after'), cell: (row) => showShortInstant(row.dueAfter) },
        { id: 'moved', label: t('console.plans.moved'), cell: (row) => movedText(t, row) },
        {
          id: 'state',
          label: t('console.list.status'),
          cell: (row) => (
            <>
              <Tag tone={ITEM_TONES[row.state]}>{t(`console.plans.state.${row.state}`)}</Tag>{' '}
              {row.becomesLate ? <Tag tone="red">{t('console.plans.late')}</Tag> : null}
              {row.why ? <span className="hint">{t(whyKey(row.why))}</span> : null}
            </>
          ),
        },
      ]}
    />
  );
}
