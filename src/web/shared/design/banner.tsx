import type { ReactNode } from 'react';
import type { BannerText } from '../../../modules/onestop/portal/rules/page-context.ts';

/** A strip over the whole page: which era this is, that it is a training system, that work is planned. */
export function Banner({ tone, word, text }: BannerText) {
  return (
    <aside className={tone === 'info' ? 'banner' : `banner banner--${tone}`} aria-label={word}>
      <p>
        <span className="banner__word">{word}.</span> {text}
      </p>
    </aside>
  );
}

/** A remark inside a page. */
export function Note({
  tone = 'info',
  children,
}: {
  tone?: 'info' | 'success' | 'warning' | 'danger';
  children: ReactNode;
}) {
  return <div className={tone === 'info' ? 'note' : `note note--${tone}`}>{children}</div>;
}
