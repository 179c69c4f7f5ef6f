import { type ReactNode, useEffect } from 'react';
import { useTranslate } from '../../shared/i18n/context.tsx';

/** Title of a screen, in the page and in the window's tab, with its actions beside it. */
export function ScreenHead({ title, children }: { title: string; children?: ReactNode }) {
  const t = useTranslate();
  useEffect(() => {
    document.title = `${title} – ${t('console.product')}`;
  }, [title, t]);
  return (
    <div className="screen-head">
      <h1>{title}</h1>
      {children ? <div className="screen-head__actions no-print">{children}</div> : null}
    </div>
  );
}
