import { Button } from '../../shared/design/button.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import type { CursorList } from '../data/use-call.ts';

/** Foot of a list read by cursor: how many are shown, and the next ones. */
export function MoreRows<Row>({ list }: { list: CursorList<Row> }) {
  const t = useTranslate();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list.query;
  const count = list.rows?.length ?? 0;
  return (
    <div className="button-row no-print">
      <span role="status">{t(hasNextPage ? 'console.list.shown-of-more' : 'console.list.shown', { count })}</span>
      {hasNextPage ? (
        <Button type="button" look="secondary" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? t('ui.state.loading') : t('console.list.more')}
        </Button>
      ) : null}
    </div>
  );
}
