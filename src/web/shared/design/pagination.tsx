import { useTranslate } from '../i18n/context.tsx';

/**
 * Links to the pages of a list. Pages count from 1; shows the first, the last and the neighbours of the current
 * one. `hrefFor` makes the address of a page. Nothing is shown for a single page.
 */
export function Pagination({
  page,
  pageCount,
  hrefFor,
}: {
  page: number;
  pageCount: number;
  hrefFor: (page: number) => string;
}) {
  const t = useTranslate();
  if (pageCount <= 1) return null;
  return (
    <nav aria-label={t('ui.pages.label')}>
      <ul className="pagination">
        {page > 1 ? (
          <li>
            <a href={hrefFor(page - 1)} rel="prev">
              {t('ui.pages.previous')}
            </a>
          </li>
        ) : null}
        {pagesToShow(page, pageCount).map((shown, index, all) => (
          <li key={shown}>
            {index > 0 && shown - (all[index - 1] ?? shown) > 1 ? <span aria-hidden="true">…</span> : null}
            <a
              href={hrefFor(shown)}
              aria-current={shown === page ? 'page' : undefined}
              aria-label={t('ui.pages.page', { page: shown })}
            >
              {shown}
            </a>
          </li>
        ))}
        {page < pageCount ? (
          <li>
            <a href={hrefFor(page + 1)} rel="next">
              {t('ui.pages.next')}
            </a>
          </li>
        ) : null}
      </ul>
    </nav>
  );
}

/** Page numbers worth showing, in order: 1, the current ± 1, the last. `pagesToShow(5, 9)` → 1 4 5 6 9. */
export function pagesToShow(page: number, pageCount: number): number[] {
  const wanted = new Set([1, page - 1, page, page + 1, pageCount]);
  return [...wanted].filter((candidate) => candidate >= 1 && candidate <= pageCount).sort((a, b) => a - b);
}
