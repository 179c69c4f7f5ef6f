import { Button } from '../../shared/design/button.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';

/** Back and forth through a list whose length is known; nothing for a single page. */
export function Pager({
  page,
  total,
  pageSize,
  onPage,
}: {
  page: number;
  total: number;
  pageSize: number;
  onPage: (page: number) => void;
}) {
  const t = useTranslate();
  const pages = Math.max(1, Math.ceil(total / pageSize));
  return (
    <div className="button-row no-print">
      <span role="status">{t('console.pager.total', { count: total })}</span>
      {pages > 1 ? (
        <>
          <Button type="button" look="secondary" small disabled={page <= 1} onClick={() => onPage(page - 1)}>
            {t('ui.pages.previous')}
          </Button>
          <span>{t('console.pager.page', { page, pages })}</span>
          <Button type="button" look="secondary" small disabled={page >= pages} onClick={() => onPage(page + 1)}>
            {t('ui.pages.next')}
          </Button>
        </>
      ) : null}
    </div>
  );
}
