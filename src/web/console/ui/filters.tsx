import { type ReactNode, useId, useState } from 'react';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { useNarrow } from './use-narrow.ts';

/**
 * What a page is narrowed by. On a telephone a line that opens it, so that what is asked for comes first.
 * @param chosen how many of them are set
 */
export function Filters({ chosen, children }: { chosen: number; children: ReactNode }) {
  const t = useTranslate();
  const narrow = useNarrow();
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <div className="no-print">
      {narrow ? (
        <button
          type="button"
          className="fold__line"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <strong>{t('console.filters.title')}</strong>
          <span className="fold__figure">
            {chosen > 0 ? t('console.filters.chosen', { count: chosen }) : t('console.filters.none')}
          </span>
        </button>
      ) : null}
      <div id={id} className={narrow && !open ? 'filters fold__closed' : 'filters'}>
        {children}
      </div>
    </div>
  );
}
