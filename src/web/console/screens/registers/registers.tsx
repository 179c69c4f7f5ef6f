import { Link } from '@tanstack/react-router';
import { foldVietnamese } from '../../../../core/text/fold.ts';
import { listRegisters, type RegisterLineType } from '../../../../modules/insight/registers/contract.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { showDay } from '../../data/format.ts';
import { given, useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';

/** Registers of figures that live outside, the period to be entered now, and who is missing. */
export default function Registers() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const list = useCall(listRegisters, { query: given({ unitId: filters['don-vi'] }) }, { keep: true });
  return (
    <>
      <ScreenHead title={t('registers.title')} />
      <p className="hint">{t('registers.intro')}</p>
      <Loaded query={list}>
        {({ units, unitId, rows }) => {
          const shown = arranged(rows, filters);
          return (
            <>
              <div className="filters no-print">
                <Select
                  id="registers-unit"
                  label={t('registers.unit')}
                  value={unitId ?? ''}
                  onChange={(value) => set({ 'don-vi': value })}
                  options={units.map((unit) => ({ value: unit.id, label: unit.name }))}
                />
                <Select
                  id="registers-only"
                  label={t('registers.only')}
                  value={filters.loc ?? ''}
                  empty={t('registers.all')}
                  onChange={(value) => set({ loc: value })}
                  options={[
                    { value: 'thieu', label: t('registers.only-missing') },
                    { value: 'tre', label: t('registers.only-late') },
                  ]}
                />
                <Select
                  id="registers-sort"
                  label={t('registers.sort')}
                  value={filters.xep ?? ''}
                  empty={t('registers.sort-missing')}
                  onChange={(value) => set({ xep: value })}
                  options={[{ value: 'ten', label: t('registers.sort-name') }]}
                />
                <SearchBox id="registers-q" label={t('registers.search')} text={filters.q} onText={(q) => set({ q })} />
              </div>
              {shown.length === 0 ? (
                <EmptyState title={t('registers.empty')}>{t('registers.empty-text')}</EmptyState>
              ) : (
                <List rows={shown} unitId={unitId ?? ''} />
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function arranged(rows: readonly RegisterLineType[], filters: Readonly<Record<string, string | undefined>>) {
  const q = foldVietnamese(filters.q ?? '');
  const kept = rows.filter(
    (row) =>
      (filters.loc !== 'thieu' || row.missing > 0) &&
      (filters.loc !== 'tre' || row.late > 0) &&
      foldVietnamese(row.name).includes(q),
  );
  const byName = (a: RegisterLineType, b: RegisterLineType): number => a.name.localeCompare(b.name, 'vi');
  return kept.toSorted((a, b) => (filters.xep === 'ten' ? byName(a, b) : b.missing - a.missing || byName(a, b)));
}

function List({ rows, unitId }: { rows: readonly RegisterLineType[]; unitId: string }) {
  const t = useTranslate();
  return (
    <>
      <Table
        caption={t('registers.title')}
        hideCaption
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          {
            id: 'name',
            label: t('registers.register'),
            rowHead: true,
            cell: (row) => (
              <>
                <Link to="/so-nhap-tay/$id" params={{ id: row.id }} search={{ 'don-vi': unitId } as never} data-row="">
                  {row.name}
                </Link>
                <span className="hint">
                  {row.frequency} · {row.who}
                </span>
              </>
            ),
          },
          { id: 'period', label: t('registers.period'), cell: (row) => row.period?.name },
          {
            id: 'deadline',
            label: t('registers.deadline'),
            cell: (row) => (
              <>
                {showDay(row.period?.deadline)} {row.closed ? <Tag>{t('registers.closed')}</Tag> : null}
              </>
            ),
          },
          {
            id: 'entered',
            label: t('registers.entered'),
            numeric: true,
            cell: (row) => `${row.entered}/${row.expected}`,
          },
          {
            id: 'missing',
            label: t('registers.only-missing'),
            cell: (row) =>
              row.missing > 0 ? (
                <Tag tone="amber">{t('registers.missing-count', { count: row.missing })}</Tag>
              ) : (
                <Tag tone="green">{t('registers.complete')}</Tag>
              ),
          },
          {
            id: 'late',
            label: t('registers.only-late'),
            cell: (row) =>
              row.late > 0 ? <Tag tone="red">{t('registers.late-count', { count: row.late })}</Tag> : '–',
          },
        ]}
      />
      <p className="no-print">
        <CsvButton
          name="so-nhap-tay"
          rows={rows}
          columns={[
            { label: t('registers.register'), value: (row) => row.name },
            { label: t('registers.period'), value: (row) => row.period?.name ?? '' },
            { label: t('registers.deadline'), value: (row) => showDay(row.period?.deadline) },
            { label: t('registers.entered'), value: (row) => row.entered },
            { label: t('registers.expected'), value: (row) => row.expected },
            { label: t('registers.only-late'), value: (row) => row.late },
          ]}
        />
      </p>
    </>
  );
}
