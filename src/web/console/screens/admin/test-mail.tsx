import { type FormEvent, useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { getSystemStatus, sendTestMail } from '../../../../modules/foundation/operation/contract.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { FailureNote } from '../../ui/failure-note.tsx';

/** One mail past the queue, and what the mail server said to it. */
export function TestMail() {
  const t = useTranslate();
  const [to, setTo] = useState('');
  const [outcome, setOutcome] = useState<ReplyOf<typeof sendTestMail>>();
  const { act, busy, error } = useAct([getSystemStatus]);
  function submit(event: FormEvent) {
    event.preventDefault();
    setOutcome(undefined);
    void act(
      async () => setOutcome(await call(sendTestMail, { body: { to: to.trim() } })),
      t('console.system.mail.done'),
    );
  }
  return (
    <section aria-labelledby="test-mail-title">
      <h2 id="test-mail-title">{t('console.system.mail.title')}</h2>
      <form onSubmit={submit} noValidate>
        <FailureNote error={error} />
        <TextField
          id="test-mail-to"
          type="email"
          label={t('console.system.mail.to')}
          hint={t('console.system.mail.hint')}
          autoComplete="off"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button small disabled={busy || to.trim() === ''}>
          {t('console.system.mail.send')}
        </Button>
      </form>
      <div role="status">
        {busy ? <p>{t('console.system.mail.sending')}</p> : null}
        {outcome ? (
          <Note tone={outcome.ok ? 'success' : 'danger'}>
            <p>
              {t(outcome.ok ? 'console.system.mail.accepted' : 'console.system.mail.refused', {
                reply: outcome.detail,
              })}
            </p>
          </Note>
        ) : null}
      </div>
    </section>
  );
}
