import { useEffect, useRef, useState } from 'react';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { ApiError } from '../api-error.ts';

/**
 * Why an act was refused, with the fields the server named; comes into sight. Nothing while all is well.
 * `reasonId`: of a field for the reason that says itself when one lacks (`reasonLacks`); it is said only there.
 */
export function FailureNote({ error, reasonId }: { error: unknown; reasonId?: string }) {
  const t = useTranslate();
  const saidAtReason = reasonId !== undefined && reasonLacks(error) !== undefined;
  const note = useRef<HTMLDivElement>(null);
  const [form, setForm] = useState<Element | null>(null);
  // The button that was pressed stands at the end of a long form, the note at its beginning.
  useEffect(() => {
    if (saidAtReason) document.getElementById(reasonId)?.focus();
    if (error === undefined || error === null || saidAtReason) return;
    setForm(note.current?.closest('form') ?? null);
    note.current?.scrollIntoView({ block: 'nearest' });
    // A button that was disabled while the act ran has lost the focus: nobody who goes by keys is left outside of the form.
    if (document.activeElement?.contains(note.current) ?? true) note.current?.focus({ preventScroll: true });
  }, [error, reasonId, saidAtReason]);
  if (error === undefined || error === null || saidAtReason) return null;
  const fields = error instanceof ApiError ? error.fields.filter((field) => field.message !== '') : [];
  return (
    <div className="note note--danger" role="alert" ref={note} tabIndex={-1}>
      <p>{error instanceof ApiError ? error.message : t('console.network')}</p>
      {error instanceof ApiError && error.code === 'row/stale' ? (
        // What was typed stays here: the newer version opens beside it.
        <p>
          <a href={window.location.href} target="_blank" rel="noreferrer">
            {t('console.newer')}
          </a>
        </p>
      ) : null}
      {fields.length > 0 ? (
        <ul>
          {fields.map((field) => (
            <li key={`${field.path} ${field.code}`}>
              {[labelOf(field.path, form), field.message].filter(Boolean).join(': ')}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** What to say at the field for a reason, where the act was refused for want of one. */
export const reasonLacks = (error: unknown): string | undefined =>
  error instanceof ApiError && error.code === 'dossier/reason-needed' ? error.message : undefined;

/**
 * What the screen calls the field the server names: the label of the control with that name or id, in the note's own form
 * also with an id that ends so (`open-year`), if there is one.
 */
function labelOf(path: string, form: Element | null): string {
  const name = path.split('.').at(-1) ?? '';
  if (!/^[A-Za-z]\w*$/.test(name)) return '';
  const control =
    form?.querySelector<HTMLInputElement>(`[name="${name}"], #${name}, [id$="-${name}"]`) ??
    document.querySelector<HTMLInputElement>(`main [name="${name}"], [role=dialog] [name="${name}"], main #${name}`);
  return control?.labels?.[0]?.firstChild?.textContent?.trim() ?? '';
}
