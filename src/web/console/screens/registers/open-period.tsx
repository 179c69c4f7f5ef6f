import { useState } from 'react';
import {
  getRegister,
  listRegisters,
  openRegisterPeriod,
  type RegisterPageType,
} from '../../../../modules/insight/registers/contract.ts';
import { TextAreaField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { useKey } from '../../data/use-key.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FailureNote, reasonLacks } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';

/** Opens the closed period again for the unit in sight and those below it. */
export function OpenPeriod({ data, close }: { data: RegisterPageType; close: () => void }) {
  const t = useTranslate();
  const [untilDay, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const { act, busy, error } = useAct([getRegister, listRegisters]);
  const key = useKey();
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const body = { unitId: data.unitId, periodId: data.period.id, untilDay, reason };
        void act(() => call(openRegisterPeriod, { params: { id: data.id }, body }, key), t('registers.opened')).then(
          (done) => done && close(),
        );
      }}
    >
      <p className="hint">{t('registers.open-text', { unit: data.unitName, period: data.period.name })}</p>
      <FailureNote error={error} reasonId="open-reason" />
      <DayField id="open-untilDay" label={t('registers.until')} day={untilDay} onDay={setUntil} optional={false} />
      <TextAreaField
        id="open-reason"
        label={t('registers.reason')}
        error={reasonLacks(error)}
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormButtons label={t('registers.open-now')} disabled={busy} close={close} />
    </form>
  );
}
