import type { ReactNode } from 'react';
import { useTranslate } from '../i18n/context.tsx';

/** Nothing to show yet, and what one can do about it. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Work under way; read out politely. */
export function Loading({ text }: { text?: string }) {
  const t = useTranslate();
  return (
    <div className="loading" role="status">
      {text ?? t('ui.state.loading')}
    </div>
  );
}

/** Something failed. `reference` is the number to give when asking for help. */
export function ErrorState({
  title,
  text,
  reference,
  children,
}: {
  title?: string;
  text?: string | undefined;
  reference?: string | undefined;
  children?: ReactNode;
}) {
  const t = useTranslate();
  return (
    <div className="state state--error" role="alert">
      <h2>{title ?? t('ui.state.error-title')}</h2>
      <p>{text ?? t('ui.state.error-text')}</p>
      {reference ? (
        <p>
          {t('ui.state.reference')}: <span className="code">{reference}</span>
        </p>
      ) : null}
      {children}
    </div>
  );
}

/** The reader may not see this, or it does not exist: the same words for both. */
export function ForbiddenState({ children }: { children?: ReactNode }) {
  const t = useTranslate();
  return (
    <div className="state">
      <h2>{t('ui.state.forbidden-title')}</h2>
      <p>{t('ui.state.forbidden-text')}</p>
      {children}
    </div>
  );
}
