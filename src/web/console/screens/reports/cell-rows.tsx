import { useState } from 'react';
import type { ReportPageType } from '../../../../modules/insight/reports/contract.ts';
import { listReportRows } from '../../../../modules/insight/reports/contract-rows.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showDay } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { DossierLink } from '../../ui/dossier-link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';
import { CellPanel } from './cell-panel.tsx';
import { cellRow, cellTitle, showCell } from './words.ts';

/** The dossiers behind a cell. What was sent stays as it was; the dossiers are those of now, and a difference is said. */
export function CellRows({
  page,
  row,
  column,
  close,
}: {
  page: ReportPageType;
  row: string;
  column: string;
  close: () => void;
}) {
  const t = useTranslate();
  const [at, setAt] = useState(1);
  const version = page.no > 0 ? { no: page.no } : {};
  const query = { row, column, page: at, ...version };
  const rows = useCall(listReportRows, { params: { id: page.id }, query }, { keep: true });
  const shown = cellRow(page, row)?.cells[column];
  return (
    <CellPanel title={t('reports.rows-of', cellTitle(page, row, column))} close={close}>
      <Loaded query={rows}>
        {(reply) => (
          <>
            <p role="status">
              {t('reports.rows-count', { count: showCell(reply.total) })}
              {typeof shown === 'number' && shown !== reply.total
                ? ` ${t('reports.rows-differ', { shown: showCell(shown) })}`
                : ''}
              {reply.hidden > 0 ? ` ${t('reports.rows-hidden', { count: showCell(reply.hidden) })}` : ''}
            </p>
            <p className="hint">
              {t('reports.rows-counts', {
                counts: reply.counts.map((count) => t(`reports.counts.${count}`)).join('; '),
              })}
            </p>
            {reply.rows.length === 0 ? null : (
              <Table
                caption={t('reports.rows')}
                hideCaption
                rows={reply.rows}
                rowKey={(one) => one.dossierId}
                columns={[
                  {
                    id: 'code',
                    label: t('console.list.code'),
                    rowHead: true,
                    cell: (one) => <DossierLink id={one.dossierId} code={one.code} />,
                  },
                  { id: 'procedure', label: t('console.list.procedure-code'), cell: (one) => one.procedureCode },
                  { id: 'unit', label: t('reports.unit'), cell: (one) => one.unitName },
                  { id: 'received', label: t('metrics.received'), cell: (one) => showDay(one.receivedDay) },
                  { id: 'ended', label: t('metrics.ended'), cell: (one) => showDay(one.endedDay) },
                ]}
              />
            )}
            <Pager page={at} total={reply.total - reply.hidden} pageSize={reply.pageSize} onPage={setAt} />
          </>
        )}
      </Loaded>
    </CellPanel>
  );
}
