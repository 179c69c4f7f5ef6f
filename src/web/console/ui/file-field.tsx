import { describedBy, FieldShell } from '../../shared/design/field.tsx';

/** A file to choose. */
export function FileField({
  id,
  label,
  hint,
  error,
  optional = false,
  accept,
  disabled = false,
  onFile,
}: {
  id: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  optional?: boolean;
  accept: string;
  disabled?: boolean;
  /** Undefined: the choice was taken back. */
  onFile: (file: File | undefined) => void;
}) {
  return (
    <FieldShell id={id} label={label} hint={hint} error={error} optional={optional}>
      <input
        id={id}
        type="file"
        accept={accept}
        disabled={disabled}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
        onChange={(event) => onFile(event.currentTarget.files?.[0])}
      />
    </FieldShell>
  );
}
