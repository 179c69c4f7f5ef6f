import type { FileField } from '../../../core/forms/definition.ts';
import { inputId, inputName, operation } from '../../../core/forms/paths.ts';
import { type FileValue, MEDIA_TYPES } from '../../../core/forms/read-file.ts';
import { formatNumberVi } from '../../../core/text/numbers.ts';
import { Button } from '../design/button.tsx';
import { describedBy, FieldShell } from '../design/field.tsx';
import { useTranslate } from '../i18n/context.tsx';
import { errorAt, type FormBinding } from './binding.ts';

const KIBIBYTE = 1024;

/** Stored files with a button to take each away, and an input for more. */
export function FileControl({
  binding,
  path,
  field,
  isRequired,
  files,
}: {
  binding: FormBinding;
  path: string;
  field: FileField;
  isRequired: boolean;
  files: readonly FileValue[];
}) {
  const t = useTranslate();
  const id = inputId(binding.idPrefix, path);
  const error = errorAt(binding, path);
  const accept = field.accept.join(', ').toUpperCase();
  const rule = t('forms.file.hint', { accept, max: field.maxMb ?? 10 });
  const hint = field.help ? `${field.help} ${rule}` : rule;
  const { onFiles, onOperation } = binding;
  return (
    <FieldShell id={id} label={field.label} hint={hint} error={error} optional={!isRequired}>
      {files.length > 0 ? (
        <ul className="file-list">
          {files.map((file) => (
            <li key={file.fileId}>
              {file.name} ({formatNumberVi(Math.ceil(file.sizeBytes / KIBIBYTE))} kB){' '}
              <Button
                look="secondary"
                small
                type={onOperation ? 'button' : 'submit'}
                name="op"
                value={operation('remove-file', path, file.fileId)}
                onClick={
                  onOperation ? () => onOperation({ kind: 'remove-file', path, fileId: file.fileId }) : undefined
                }
              >
                {t('forms.file.remove')}
                <span className="visually-hidden"> {file.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <input type="hidden" name={inputName(path)} value="" />
      <input
        type="file"
        id={id}
        name={inputName(path)}
        multiple={field.multiple ?? false}
        accept={field.accept.map((kind) => MEDIA_TYPES[kind]).join(',')}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
        onChange={
          onFiles ? (event) => event.currentTarget.files && onFiles(path, event.currentTarget.files) : undefined
        }
      />
    </FieldShell>
  );
}
