import type { UseQueryResult } from '@tanstack/react-query';
import { EmptyState } from '../../shared/design/states.tsx';
import { type Column, Table } from '../../shared/design/table.tsx';
import { Loaded } from './loaded.tsx';
import { Pager } from './pager.tsx';

/** Rows on a page of the administrator's lists. */
export const PAGE_SIZE = 50;

/** A list of the administrator: waiting, failure, nothing found, or a table with its pager. */
export function PagedTable<Row>({
  query,
  caption,
  empty,
  rowKey,
  columns,
  page,
  onPage,
}: {
  query: UseQueryResult<{ rows: Row[]; total: number }>;
  caption: string;
  /** What is said where nothing fits. */
  empty: string;
  rowKey: (row: Row) => string;
  columns: readonly Column<Row>[];
  page: number;
  onPage: (page: number) => void;
}) {
  return (
    <Loaded query={query}>
      {({ rows, total }) =>
        rows.length === 0 ? (
          <EmptyState title={empty} />
        ) : (
          <>
            <Table caption={caption} hideCaption rows={rows} rowKey={rowKey} columns={columns} />
            <Pager page={page} total={total} pageSize={PAGE_SIZE} onPage={onPage} />
          </>
        )
      }
    </Loaded>
  );
}
