import { Link } from '@tanstack/react-router';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import type { ReportPageType } from '../../../../modules/insight/reports/contract.ts';
import { listReportParts } from '../../../../modules/insight/reports/contract-rows.ts';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { CellPanel } from './cell-panel.tsx';
import { cellRow, cellTitle, showCell } from './words.ts';

type Part = ReplyOf<typeof listReportParts>['parts'][number];

/**
 * What a rolled-up number was added up from: of each unit below the version it has sent, with the same column of its total;
 * of the others the cell of this report.
 */
export function CellParts({
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
  const version = page.no > 0 ? { no: page.no } : {};
  const found = useCall(
    listReportParts,
    { params: { id: page.id }, query: { row, column, ...version } },
    { keep: true },
  );
  return (
    <CellPanel title={t('reports.parts-of', cellTitle(page, row, column))} close={close}>
      <Loaded query={found}>
        {({ parts, value }) => (
          <>
            <p role="status">
              {t('reports.parts-sum', {
                value: showCell(value),
                count: parts.filter((part) => part.value !== null).length,
              })}
            </p>
            <Table
              caption={t('reports.parts')}
              hideCaption
              rows={parts}
              rowKey={(part) => part.rowId}
              columns={[
                { id: 'unit', label: t('reports.unit'), rowHead: true, cell: (part) => part.unitName },
                {
                  id: 'value',
                  label: t('reports.parts-value'),
                  numeric: true,
                  cell: (part) => showCell(part.value),
                },
                {
                  id: 'from',
                  label: t('reports.parts-from'),
                  cell: (part) => <From part={part} page={page} row={row} column={column} />,
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </CellPanel>
  );
}

/** Leads to the cell the part is: of the sent version, or of this report where its dossiers were counted here. */
function From({
  part: { how, no, report, rowId },
  page,
  row,
  column,
}: {
  part: Part;
  page: ReportPageType;
  row: string;
  column: string;
}) {
  const t = useTranslate();
  // Of fixed rows the same row of the version holds the number; there is no total.
  const fixed = page.total === null;
  switch (how) {
    case 'sent':
      if (!report || no === null) return no === null ? t('reports.parts-sent') : t('reports.parts-hidden', { no });
      return (
        <>
          <Link
            to="/bao-cao/$id"
            params={{ id: report.id }}
            search={{ ban: String(no), ...(fixed ? {} : { dong: 'total', cot: column }) } as never}
          >
            {fixed
              ? t('reports.parts-version-row', { code: report.code, no, row: cellRow(page, row)?.label ?? '' })
              : t('reports.parts-version', { code: report.code, no, column })}
          </Link>{' '}
          {report.lastNo > no ? <Tag tone="amber">{t('reports.parts-newer', { no: report.lastNo })}</Tag> : null}
        </>
      );
    case 'dossiers':
      return (
        <Link
          to="."
          search={((before: object) => ({ ...before, dong: rowId, cot: column })) as never}
          resetScroll={false}
        >
          {t('reports.parts-dossiers')}
        </Link>
      );
    case 'register':
    case 'typed':
    case 'unsent':
    case 'computed':
      return t(`reports.parts-${how}`);
  }
}
