import type { ReactNode } from 'react';
import { useTranslate } from '../i18n/context.tsx';

/** One column: how its head reads and what a row shows in it. */
export interface Column<Row> {
  id: string;
  label: string;
  cell: (row: Row) => ReactNode;
  /** Right-aligned figures. */
  numeric?: boolean;
  /** The cell that names the row; read out as the row's head. Give it to exactly one column. */
  rowHead?: boolean;
  /** Link that sorts by this column; `sorted` says how it stands now. */
  sortHref?: string;
  sorted?: 'ascending' | 'descending';
}

/** A table with a caption; on narrow screens each row becomes a card whose cells bear their column's name. */
export function Table<Row>({
  caption,
  hideCaption = false,
  columns,
  rows,
  rowKey,
  foot,
}: {
  caption: string;
  hideCaption?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  foot?: ReactNode;
}) {
  return (
    <div className="table-wrap">
      <table className="table table--cards">
        <caption className={hideCaption ? 'visually-hidden' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <Cell key={column.id} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
        {foot ? <tfoot>{foot}</tfoot> : null}
      </table>
    </div>
  );
}

function Head<Row>({ column }: { column: Column<Row> }) {
  const t = useTranslate();
  return (
    <th scope="col" className={column.numeric ? 'numeric' : undefined} aria-sort={column.sorted}>
      {column.sortHref ? (
        <a href={column.sortHref}>
          {column.label}
          <span aria-hidden="true">{column.sorted === 'ascending' ? ' ▲' : column.sorted ? ' ▼' : ''}</span>
          <span className="visually-hidden"> ({t('ui.table.sort')})</span>
        </a>
      ) : (
        column.label
      )}
    </th>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const className = column.numeric ? 'numeric' : undefined;
  if (column.rowHead) {
    return (
      <th scope="row" className={className}>
        {column.cell(row)}
      </th>
    );
  }
  return (
    <td className={className} data-label={column.label}>
      {column.cell(row)}
    </td>
  );
}

/** Terms with their values, two columns; values that are empty are left out. */
export function Facts({ items }: { items: readonly { term: string; value: ReactNode }[] }) {
  const shown = items.filter((item) => item.value !== null && item.value !== undefined && item.value !== '');
  return (
    <dl className="facts">
      {shown.map((item) => (
        <FactsRow key={item.term} term={item.term} value={item.value} />
      ))}
    </dl>
  );
}

function FactsRow({ term, value }: { term: string; value: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </>
  );
}
