import { Link } from '@tanstack/react-router';
import {
  type FindingRowType,
  listFindings,
  recomputeFindings,
} from '../../../../modules/onestop/unit-health/contract.ts';
import { RULE_KINDS } from '../../../../modules/onestop/unit-health/rules/definition.ts';
import { FINDING_STATES } from '../../../../modules/onestop/unit-health/rules/stages.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { type Column, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { call } from '../../api.ts';
import type { CsvColumn } from '../../data/csv.ts';
import { useToday } from '../../data/demo.ts';
import { useFilters } from '../../data/filters.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { readPeriod, writePeriod } from '../../data/period.ts';
import { useAct } from '../../data/use-act.ts';
import { given, useCall } from '../../data/use-call.ts';
import { notify } from '../../toasts.tsx';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';
import { useRowKeys } from '../../ui/row-keys.ts';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { STATE_TONES, showPeriod } from './words.ts';

const PAGE = 50;

function columns(t: Translate): Column<FindingRowType>[] {
  return [
    {
      id: 'unit',
      label: t('health.unit'),
      rowHead: true,
      cell: (row) => (
        <Link to="/suc-khoe-don-vi/$id" params={{ id: row.id }} data-row="">
          {row.unitName}
        </Link>
      ),
    },
    {
      id: 'rule',
      label: t('health.rule'),
      cell: (row) => (
        <>
          {row.ruleName}
          <span className="hint">{t(`health.measures.${row.rule}`, { count: row.measure })}</span>
        </>
      ),
    },
    { id: 'period', label: t('health.period'), cell: (row) => showPeriod(row.period, t) },
    {
      id: 'state',
      label: t('health.state'),
      cell: (row) => (
        <>
          <Tag tone={STATE_TONES[row.state]}>{t(`health.states.${row.state}`)}</Tag>
          {row.closedAs ? <span className="hint">{t(`health.closed-as.${row.closedAs}`)}</span> : null}
        </>
      ),
    },
    {
      id: 'deadline',
      label: t('health.deadline'),
      cell: (row) => (
        <>
          {showDay(row.deadline)} {row.overdue ? <Tag tone="red">{t('health.overdue')}</Tag> : null}
        </>
      ),
    },
  ];
}

function csvColumns(t: Translate): CsvColumn<FindingRowType>[] {
  return [
    { label: t('health.unit'), value: (row) => row.unitName },
    { label: t('health.rule'), value: (row) => row.ruleName },
    { label: t('health.period'), value: (row) => showPeriod(row.period, t) },
    { label: t('health.measure'), value: (row) => row.measure },
    { label: t('health.state'), value: (row) => t(`health.states.${row.state}`) },
    { label: t('health.found'), value: (row) => showShortInstant(row.foundAt) },
    { label: t('health.deadline'), value: (row) => showDay(row.deadline) },
    { label: t('health.overdue'), value: (row) => (row.overdue ? t('health.overdue') : '') },
  ];
}

/** What the nightly look found wrong with units: by rule, unit, period and state; those to be answered first. */
export default function Findings() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const today = useToday();
  useRowKeys();
  const { act, busy } = useAct([listFindings]);
  const page = Math.max(1, Number(filters.trang) || 1);
  const wanted = filters['trang-thai'];
  const filter = given({
    rule: RULE_KINDS.find((rule) => rule === filters['quy-tac']),
    state: wanted === undefined ? ('unsettled' as const) : FINDING_STATES.find((state) => state === wanted),
    unitId: filters['don-vi'],
    period: readPeriod(filters.ky ?? ''),
    overdue: filters['qua-han'] === '1' ? true : undefined,
  });
  const list = useCall(listFindings, { query: { ...filter, page, limit: PAGE } }, { keep: true });
  const narrow = (change: Readonly<Record<string, string>>) => set({ ...change, trang: '' });

  async function recompute(): Promise<void> {
    await act(async () => notify('success', t('health.recomputed', await call(recomputeFindings, {}))), undefined, {
      toastError: true,
    });
  }

  return (
    <>
      <ScreenHead title={t('health.title')}>
        {list.data?.mayRecompute ? (
          <Button type="button" look="secondary" small disabled={busy} onClick={() => void recompute()}>
            {t('health.recompute')}
          </Button>
        ) : null}
        {list.data?.mayEnterBooks ? <Link to="/suc-khoe-don-vi/so-giay">{t('health.books')}</Link> : null}
        <Link to="/suc-khoe-don-vi/truc-tuyen">{t('health.zero')}</Link>
        <CsvButton name="suc-khoe-don-vi" columns={csvColumns(t)} rows={list.data?.rows ?? []} />
      </ScreenHead>
      {list.data ? (
        <p aria-live="polite">
          {t('health.sums', { unsettled: list.data.unsettled, overdue: list.data.overdue })}{' '}
          {list.data.checkedOn ? t('health.checked', { day: showDay(list.data.checkedOn) }) : t('health.not-checked')}
        </p>
      ) : null}
      <div className="filters no-print">
        <Select
          id="finding-rule"
          label={t('health.rule')}
          value={filters['quy-tac'] ?? ''}
          onChange={(value) => narrow({ 'quy-tac': value })}
          options={RULE_KINDS.map((rule) => ({ value: rule, label: t(`health.rules.${rule}`) }))}
          empty={t('console.all')}
        />
        <Select
          id="finding-state"
          label={t('health.state')}
          value={wanted ?? ''}
          onChange={(value) => narrow({ 'trang-thai': value })}
          options={[
            { value: 'tat-ca', label: t('console.all') },
            ...FINDING_STATES.map((state) => ({ value: state, label: t(`health.states.${state}`) })),
          ]}
          empty={t('health.unsettled')}
        />
        <Select
          id="finding-unit"
          label={t('health.unit')}
          value={filters['don-vi'] ?? ''}
          onChange={(value) => narrow({ 'don-vi': value })}
          options={(list.data?.units ?? []).map((unit) => ({ value: unit.id, label: unit.name }))}
          empty={t('console.all')}
        />
        <TextField
          id="finding-period"
          label={t('health.period')}
          hint={t('health.period-hint', { year: today.slice(0, 4) })}
          optional
          short
          maxLength={30}
          defaultValue={writePeriod(filters.ky ?? '', t)}
          onChange={(event) => narrow({ ky: event.currentTarget.value.trim() })}
        />
        <div className="checkbox">
          <input
            type="checkbox"
            id="finding-overdue"
            checked={filters['qua-han'] === '1'}
            onChange={(event) => narrow({ 'qua-han': event.currentTarget.checked ? '1' : '' })}
          />
          <label htmlFor="finding-overdue">{t('health.only-overdue')}</label>
        </div>
      </div>
      <Loaded query={list}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <EmptyState title={t(Object.keys(filters).length > 0 ? 'health.empty-filtered' : 'health.empty')}>
              <p>{t('health.empty-text')}</p>
            </EmptyState>
          ) : (
            <>
              <Table
                caption={t('health.title')}
                hideCaption
                columns={columns(t)}
                rows={rows}
                rowKey={(row) => row.id}
              />
              <Pager page={page} total={total} pageSize={PAGE} onPage={(next) => set({ trang: String(next) })} />
            </>
          )
        }
      </Loaded>
    </>
  );
}
