import { useEffect, useRef, useState } from 'react';
import {
  type DesignLineType,
  endRegister,
  listRegisterDesigns,
} from '../../../../modules/insight/registers/contract-design.ts';
import { TextAreaField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { useKey } from '../../data/use-key.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';

/** Ends a register after a day, or takes its end back; both with a reason. Opened from a row that may be far below it. */
export function EndForm({ register, close }: { register: DesignLineType; close: () => void }) {
  const t = useTranslate();
  const ended = register.lastDay !== null;
  const [lastDay, setLastDay] = useState('');
  const [reason, setReason] = useState('');
  const { act, busy, error } = useAct([listRegisterDesigns]);
  const key = useKey();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const complete = reason.trim() !== '' && (ended || lastDay !== '');
  return (
    <form
      noValidate
      className="panel"
      aria-labelledby="end-register"
      onSubmit={(event) => {
        event.preventDefault();
        if (!complete) return;
        const body = { registerId: register.registerId, lastDay: ended ? null : lastDay, reason };
        void act(
          () => call(endRegister, { body }, key),
          t(ended ? 'designer.resumed' : 'designer.ended-now', { name: register.name }),
        ).then((done) => done && close());
      }}
    >
      <h2 id="end-register" ref={head} tabIndex={-1}>
        {t(ended ? 'designer.resume' : 'designer.end')}
      </h2>
      <p className="hint">{t(ended ? 'designer.resume-text' : 'designer.end-text', { name: register.name })}</p>
      <FailureNote error={error} />
      {ended ? null : (
        <DayField id="end-day" label={t('designer.last-day')} day={lastDay} onDay={setLastDay} optional={false} />
      )}
      <TextAreaField
        id="end-reason"
        label={t('registers.reason')}
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormButtons label={t(ended ? 'designer.resume' : 'designer.end')} disabled={busy || !complete} close={close} />
    </form>
  );
}
