import type { InputHTMLAttributes, ReactNode, TextareaHTMLAttributes } from 'react';
import { useTranslate } from '../i18n/context.tsx';

interface Wrapping {
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** Says "không bắt buộc" beside the label: what is asked is required unless it says otherwise. */
  optional?: boolean;
}

/** Value of aria-describedby for a control inside `FieldShell`: error first, then hint. */
export function describedBy(id: string, hint?: string, error?: string): string | undefined {
  const ids = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** Label, hint and error around any single control whose id is `id`. */
export function FieldShell({ id, label, hint, error, optional, children }: Wrapping & { children: ReactNode }) {
  const t = useTranslate();
  return (
    <div className={error ? 'field field--error' : 'field'}>
      <label htmlFor={id}>
        {label}
        {optional ? <span className="optional"> ({t('ui.field.optional')})</span> : null}
      </label>
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
    </div>
  );
}

/** One line of text. */
export function TextField({
  id,
  label,
  hint,
  error,
  optional,
  short,
  code,
  ...input
}: Wrapping & { short?: boolean; code?: boolean } & InputHTMLAttributes<HTMLInputElement>) {
  const className = ['input', short ? 'input--short' : '', code ? 'input--code' : ''].filter(Boolean).join(' ');
  return (
    <FieldShell id={id} label={label} hint={hint} error={error} optional={optional ?? false}>
      <input
        {...input}
        id={id}
        className={className}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
      />
    </FieldShell>
  );
}

/**
 * Several lines of text. A browser cuts a pasted text at `maxLength` and says nothing. Where the script knows the text
 * (`value`) all of it is kept, and the field says by how much it is too long; on pages without script the limit is told
 * beforehand.
 */
export function TextAreaField({
  id,
  label,
  hint,
  error,
  optional,
  maxLength,
  ...area
}: Wrapping & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const t = useTranslate();
  const length = typeof area.value === 'string' ? area.value.length : undefined;
  const over = maxLength === undefined || length === undefined ? 0 : length - maxLength;
  const max = maxLength ?? 0;
  const told = over > 0 ? t('ui.field.too-long', { max, over }) : error;
  const limit = maxLength !== undefined && length === undefined ? t('ui.field.at-most', { max }) : undefined;
  const said = [hint, limit].filter(Boolean).join(' ') || undefined;
  const left = maxLength !== undefined && over <= 0 && -over <= maxLength / 10 ? -over : undefined;
  return (
    <FieldShell id={id} label={label} hint={said} error={told} optional={optional ?? false}>
      <textarea
        {...area}
        {...(length === undefined && maxLength !== undefined ? { maxLength } : {})}
        ref={(box) => box?.setCustomValidity(over > 0 ? (told ?? '') : '')}
        id={id}
        className="input textarea"
        aria-invalid={told ? true : undefined}
        aria-describedby={describedBy(id, said, told)}
      />
      {length !== undefined && left !== undefined ? (
        <span className="hint" aria-live="polite">
          {t('ui.field.left', { left })}
        </span>
      ) : null}
    </FieldShell>
  );
}

/** One of a list, closed. `value` is the chosen one (server rendered: defaultValue). */
export function SelectField({
  id,
  label,
  hint,
  error,
  optional,
  name,
  value,
  options,
}: Wrapping & {
  name: string;
  value?: string | undefined;
  options: readonly { value: string; label: string }[];
}) {
  return (
    <FieldShell id={id} label={label} hint={hint} error={error} optional={optional ?? false}>
      <select
        id={id}
        name={name}
        className="select"
        defaultValue={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldShell>
  );
}

/** One of a few, all in sight. */
export function RadioField({
  id,
  label,
  hint,
  error,
  name,
  value,
  options,
}: Omit<Wrapping, 'optional'> & {
  name: string;
  value?: string | undefined;
  options: readonly { value: string; label: string; hint?: string }[];
}) {
  const t = useTranslate();
  return (
    <fieldset
      className={error ? 'field field--error' : 'field'}
      aria-describedby={describedBy(id, hint, error)}
      id={id}
    >
      <legend>{label}</legend>
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
      {options.map((option) => (
        <div className="radio" key={option.value}>
          <input
            type="radio"
            id={`${id}-${option.value}`}
            name={name}
            value={option.value}
            defaultChecked={option.value === value}
            aria-describedby={option.hint ? `${id}-${option.value}-hint` : undefined}
          />
          <label htmlFor={`${id}-${option.value}`}>
            {option.label}
            {option.hint ? (
              <span className="hint" id={`${id}-${option.value}-hint`}>
                {option.hint}
              </span>
            ) : null}
          </label>
        </div>
      ))}
    </fieldset>
  );
}
