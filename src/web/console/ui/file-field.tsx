import { useState } from 'react';
import { describedBy, FieldShell } from '../../shared/design/field.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { useHeldForm } from './use-held-form.ts';

/** What the server takes of any file; some forms take less. */
const MAX_MIB = 20;
const IGNORE = (): void => undefined;

/** A file to choose. One that is too large is told here: sent, it would travel for minutes only to be refused. */
export function FileField({
  id,
  label,
  hint,
  error,
  optional = false,
  accept,
  maxMib = MAX_MIB,
  disabled = false,
  onFile,
}: {
  id: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  optional?: boolean;
  accept: string;
  /** Inclusive, in units of 1024 × 1024 bytes; written as MB. */
  maxMib?: number;
  disabled?: boolean;
  /** Undefined: the choice was taken back, or the file is too large. */
  onFile: (file: File | undefined) => void;
}) {
  const t = useTranslate();
  const [tooLarge, setTooLarge] = useState('');
  useHeldForm(id, tooLarge !== '', IGNORE);
  const told = tooLarge === '' ? error : t('ui.file-too-large', { name: tooLarge, limit: maxMib });
  return (
    <FieldShell id={id} label={label} hint={hint} error={told} optional={optional}>
      <input
        id={id}
        type="file"
        accept={accept}
        disabled={disabled}
        aria-invalid={told ? true : undefined}
        aria-describedby={describedBy(id, hint, told)}
        // So that the same file, saved again meanwhile, may be chosen again.
        onClick={(event) => {
          if (event.currentTarget.value === '') return;
          event.currentTarget.value = '';
          setTooLarge('');
          onFile(undefined);
        }}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          const fits = file === undefined || file.size <= maxMib * 1024 * 1024;
          setTooLarge(fits ? '' : file.name);
          onFile(fits ? file : undefined);
        }}
      />
    </FieldShell>
  );
}
