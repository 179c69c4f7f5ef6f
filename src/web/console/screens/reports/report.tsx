import { Link, useParams } from '@tanstack/react-router';
import { Fragment } from 'react';
import { getReport, type ReportPageType } from '../../../../modules/insight/reports/contract.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Facts, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { showDay, showInstant, showShortInstant } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { CellParts } from './cell-parts.tsx';
import { CellRows } from './cell-rows.tsx';
import { ImportCells } from './import-cells.tsx';
import { ReportForm } from './report-form.tsx';
import { leadsToParts } from './sheet.tsx';
import { cellRow, lateText, lateTone, STATE_TONES } from './words.ts';

/** One report: the filled form, what is typed, invariants, acts, every version and the history. */
export default function Report() {
  const t = useTranslate();
  const { id = '' } = useParams({ strict: false });
  const [filters, set] = useFilters();
  const no = Number(filters.ban) || undefined;
  const report = useCall(getReport, { params: { id }, query: no ? { no } : {} }, { keep: true });
  return (
    <Loaded query={report} title={t('reports.menu')}>
      {(page) => (
        <>
          <ScreenHead title={page.reportCode}>
            <Link to="/bao-cao">{t('reports.back')}</Link>
          </ScreenHead>
          <p>
            <strong>{page.reportName}</strong>
          </p>
          <p aria-live="polite">
            <Tag tone={STATE_TONES[page.state]}>{page.stateName}</Tag>{' '}
            <Tag tone={lateTone(page)}>{lateText(t, page)}</Tag>{' '}
            {page.withheld
              ? ''
              : page.no === 0
                ? t('reports.draft', { at: showInstant(page.computedAt) })
                : `${t('reports.version', { no: page.no })}. ${t('reports.computed', { at: showInstant(page.computedAt) })}`}
          </p>
          <Facts
            items={[
              { term: t('reports.unit'), value: page.unitName },
              { term: t('reports.period'), value: page.periodName },
              { term: t('reports.cutoff'), value: t(`reports.cutoff-${page.cutoff}`) },
              { term: t('reports.deadline'), value: showDay(page.deadline) },
              { term: t('reports.receiver'), value: page.receiverName },
            ]}
          />
          <SentBack page={page} />
          {page.verified ? null : <Note tone="warning">{t('reports.unverified', { doubt: page.doubt })}</Note>}
          {page.withheld ? (
            <Note>{t('reports.withheld', { unit: page.unitName })}</Note>
          ) : (
            <Content page={page} no={no} filters={filters} set={set} />
          )}
          <Versions page={page} onOpen={(number) => set({ ban: String(number) })} />
          <Told page={page} />
          <History page={page} />
        </>
      )}
    </Loaded>
  );
}

/** The figures: papers to take along, the form, what stands behind a cell. */
function Content({
  page,
  no,
  filters,
  set,
}: {
  page: ReportPageType;
  /** The version asked for. */
  no: number | undefined;
  filters: ReturnType<typeof useFilters>[0];
  set: ReturnType<typeof useFilters>[1];
}) {
  const t = useTranslate();
  return (
    <>
      <p className="no-print">
        {(['pdf', 'docx', 'xlsx', 'csv'] as const).map((kind, at) => (
          <Fragment key={kind}>
            {at === 0 ? '' : ' · '}
            <a href={`/api/reports/${page.id}/sheet.${kind}${no ? `?no=${no}` : ''}`}>{t(`reports.${kind}`)}</a>
          </Fragment>
        ))}
        {no ? (
          <>
            {' · '}
            <button type="button" className="button button--link" onClick={() => set({ ban: '' })}>
              {t('reports.back-current')}
            </button>
          </>
        ) : null}
      </p>
      <ImportCells key={`import-${page.version}`} page={page} />
      <ReportForm
        key={`${page.version}-${page.no}`}
        page={page}
        onOpen={(row, column) => set({ dong: row, cot: column }, { stay: true })}
      />
      {filters.dong && filters.cot ? (
        <BehindCell
          key={`${filters.dong} ${filters.cot}`}
          page={page}
          row={filters.dong}
          column={filters.cot}
          close={() => set({ dong: '', cot: '' }, { stay: true })}
        />
      ) : null}
    </>
  );
}

/** Why the report is in the unit's hands again, before anything else is read. */
function SentBack({ page }: { page: ReportPageType }) {
  const t = useTranslate();
  const act = { returned: 'return', reopened: 'reopen' }[page.state as string];
  const last = page.history.findLast((one) => one.act === act);
  if (!last) return null;
  const { by, reason } = last;
  return (
    <Note tone="warning">{t(`reports.sent-back.${page.state}`, { by, at: showShortInstant(last.at), reason })}</Note>
  );
}

/** What stands behind a cell: what units below have sent, or dossiers. */
function BehindCell(cell: Parameters<typeof CellRows>[0]) {
  const row = cellRow(cell.page, cell.row);
  const column = cell.page.columns.find((one) => one.no === cell.column);
  return row && column && leadsToParts(row, column) ? <CellParts {...cell} /> : <CellRows {...cell} />;
}

function Versions({ page, onOpen }: { page: ReportPageType; onOpen: (no: number) => void }) {
  const t = useTranslate();
  if (page.versions.length === 0) return <p className="hint">{t('reports.no-versions')}</p>;
  return (
    <Table
      caption={t('reports.versions')}
      rows={page.versions}
      rowKey={(row) => String(row.no)}
      columns={[
        {
          id: 'no',
          label: t('reports.told-version'),
          rowHead: true,
          cell: (row) => (
            <button type="button" className="button button--link" onClick={() => onOpen(row.no)}>
              {t('reports.version', { no: row.no })}
            </button>
          ),
        },
        { id: 'at', label: t('reports.sent-at'), cell: (row) => showShortInstant(row.sentAt) },
        { id: 'by', label: t('reports.sent-by'), cell: (row) => row.sentBy },
        {
          id: 'late',
          label: t('reports.lateness'),
          cell: (row) => (row.lateDays > 0 ? t('reports.late-days', { days: row.lateDays }) : t('reports.in-time')),
        },
        { id: 'reason', label: t('reports.reason'), cell: (row) => row.reason },
        {
          id: 'digest',
          label: t('reports.digest'),
          cell: (row) => <span className="code">{row.digest.slice(0, 12)}</span>,
        },
      ]}
    />
  );
}

/** What the system of the level above said of the versions. */
function Told({ page }: { page: ReportPageType }) {
  const t = useTranslate();
  if (page.told.length === 0) return null;
  return (
    <Table
      caption={t('reports.told')}
      rows={page.told}
      rowKey={(row) => `${row.no} ${row.at} ${row.status}`}
      columns={[
        {
          id: 'no',
          label: t('reports.told-version'),
          rowHead: true,
          cell: (row) => t('reports.version', { no: row.no }),
        },
        { id: 'status', label: t('reports.state'), cell: (row) => t(`reports.told-${row.status}`) },
        { id: 'reason', label: t('reports.reason'), cell: (row) => row.reason },
        { id: 'at', label: t('reports.at'), cell: (row) => showShortInstant(row.at) },
        { id: 'by', label: t('reports.told-by'), cell: (row) => row.by },
      ]}
    />
  );
}

function History({ page }: { page: ReportPageType }) {
  const t = useTranslate();
  return (
    <Table
      caption={t('reports.history')}
      rows={page.history.map((each, at) => ({ ...each, key: String(at) }))}
      rowKey={(row) => row.key}
      columns={[
        { id: 'act', label: t('reports.act'), rowHead: true, cell: (row) => t(`reports.acts.${row.act}`) },
        { id: 'at', label: t('reports.at'), cell: (row) => showShortInstant(row.at) },
        { id: 'by', label: t('reports.by'), cell: (row) => row.by },
        { id: 'state', label: t('reports.state'), cell: (row) => row.stateName },
        { id: 'reason', label: t('reports.reason'), cell: (row) => row.reason },
      ]}
    />
  );
}
