import { useState } from 'react';
import { Button } from '../../../shared/design/button.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { sendFile } from '../../data/upload.ts';
import { notifyError } from '../../toasts.tsx';

const MOST_FILES = 5;
export type EvidenceFile = { readonly id: string; readonly name: string };

/** Files that show why a late dossier needs no apology: uploaded at once, sent with the request. */
export function EvidenceFiles({
  files,
  onFiles,
  needed,
  error,
}: {
  files: readonly EvidenceFile[];
  onFiles: (change: (files: readonly EvidenceFile[]) => readonly EvidenceFile[]) => void;
  needed: boolean;
  error: string | undefined;
}) {
  const t = useTranslate();
  const [busy, setBusy] = useState(false);

  async function add(chosen: readonly File[]) {
    setBusy(true);
    for (const file of chosen.slice(0, MOST_FILES - files.length)) {
      try {
        const { id, name } = await sendFile(file);
        onFiles((now) => [...now, { id, name }]);
      } catch (failure) {
        notifyError(failure, t('console.intake.upload-failed', { name: file.name }));
      }
    }
    setBusy(false);
  }

  return (
    <div className={error ? 'field field--error' : 'field'}>
      <label htmlFor="apology-files">
        {t('console.apology.files')}{' '}
        {needed ? null : <span className="hint">{t('console.apology.files-optional')}</span>}
      </label>
      <p className="hint" id="apology-files-hint">
        {t('console.apology.files-hint')}
      </p>
      {error ? (
        <p className="error-message" id="apology-files-error">
          <span className="visually-hidden">{t('ui.field.error')}: </span>
          {error}
        </p>
      ) : null}
      <input
        id="apology-files"
        type="file"
        multiple
        accept="application/pdf,image/jpeg,image/png"
        disabled={busy || files.length >= MOST_FILES}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? 'apology-files-hint apology-files-error' : 'apology-files-hint'}
        onChange={(event) => {
          void add([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <ul className="paper__files" aria-live="polite">
        {files.map((file) => (
          <li key={file.id}>
            {file.name}{' '}
            <Button
              type="button"
              look="link"
              small
              onClick={() => onFiles((now) => now.filter((one) => one.id !== file.id))}
            >
              {t('console.apology.remove-file')}
              <span className="visually-hidden"> {file.name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
