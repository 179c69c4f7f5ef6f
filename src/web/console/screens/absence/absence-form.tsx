import { type FormEvent, useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { getAbsenceChoices, listAbsences, recordAbsence } from '../../../../modules/foundation/absence/contract.ts';
import { listUnattended } from '../../../../modules/onestop/unattended/contract.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { useAct } from '../../data/use-act.ts';
import { given, useCall } from '../../data/use-call.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { type ActingDraft, ActingFields, actingBody, emptyActing } from './acting-fields.tsx';

/** When somebody is away, why, and who acts. */
export function AbsenceForm({ staffId, close }: { staffId: string; close: () => void }) {
  const choices = useCall(getAbsenceChoices, { params: { id: staffId } });
  return <Loaded query={choices}>{(data) => <Form choices={data} close={close} />}</Loaded>;
}

function Form({ choices, close }: { choices: ReplyOf<typeof getAbsenceChoices>; close: () => void }) {
  const t = useTranslate();
  const today = useToday();
  const [key] = useState(() => crypto.randomUUID());
  const [kind, setKind] = useState(choices.kinds[0]?.code ?? '');
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState(today);
  const [fromTime, setFromTime] = useState('');
  const [toTime, setToTime] = useState('');
  const [note, setNote] = useState('');
  const [drafts, setDrafts] = useState<readonly ActingDraft[]>([emptyActing(choices)]);
  const { act, busy, error } = useAct([listAbsences, listUnattended]);
  async function submit(event: FormEvent) {
    event.preventDefault();
    const body = {
      staffId: choices.person.staffId,
      kind,
      from,
      to,
      ...given({ fromTime, toTime, note: note.trim() }),
      acting: actingBody(drafts),
    };
    if (await act(() => call(recordAbsence, { body }, { idempotencyKey: key }), t('absence.saved'))) close();
  }
  return (
    <form onSubmit={submit} noValidate>
      <FailureNote error={error} />
      <div className="grid-fields">
        <Select
          id="absence-kind"
          label={t('absence.kind')}
          value={kind}
          onChange={setKind}
          options={choices.kinds.map((one) => ({ value: one.code, label: one.name }))}
        />
        <DayField id="absence-start" label={t('absence.from-day')} day={from} onDay={setFrom} optional={false} />
        <TextField
          id="absence-start-time"
          type="time"
          short
          optional
          label={t('absence.from-time')}
          value={fromTime}
          onChange={(event) => setFromTime(event.currentTarget.value)}
        />
        <DayField id="absence-end" label={t('absence.to-day')} day={to} onDay={setTo} optional={false} />
        <TextField
          id="absence-end-time"
          type="time"
          short
          optional
          label={t('absence.to-time')}
          value={toTime}
          onChange={(event) => setToTime(event.currentTarget.value)}
        />
        <TextField
          id="absence-note"
          optional
          label={t('absence.note')}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </div>
      <ActingFields choices={choices} drafts={drafts} onDrafts={setDrafts} />
      <FormButtons label={t('absence.save')} disabled={busy || from === '' || to === ''} close={close} />
    </form>
  );
}
