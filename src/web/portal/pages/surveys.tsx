import { formatNumberVi } from '../../../core/text/numbers.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import type { ClosedSurveysView } from '../../../modules/onestop/portal/rules/survey-views.ts';
import { Button } from '../../shared/design/button.tsx';
import { TextField } from '../../shared/design/field.tsx';
import { Pagination } from '../../shared/design/pagination.tsx';
import { EmptyState } from '../../shared/design/states.tsx';
import { type Column, Table } from '../../shared/design/table.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { Layout } from '../layout.tsx';
import { listHref } from '../list-href.ts';
import { figureText, intervalText } from '../survey-figure.ts';
import { dayText } from '../wording.ts';

/** Every closed survey with its index; one click from all of its figures. */
export function SurveysPage({ props, ctx }: { props: ClosedSurveysView; ctx: PageContext }) {
  const t = useTranslate();
  const columns: Column<ClosedSurveysView['rows'][number]>[] = [
    {
      id: 'name',
      label: t('portal.survey.list.name'),
      rowHead: true,
      cell: (row) => <a href={`/khao-sat/ket-qua/${encodeURIComponent(row.code)}`}>{row.name}</a>,
    },
    { id: 'unit', label: t('portal.survey.list.unit'), cell: (row) => row.unitName },
    {
      id: 'finished',
      label: t('portal.survey.list.finished'),
      cell: ({ finished }) => t('portal.survey.list.days', { from: dayText(finished.from), to: dayText(finished.to) }),
    },
    { id: 'closed', label: t('portal.survey.list.closed'), cell: (row) => dayText(row.closedOn) },
    {
      id: 'n',
      label: t('portal.survey.results.n'),
      numeric: true,
      cell: ({ overall }) => (overall.n === null ? t('portal.survey.results.few') : formatNumberVi(overall.n)),
    },
    {
      id: 'percent',
      label: t('portal.survey.results.percent'),
      numeric: true,
      cell: (row) => figureText(t, row.overall),
    },
    {
      id: 'interval',
      label: t('portal.survey.results.interval'),
      numeric: true,
      cell: (row) => intervalText(t, row.overall),
    },
  ];
  return (
    <Layout ctx={ctx} title={t('portal.survey.list.title')}>
      <h1>{t('portal.survey.list.title')}</h1>
      <p className="lead">{t('portal.survey.list.lead')}</p>
      {props.total === 0 && props.q === '' ? null : (
        <form method="get" action="/khao-sat" className="filters no-print">
          <TextField id="q" name="q" label={t('portal.survey.list.find')} value={props.q} />
          <Button look="secondary">{t('portal.survey.list.show')}</Button>
        </form>
      )}
      {props.total === 0 ? (
        <EmptyState
          title={props.q === '' ? t('portal.survey.list.none') : t('portal.survey.list.none-q', { q: props.q })}
        >
          {props.q === '' ? null : (
            <p>
              <a href="/khao-sat">{t('portal.survey.list.show-all')}</a>
            </p>
          )}
        </EmptyState>
      ) : (
        <>
          <p aria-live="polite">{t('portal.survey.list.count', { total: formatNumberVi(props.total) })}</p>
          <Table
            caption={t('portal.survey.list.title')}
            hideCaption
            columns={columns}
            rows={props.rows}
            rowKey={(row) => row.code}
          />
          <Pagination
            page={props.page}
            pageCount={props.pageCount}
            hrefFor={(page) => listHref('/khao-sat', { q: props.q }, page)}
          />
        </>
      )}
      <p className="no-print">
        <a href="/chi-so">{t('portal.indices.title')}</a>
        {' · '}
        <a href="/tinh-hinh">{t('portal.board.title')}</a>
      </p>
    </Layout>
  );
}
