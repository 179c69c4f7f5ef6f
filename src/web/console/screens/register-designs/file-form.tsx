import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { listRegisterDesigns, readRegisterDesign } from '../../../../modules/insight/registers/contract-design.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';

/** A draft from a file somebody sent: of another installation, or of the content. */
export function FileForm({ close }: { close: () => void }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const [file, setFile] = useState<File>();
  const { act, busy, error } = useAct([listRegisterDesigns]);
  return (
    <form
      noValidate
      aria-label={t('designer.from-file')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!file) return;
        void act(async () => {
          const made = await call(readRegisterDesign, { body: { yaml: await file.text() } });
          void navigate({ to: '/thiet-ke-so/$id', params: { id: made.id } });
        });
      }}
    >
      <p className="hint">{t('designer.from-file-hint')}</p>
      <FailureNote error={error} />
      <FileField id="design-file" label={t('designer.file')} accept=".yaml,.yml" maxMib={0.5} onFile={setFile} />
      <FormButtons label={t('designer.make-draft')} disabled={busy || !file} close={close} />
    </form>
  );
}
