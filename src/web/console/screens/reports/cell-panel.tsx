import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '../../../shared/design/button.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';

/** What stands behind a cell, below the sheet: shown and read as soon as it opens. */
export function CellPanel({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  const t = useTranslate();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="panel" aria-labelledby="cell-panel">
      <h2 id="cell-panel" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
      <Button type="button" look="link" onClick={close}>
        {t('reports.rows-close')}
      </Button>
    </section>
  );
}
