import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  createRegisterDesign,
  type DesignLineType,
  listRegisterDesigns,
} from '../../../../modules/insight/registers/contract-design.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { given } from '../../data/use-call.ts';
import { useKey } from '../../data/use-key.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Select } from '../../ui/select.tsx';

const ID = /^[a-z0-9-]{1,40}$/;

/** A register nobody has yet: empty, or like another one. */
export function NewForm({ registers, close }: { registers: readonly DesignLineType[]; close: () => void }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const [copyOf, setCopyOf] = useState('');
  const [id, setId] = useState('');
  const [name, setName] = useState('');
  const { act, busy, error } = useAct([listRegisterDesigns]);
  const key = useKey();
  const complete = ID.test(id) && name.trim() !== '';
  return (
    <form
      noValidate
      aria-label={t('designer.make-new')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!complete) return;
        void act(async () => {
          const body = { as: { id, name }, ...given({ copyOf: copyOf || undefined }) };
          const made = await call(createRegisterDesign, { body }, key);
          void navigate({ to: '/thiet-ke-so/$id', params: { id: made.id } });
        });
      }}
    >
      <FailureNote error={error} />
      <TextField
        id="new-name"
        label={t('designer.name')}
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextField
        id="new-id"
        label={t('designer.id')}
        hint={t('designer.id-hint')}
        maxLength={40}
        value={id}
        error={id !== '' && !ID.test(id) ? t('designer.id-wrong') : undefined}
        onChange={(event) => setId(event.currentTarget.value.trim())}
      />
      <Select
        id="new-copy"
        label={t('designer.begins-as')}
        value={copyOf}
        empty={t('designer.begins-empty')}
        onChange={setCopyOf}
        options={registers.map((row) => ({ value: row.registerId, label: row.name }))}
      />
      <FormButtons label={t('designer.make-draft')} disabled={busy || !complete} close={close} />
    </form>
  );
}
