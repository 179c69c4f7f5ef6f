import type { ReactNode } from 'react';
import { describedBy } from '../design/field.tsx';
import { useTranslate } from '../i18n/context.tsx';

/** Several inputs that are one question: legend, hint and error read with them. */
export function QuestionSet({
  id,
  label,
  hint,
  error,
  isRequired,
  isLinkTarget = false,
  children,
}: {
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  isRequired: boolean;
  /** The summary links to the set itself, where no single input bears its id. */
  isLinkTarget?: boolean;
  children: ReactNode;
}) {
  const t = useTranslate();
  return (
    <fieldset
      id={isLinkTarget ? id : `${id}-set`}
      tabIndex={isLinkTarget ? -1 : undefined}
      className={error ? 'field field--error' : 'field'}
      aria-describedby={describedBy(id, hint, error)}
    >
      <legend>
        {label}
        {isRequired ? null : <span className="optional"> ({t('ui.field.optional')})</span>}
      </legend>
      {hint ? (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      ) : null}
      {error ? (
        <span className="error-message" id={`${id}-error`}>
          <span className="visually-hidden">{t('ui.field.error')}: </span>
          {error}
        </span>
      ) : null}
      {children}
    </fieldset>
  );
}
