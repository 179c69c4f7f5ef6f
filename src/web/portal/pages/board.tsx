import { formatNumberVi } from '../../../core/text/numbers.ts';
import { BOARD_ORDERS } from '../../../modules/onestop/portal/rules/board-order.ts';
import type { BoardFigures, BoardView } from '../../../modules/onestop/portal/rules/browse-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { Button } from '../../shared/design/button.tsx';
import { SelectField } from '../../shared/design/field.tsx';
import { EmptyState } from '../../shared/design/states.tsx';
import { type Column, Table } from '../../shared/design/table.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { BoardSummary, onTimeRate } from '../board-summary.tsx';
import { Layout } from '../layout.tsx';

type Row = BoardView['rows'][number];

export function BoardPage({ props, ctx }: { props: BoardView; ctx: PageContext }) {
  const t = useTranslate();
  const monthText = props.months.find((month) => month.value === props.month)?.text ?? props.month;
  const figures: readonly { id: keyof BoardFigures; key: string }[] = [
    { id: 'received', key: 'portal.board.received' },
    { id: 'resolved', key: 'portal.board.resolved' },
    { id: 'early', key: 'portal.board.early' },
    { id: 'onTime', key: 'portal.board.on-time' },
    { id: 'late', key: 'portal.board.late' },
    { id: 'open', key: 'portal.board.open' },
    { id: 'openLate', key: 'portal.board.open-late' },
  ];
  const columns: Column<Row>[] = [
    { id: 'unit', label: t('portal.board.unit'), rowHead: true, cell: (row) => row.unitName },
    ...figures.map((figure) => ({
      id: figure.id,
      label: t(figure.key),
      numeric: true,
      cell: (row: Row) => formatNumberVi(row[figure.id]),
    })),
    { id: 'rate', label: t('portal.board.on-time-rate'), numeric: true, cell: (row) => onTimeRate(row) ?? '—' },
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
      {props.rows.length === 0 ? (
        <EmptyState title={t('portal.board.none')} />
      ) : (
        <Table
          caption={t('portal.board.by-unit', { month: monthText })}
          columns={columns}
          rows={props.rows}
          rowKey={(row) => row.unitId}
        />
      )}
      <p>
        <a href="/xin-loi">{t('portal.board.apologies')}</a>
      </p>
      <p className="hint-inline">{t('portal.board.explained')}</p>
      <p className="hint-inline">{t('portal.board.as-of', { when: props.asOf })}</p>
    </Layout>
  );
}
