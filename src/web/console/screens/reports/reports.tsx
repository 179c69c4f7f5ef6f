import { Link } from '@tanstack/react-router';
import { formatNumberVi } from '../../../../core/text/numbers.ts';
import { listReportRegimes, type ReportLineType } from '../../../../modules/insight/reports/contract.ts';
import { listReports, MOST_LISTED, REPORT_SORTS } from '../../../../modules/insight/reports/contract-list.ts';
import { ButtonRow } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { CsvColumn } from '../../data/csv.ts';
import { stringifySearch, useFilters } from '../../data/filters.ts';
import { showDay } from '../../data/format.ts';
import { given, useCall } from '../../data/use-call.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Filters } from '../../ui/filters.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { MakeReport } from './make-report.tsx';
import { ReportProgress } from './progress.tsx';
import { lateText, lateTone, STATE_TONES } from './words.ts';

const ONLY = ['due', 'late', 'sent', 'done'] as const;

/** Reports to fill in, or received from the units below, the most urgent first. */
export default function Reports() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const page = Number(filters.trang) || 1;
  const side = filters.phia === 'nhan' ? 'receive' : 'fill';
  const only = ONLY.find((each) => each === filters.loc);
  const regimes = useCall(listReportRegimes, {});
  const sort = REPORT_SORTS.find((each) => each === filters.xep);
  const wish = {
    side,
    ...given({ only, sort, reportId: filters.bieu, periodId: filters.ky, q: filters.tim }),
  } as const;
  const list = useCall(listReports, { query: { ...wish, page } }, { keep: true });
  return (
    <>
      <ScreenHead title={t('reports.title')} />
      <p className="hint">{t('reports.intro')}</p>
      {side === 'receive' ? <ReportProgress reportId={filters.bieu} periodId={filters.ky} onList={set} /> : null}
      <Disclosure label={t('reports.make')}>{(close) => <MakeReport close={close} />}</Disclosure>
      <Filters chosen={Object.keys(wish).length - (side === 'fill' ? 1 : 0)}>
        <Select
          id="report-side"
          label={t('reports.side')}
          value={side}
          onChange={(value) => set({ phia: value === 'receive' ? 'nhan' : '', trang: '' })}
          options={(['fill', 'receive'] as const).map((value) => ({ value, label: t(`reports.${value}`) }))}
        />
        <Select
          id="report-only"
          label={t('reports.only')}
          value={only ?? ''}
          empty={t('reports.any')}
          onChange={(value) => set({ loc: value, trang: '' })}
          options={ONLY.map((value) => ({ value, label: t(`reports.${value}`) }))}
        />
        <Select
          id="report-kind"
          label={t('reports.report')}
          value={filters.bieu ?? ''}
          empty={t('reports.any-report')}
          onChange={(value) => set({ bieu: value, trang: '' })}
          options={(regimes.data?.rows ?? []).map((row) => ({ value: row.id, label: row.code }))}
        />
        <Select
          id="report-period"
          label={t('reports.period')}
          value={filters.ky ?? ''}
          empty={t('reports.any-period')}
          onChange={(value) => set({ ky: value, trang: '' })}
          options={(list.data?.periods ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Select
          id="report-sort"
          label={t('reports.sort')}
          value={sort ?? 'urgent'}
          onChange={(value) => set({ xep: value === 'urgent' ? '' : value, trang: '' })}
          options={REPORT_SORTS.map((value) => ({ value, label: t(`reports.sorts.${value}`) }))}
        />
        <SearchBox
          id="report-q"
          label={t('reports.search')}
          text={filters.tim}
          onText={(tim) => set({ tim, trang: '' })}
        />
      </Filters>
      <Loaded query={list}>
        {({ rows, total, pageSize }) =>
          rows.length === 0 ? (
            <EmptyState title={t('reports.empty')}>{t('reports.empty-text')}</EmptyState>
          ) : (
            <>
              <ReportTable rows={rows} workbook={`/api/reports/list.xlsx${stringifySearch(wish)}`} />
              {total > MOST_LISTED ? (
                <p className="hint">
                  {t('reports.list-long', { total: formatNumberVi(total), listed: formatNumberVi(MOST_LISTED) })}
                </p>
              ) : null}
              <Pager page={page} total={total} pageSize={pageSize} onPage={(next) => set({ trang: String(next) })} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function ReportTable({ rows, workbook }: { rows: readonly ReportLineType[]; workbook: string }) {
  const t = useTranslate();
  const csv: CsvColumn<ReportLineType>[] = [
    { label: t('reports.report'), value: (row) => row.reportCode },
    { label: t('reports.unit'), value: (row) => row.unitName },
    { label: t('reports.period'), value: (row) => row.periodName },
    { label: t('reports.deadline'), value: (row) => showDay(row.deadline) },
    { label: t('reports.state'), value: (row) => row.stateName },
    { label: t('reports.lateness'), value: (row) => lateText(t, row) },
  ];
  return (
    <>
      <Table
        caption={t('reports.title')}
        hideCaption
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          {
            id: 'report',
            label: t('reports.report'),
            rowHead: true,
            cell: (row) => (
              <>
                <Link to="/bao-cao/$id" params={{ id: row.id }} data-row="">
                  {row.reportCode}
                </Link>
                <span className="hint">{row.reportName}</span>
              </>
            ),
          },
          { id: 'unit', label: t('reports.unit'), cell: (row) => row.unitName },
          { id: 'period', label: t('reports.period'), cell: (row) => row.periodName },
          { id: 'deadline', label: t('reports.deadline'), cell: (row) => showDay(row.deadline) },
          {
            id: 'state',
            label: t('reports.state'),
            cell: (row) => <Tag tone={STATE_TONES[row.state]}>{row.stateName}</Tag>,
          },
          {
            id: 'late',
            label: t('reports.lateness'),
            cell: (row) => <Tag tone={lateTone(row)}>{lateText(t, row)}</Tag>,
          },
        ]}
      />
      <ButtonRow>
        <CsvButton name="bao-cao" columns={csv} rows={rows} label={t('reports.csv')} />
        <a className="button button--secondary button--small" href={workbook}>
          {t('reports.list-xlsx')}
        </a>
      </ButtonRow>
    </>
  );
}
