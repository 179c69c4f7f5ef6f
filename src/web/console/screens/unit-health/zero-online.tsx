import { Link } from '@tanstack/react-router';
import { addMonths } from '../../../../core/time/index.ts';
import { listZeroOnline, type ZeroOnlineRowType } from '../../../../modules/onestop/unit-health/contract.ts';
import { daysOfPeriod, endedPeriods, PERIOD_KINDS } from '../../../../modules/onestop/unit-health/rules/period.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { type Column, Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { useToday } from '../../data/demo.ts';
import { useFilters } from '../../data/filters.ts';
import { useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { showPeriod } from './words.ts';

function columns(t: Translate): (Column<ZeroOnlineRowType> & { value: (row: ZeroOnlineRowType) => string | number })[] {
  const column = (id: string, value: (row: ZeroOnlineRowType) => string | number, numeric: boolean) => ({
    id,
    label: t(id === 'unit' ? 'health.unit' : `health.zero-online.${id}`),
    numeric,
    rowHead: !numeric,
    value,
    cell: value,
  });
  return [
    column('unit', (row) => row.unitName, false),
    column('offered', (row) => row.offered, true),
    column('online', (row) => row.online, true),
    column('received', (row) => row.received, true),
  ];
}

/** Units in which something may be filed online and nothing was, over a month, a quarter, a year or chosen days. */
export default function ZeroOnline() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const today = useToday();
  const kind = PERIOD_KINDS.find((one) => one === filters.loai) ?? (filters.loai === 'days' ? 'days' : 'month');
  const periods = kind === 'days' ? [] : [...endedPeriods(kind, today, 60)].reverse();
  const period = periods.find((one) => one === filters.ky) ?? periods[0] ?? '';
  const from = kind === 'days' ? (filters.tu ?? addMonths(today, -1)) : (daysOfPeriod(period)?.from ?? today);
  const to = kind === 'days' ? (filters.den ?? today) : (daysOfPeriod(period)?.to ?? today);
  const list = useCall(listZeroOnline, { query: { from, to } }, { keep: true });
  const rows = list.data?.rows ?? [];
  return (
    <>
      <ScreenHead title={t('health.zero-online.title')}>
        <Link to="/suc-khoe-don-vi">{t('health.back')}</Link>
        <CsvButton name={`khong-truc-tuyen-${from}-${to}`} columns={columns(t)} rows={rows} />
      </ScreenHead>
      <div className="filters no-print">
        <Select
          id="zero-kind"
          label={t('health.zero-online.kind')}
          value={kind}
          onChange={(value) => set({ loai: value, ky: '' })}
          options={[...PERIOD_KINDS, 'days' as const].map((one) => ({
            value: one,
            label: t(`health.zero-online.${one}`),
          }))}
        />
        {kind === 'days' ? (
          <>
            <DayField id="zero-from" label={t('console.from')} day={from} onDay={(day) => set({ tu: day })} />
            <DayField id="zero-to" label={t('console.to')} day={to} onDay={(day) => set({ den: day })} />
          </>
        ) : (
          <Select
            id="zero-period"
            label={t('health.period')}
            value={period}
            onChange={(value) => set({ ky: value })}
            options={periods.map((one) => ({ value: one, label: showPeriod(one, t) }))}
          />
        )}
      </div>
      <Loaded query={list}>
        {(shown) => (
          <>
            <p aria-live="polite">
              {t('health.zero-online.sums', { zero: shown.rows.length, offering: shown.offering })}
            </p>
            {shown.rows.length === 0 ? (
              <EmptyState title={t('health.zero-online.empty')}>
                <p>{t('health.zero-online.empty-text')}</p>
              </EmptyState>
            ) : (
              <Table
                caption={t('health.zero-online.title')}
                hideCaption
                columns={columns(t)}
                rows={shown.rows}
                rowKey={(row) => row.unitId}
              />
            )}
          </>
        )}
      </Loaded>
    </>
  );
}
