import { formatPercentVi } from '../../../core/text/numbers.ts';
import { BOARD_ORDERS } from '../../../modules/onestop/portal/rules/board-order.ts';
import type { BoardRate, BoardView } from '../../../modules/onestop/portal/rules/browse-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { Button } from '../../shared/design/button.tsx';
import { SelectField } from '../../shared/design/field.tsx';
import { Pagination } from '../../shared/design/pagination.tsx';
import { EmptyState } from '../../shared/design/states.tsx';
import { type Column, Table } from '../../shared/design/table.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { BoardSummary } from '../board-summary.tsx';
import { Layout } from '../layout.tsx';
import { listHref } from '../list-href.ts';

type Row = BoardView['rows'][number];

export function BoardPage({ props, ctx }: { props: BoardView; ctx: PageContext }) {
  const t = useTranslate();
  const monthText = props.months.find((month) => month.value === props.month)?.text ?? props.month;
  const rates = [
    { id: 'inTime', key: 'portal.board.on-time-rate' },
    { id: 'early', key: 'portal.board.early-rate' },
    { id: 'late', key: 'portal.board.late-rate' },
    { id: 'openLate', key: 'portal.board.open-late-rate' },
  ] as const;
  const columns: Column<Row>[] = [
    { id: 'unit', label: t('portal.board.unit'), rowHead: true, cell: (row) => row.unitName },
    ...rates.map(({ id, key }) => ({
      id,
      label: t(key),
      numeric: true,
      cell: (row: Row) => rateText(row[id], t('portal.board.few')),
    })),
  ];
  return (
    <Layout ctx={ctx} title={t('portal.board.title')}>
      <h1>{t('portal.board.title')}</h1>
      <form method="get" action="/tinh-hinh" className="filters no-print">
        <SelectField
          id="thang"
          name="thang"
          label={t('portal.board.month')}
          value={props.month}
          options={props.months.map((m) => ({ value: m.value, label: m.text }))}
        />
        <SelectField
          id="xep"
          name="xep"
          label={t('portal.board.order')}
          value={props.order}
          options={BOARD_ORDERS.map((order) => ({ value: order, label: t(`portal.board.order-${order}`) }))}
        />
        <Button look="secondary">{t('portal.board.show')}</Button>
      </form>
      <BoardSummary month={monthText} figures={props.total} />
      <p className="no-print">
        <a href="/chi-so">{t('portal.indices.title')}</a>
        {' · '}
        <a href="/khao-sat">{t('portal.survey.list.title')}</a>
      </p>
      {props.rows.length === 0 ? (
        <EmptyState title={t('portal.board.none')} />
      ) : (
        <>
          <Table
            caption={t('portal.board.by-unit', { month: monthText })}
            columns={columns}
            rows={props.rows}
            rowKey={(row) => row.unitId}
          />
          {props.pages ? (
            <Pagination
              {...props.pages}
              hrefFor={(page) => listHref('/tinh-hinh', { thang: props.month, xep: props.order }, page)}
            />
          ) : null}
        </>
      )}
      {props.rows.length === 0 ? null : (
        <p className="no-print">
          <a href={fileHref('xlsx', props)}>{t('portal.board.xlsx')}</a>
          {' · '}
          <a href={fileHref('csv', props)}>{t('portal.board.csv')}</a>
        </p>
      )}
      <p>
        <a href="/xin-loi">{t('portal.board.apologies')}</a>
      </p>
      <p className="hint-inline">{t('portal.board.explained')}</p>
      <p className="hint-inline">{t('portal.board.few-explained', { count: props.minimum })}</p>
      <p className="hint-inline">{t('portal.board.as-of', { when: props.asOf })}</p>
    </Layout>
  );
}

const fileHref = (kind: 'csv' | 'xlsx', { month, order }: BoardView): string =>
  `/tinh-hinh.${kind}?${new URLSearchParams({ thang: month, xep: order }).toString()}`;

/** `97,5 %`; a dash where there is nothing to measure. */
function rateText(rate: BoardRate, few: string): string {
  if (rate === 'few') return few;
  return rate === null ? '—' : formatPercentVi(rate, 1);
}
