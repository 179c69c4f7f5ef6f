import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import {
  listMetricRows,
  type MetricRowType,
  type StepVisitType,
} from '../../../../modules/insight/metrics/contract.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showDay, showShortInstant } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { DossierLink } from '../../ui/dossier-link.tsx';
import { Fold } from '../../ui/fold.tsx';
import { PAGE_SIZE, PagedTable } from '../../ui/paged-table.tsx';
import { Select } from '../../ui/select.tsx';
import type { Asked } from './metrics.tsx';
import { VisitTable, visitCsv } from './visit-table.tsx';

const SIDES = ['numerator', 'denominator'] as const;

/** The dossiers a figure counts, or the visits of dossiers to steps. */
export function MetricRows({
  asked,
  fact,
  hasDenominator,
  title,
}: {
  asked: Asked;
  fact: 'dossier' | 'visit';
  hasDenominator: boolean;
  /** Where “rows behind the figure” does not say which. */
  title?: string;
}) {
  const t = useTranslate();
  const heading = title ?? t(fact === 'visit' ? 'metrics.rows-visits' : 'metrics.rows');
  const [page, setPage] = useState(1);
  const [chosen, setSide] = useState<(typeof SIDES)[number]>('numerator');
  const side = hasDenominator ? chosen : 'numerator';
  const query = useCall(listMetricRows, { query: { ...asked, side, page, pageSize: PAGE_SIZE } }, { keep: true });
  const rows = query.data?.rows ?? [];
  const hidden = query.data?.hidden ?? 0;
  const visits = query.data?.visits ?? [];
  const total = (query.data?.total ?? 0) - hidden;
  const visible = query.data && { ...query, data: { rows, total } };
  const visited = { ...query, data: query.data && { rows: visits, total } } as UseQueryResult<{
    rows: StepVisitType[];
    total: number;
  }>;
  return (
    <Fold id="rows" title={heading} panel>
      <div className="filters no-print">
        {hasDenominator ? (
          <Select
            id="metric-side"
            label={t('metrics.side')}
            value={side}
            onChange={(value) => {
              setSide(SIDES.find((one) => one === value) ?? 'numerator');
              setPage(1);
            }}
            options={SIDES.map((value) => ({
              value,
              label: t(`metrics.${fact === 'visit' ? 'sides-visits' : 'sides'}.${value}`),
            }))}
          />
        ) : null}
        {fact === 'visit' ? (
          <CsvButton name="so-lieu-luot" label={t('metrics.csv-page')} columns={visitCsv(t)} rows={visits} />
        ) : (
          <CsvButton
            name="so-lieu-ho-so"
            label={t('metrics.csv-page')}
            columns={[
              { label: t('console.list.code'), value: (row) => row.code },
              { label: t('console.list.procedure-code'), value: (row) => row.procedureCode },
              { label: t('console.list.procedure'), value: (row) => row.procedureName },
              { label: t('metrics.unit'), value: (row) => row.unitName },
              { label: t('metrics.received'), value: (row) => showDay(row.receivedDay) },
              { label: t('metrics.due'), value: (row) => showShortInstant(row.dueAt) },
              { label: t('metrics.ended'), value: (row) => showDay(row.endedDay) },
              { label: t('metrics.lateness'), value: (row) => row.latenessMinutes },
              { label: t('metrics.work-minutes'), value: (row) => row.workMinutes },
            ]}
            rows={rows}
          />
        )}
      </div>
      {hidden > 0 ? (
        <p role="status">{t(fact === 'visit' ? 'metrics.hidden-visits' : 'metrics.hidden', { count: hidden })}</p>
      ) : null}
      {fact === 'visit' ? (
        <VisitTable query={visited} caption={heading} page={page} onPage={setPage} />
      ) : (
        <PagedTable<MetricRowType>
          query={visible ?? query}
          caption={heading}
          empty={t('metrics.empty')}
          rowKey={(row) => row.dossierId}
          page={page}
          onPage={setPage}
          columns={[
            {
              id: 'code',
              label: t('console.list.code'),
              rowHead: true,
              cell: (row) => <DossierLink id={row.dossierId} code={row.code} />,
            },
            { id: 'procedure', label: t('console.list.procedure'), cell: (row) => row.procedureName },
            { id: 'unit', label: t('metrics.unit'), cell: (row) => row.unitName },
            { id: 'received', label: t('metrics.received'), cell: (row) => showDay(row.receivedDay) },
            { id: 'due', label: t('metrics.due'), cell: (row) => showShortInstant(row.dueAt) },
            { id: 'ended', label: t('metrics.ended'), cell: (row) => showDay(row.endedDay) },
          ]}
        />
      )}
    </Fold>
  );
}
