import { useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { listUnattended } from '../../../../modules/onestop/unattended/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { type Column, Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { useFilters } from '../../data/filters.ts';
import { showShortInstant } from '../../data/format.ts';
import { given, useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { DossierLink } from '../../ui/dossier-link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PAGE_SIZE } from '../../ui/paged-table.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Select } from '../../ui/select.tsx';
import { GiveBar } from './give-bar.tsx';
import { showEnd } from './period-text.ts';

type Row = ReplyOf<typeof listUnattended>['rows'][number];
const REASONS = ['absent', 'departed'] as const;

const why = (t: Translate, row: Row): string =>
  row.reason === 'departed'
    ? t('absence.unattended.reason.departed')
    : t('absence.unattended.reason.absent', { until: row.until ? showEnd(row.until) : '' });

/** Dossiers in the hands of somebody who is not there, to be given to another. */
export function Unattended() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const page = Number(filters.trang) || 1;
  const query = given({
    staffId: filters['nguoi-giu'],
    reason: REASONS.find((reason) => reason === filters['ly-do']),
  });
  const list = useCall(listUnattended, { query: { ...query, page, limit: PAGE_SIZE } }, { keep: true });
  const columns: Column<Row>[] = [
    {
      id: 'pick',
      label: t('absence.unattended.column.pick'),
      cell: (row) => (
        <input
          type="checkbox"
          aria-label={t('absence.unattended.pick', { code: row.code })}
          checked={chosen.includes(row.id)}
          onChange={(event) =>
            setChosen(event.currentTarget.checked ? [...chosen, row.id] : chosen.filter((id) => id !== row.id))
          }
        />
      ),
    },
    {
      id: 'code',
      label: t('absence.unattended.column.code'),
      rowHead: true,
      cell: (row) => <DossierLink id={row.id} code={row.code} walked />,
    },
    {
      id: 'procedure',
      label: t('absence.unattended.column.procedure'),
      cell: (row) => (
        <div className="list-procedure">
          {row.procedureName}
          <span className="hint">{row.stepName}</span>
        </div>
      ),
    },
    {
      id: 'holder',
      label: t('absence.unattended.column.holder'),
      cell: (row) => (
        <>
          {row.staffName}
          <span className="hint">{row.unitName}</span>
        </>
      ),
    },
    { id: 'reason', label: t('absence.unattended.column.reason'), cell: (row) => why(t, row) },
    { id: 'due', label: t('absence.unattended.column.due'), cell: (row) => showShortInstant(row.dueAt) },
  ];
  return (
    <>
      <p className="hint">{t('absence.unattended.intro')}</p>
      <div className="filters no-print">
        <Select
          id="unattended-holder"
          label={t('absence.unattended.column.holder')}
          value={filters['nguoi-giu'] ?? ''}
          onChange={(value) => set({ 'nguoi-giu': value, trang: '' })}
          options={(list.data?.holders ?? []).map((one) => ({
            value: one.staffId,
            label: `${one.name} (${one.dossiers})`,
          }))}
          empty={t('console.all')}
        />
        <Select
          id="unattended-reason"
          label={t('absence.unattended.reason-label')}
          value={filters['ly-do'] ?? ''}
          onChange={(value) => set({ 'ly-do': value, trang: '' })}
          options={REASONS.map((value) => ({ value, label: t(`absence.unattended.reasons.${value}`) }))}
          empty={t('console.all')}
        />
      </div>
      <Loaded query={list}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <EmptyState title={t('absence.unattended.empty')}>
              <p>{t('absence.unattended.empty-text')}</p>
            </EmptyState>
          ) : (
            <>
              <p role="status">{t('absence.unattended.sums', { total })}</p>
              <div className="button-row no-print">
                <Button type="button" look="secondary" small onClick={() => setChosen(rows.map((row) => row.id))}>
                  {t('absence.unattended.pick-all')}
                </Button>
                <CsvButton
                  name="ho-so-khong-nguoi-giu"
                  columns={[
                    { label: t('absence.unattended.column.code'), value: (row) => row.code },
                    { label: t('absence.unattended.column.procedure'), value: (row) => row.procedureName },
                    { label: t('absence.unattended.column.holder'), value: (row) => row.staffName },
                    { label: t('absence.unattended.column.reason'), value: (row) => why(t, row) },
                    { label: t('absence.unattended.column.due'), value: (row) => showShortInstant(row.dueAt) },
                  ]}
                  rows={rows}
                />
              </div>
              <GiveBar rows={rows.filter((row) => chosen.includes(row.id))} onDone={() => setChosen([])} />
              <Table
                caption={t('absence.tab.unattended')}
                hideCaption
                rows={rows}
                rowKey={(row) => row.id}
                columns={columns}
              />
              <Pager page={page} total={total} pageSize={PAGE_SIZE} onPage={(next) => set({ trang: String(next) })} />
            </>
          )
        }
      </Loaded>
    </>
  );
}
