import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  createReportForm,
  type FormLineType,
  listReportForms,
} from '../../../../modules/insight/reports/contract-form.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { useKey } from '../../data/use-key.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Select } from '../../ui/select.tsx';

const ID = /^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$/;

/** A report nobody has yet: its names, and the form it begins as a copy of. */
export function NewReport({ forms, close }: { forms: readonly FormLineType[]; close: () => void }) {
  const t = useTranslate();
  const navigate = useNavigate();
  // Of a report the one form that counts: the copy is made of that in force.
  const reports = [
    ...new Map(forms.filter((form) => form.state !== 'draft').map((form) => [form.reportId, form])).values(),
  ];
  const [from, setFrom] = useState(reports[0]?.reportId ?? '');
  const [id, setId] = useState('');
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const { act, busy, error } = useAct([listReportForms]);
  const key = useKey();
  const complete = ID.test(id) && code.trim() !== '' && name.trim() !== '';
  return (
    <form
      noValidate
      aria-label={t('reports.forms.make-new')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!complete) return;
        void act(async () => {
          const made = await call(createReportForm, { body: { reportId: from, as: { id, code, name } } }, key);
          void navigate({ to: '/bieu-mau-bao-cao/$id', params: { id: made.id } });
        });
      }}
    >
      <p className="hint">{t('reports.forms.make-new-hint')}</p>
      <FailureNote error={error} />
      <Select
        id="new-from"
        label={t('reports.forms.copied-from')}
        value={from}
        onChange={setFrom}
        options={reports.map((form) => ({ value: form.reportId, label: `${form.code} – ${form.name}` }))}
      />
      <TextField
        id="new-id"
        label={t('reports.forms.new-id')}
        hint={t('reports.forms.new-id-hint')}
        maxLength={40}
        value={id}
        error={id !== '' && !ID.test(id) ? t('reports.forms.new-id-hint') : undefined}
        onChange={(event) => setId(event.currentTarget.value.trim())}
      />
      <TextField
        id="new-code"
        label={t('reports.forms.code')}
        maxLength={60}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <TextField
        id="new-name"
        label={t('reports.forms.name')}
        maxLength={300}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <FormButtons label={t('reports.forms.make-draft')} disabled={busy || !complete} close={close} />
    </form>
  );
}
