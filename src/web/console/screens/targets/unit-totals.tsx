import { Link } from '@tanstack/react-router';
import { getTargetOptions, listTargetUnits, type UnitTotalType } from '../../../../modules/insight/targets/contract.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { showShortInstant } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { LIGHTS, numberText, shareText } from './target-text.ts';
import type { TargetOptions } from './terms-form.tsx';

/** How the units directly below stand over all their targets, ranked. */
export function UnitTotals() {
  const options = useCall(getTargetOptions, {}, { staleTime: 300_000 });
  return <Loaded query={options}>{(choices) => <Choice options={choices} />}</Loaded>;
}

function Choice({ options }: { options: TargetOptions }) {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const thisYear = Number(options.today.slice(0, 4));
  const typed = Number(filters['nam']);
  const year = typed >= 2000 && typed <= 2199 ? typed : thisYear;
  const unitId = options.above.find((one) => one.id === filters['tren'])?.id ?? options.above[0]?.id ?? '';
  const query = useCall(listTargetUnits, { query: { unitId, year } }, { keep: true, enabled: unitId !== '' });
  if (unitId === '')
    return (
      <EmptyState title={t('targets.no-below')}>
        <p>{t('targets.no-below-text')}</p>
      </EmptyState>
    );
  const years = [...new Set([thisYear, year, thisYear - 1, thisYear - 2, thisYear - 3])].sort((a, b) => b - a);
  return (
    <>
      <div className="filters no-print">
        <Select
          id="target-above"
          label={t('targets.above')}
          value={unitId}
          onChange={(value) => set({ tren: value })}
          options={options.above.map((one) => ({ value: one.id, label: one.name }))}
        />
        <Select
          id="target-year"
          label={t('targets.year')}
          value={String(year)}
          onChange={(value) => set({ nam: value })}
          options={years.map((one) => ({ value: String(one), label: String(one) }))}
        />
      </div>
      <Loaded query={query}>
        {({ rows, population, computedAt }) =>
          rows.length === 0 ? (
            <EmptyState title={t('targets.no-below')}>
              <p>{t('targets.no-below-text')}</p>
            </EmptyState>
          ) : (
            <>
              <Totals rows={rows} population={population} year={year} />
              <p className="hint">{t('targets.computed', { when: showShortInstant(computedAt) })}</p>
            </>
          )
        }
      </Loaded>
    </>
  );
}

function Totals({ rows, population, year }: { rows: readonly UnitTotalType[]; population: number; year: number }) {
  const t = useTranslate();
  const columns = [
    {
      id: 'rank',
      label: t('targets.rank-head'),
      value: ({ rank }: UnitTotalType) =>
        rank === null ? t('targets.unranked') : t('targets.rank', { rank, population }),
    },
    { id: 'met', label: t('targets.total-met'), value: ({ total }: UnitTotalType) => shareText(total.metShare, t) },
    {
      id: 'attainment',
      label: t('targets.total-attainment'),
      value: ({ total }: UnitTotalType) => shareText(total.attainment, t),
    },
    ...LIGHTS.map((light) => ({
      id: light,
      label: t(`targets.light.${light}`),
      value: ({ total }: UnitTotalType) => numberText(total.count[light]),
    })),
  ];
  const [first, ...rest] = columns.map(({ value, ...column }) => ({ ...column, cell: value }));
  return (
    <>
      <Table
        caption={t('targets.tab-units')}
        hideCaption
        rows={rows}
        rowKey={(row) => row.unitId}
        columns={[
          ...(first ? [first] : []),
          {
            id: 'unit',
            label: t('targets.unit'),
            rowHead: true,
            cell: (row) => (
              <Link to="/chi-tieu" search={{ 'don-vi': row.unitId, nam: String(year) } as never}>
                {row.unitName}
              </Link>
            ),
          },
          ...rest.map((column) => ({ ...column, numeric: true })),
        ]}
      />
      <p className="no-print">
        <CsvButton
          name="chi-tieu-cac-don-vi"
          rows={rows}
          columns={[
            { label: t('targets.unit'), value: (row) => row.unitName },
            ...columns.map(({ label, value }) => ({ label, value })),
          ]}
        />
      </p>
    </>
  );
}
