import { type FormEvent, useState } from 'react';
import { changePassword, listSessions } from '../../../../modules/foundation/identity/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { meQuery } from '../../session.ts';
import { FailureNote } from '../../ui/failure-note.tsx';

/** A new password, typed twice. */
export function ChangePassword({ onChanged }: { onChanged?: () => void }) {
  const t = useTranslate();
  const { act, busy, error } = useAct([listSessions, { id: String(meQuery.queryKey[0]) }]);
  const [differs, setDiffers] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name) ?? '');
    setDiffers(text('next') !== text('again'));
    if (text('next') !== text('again')) return;
    const body = { current: text('current'), next: text('next') };
    if (!(await act(() => call(changePassword, { body }), t('console.account.password-changed')))) return;
    form.reset();
    onChanged?.();
  }

  return (
    <section aria-labelledby="password-title">
      <h2 id="password-title">{t('console.account.password')}</h2>
      <form onSubmit={submit} noValidate>
        <FailureNote error={error} />
        <TextField
          id="current"
          name="current"
          type="password"
          label={t('console.account.current')}
          autoComplete="current-password"
        />
        <TextField
          id="next"
          name="next"
          type="password"
          label={t('console.account.next')}
          hint={t('console.account.next-hint')}
          autoComplete="new-password"
        />
        <TextField
          id="again"
          name="again"
          type="password"
          label={t('console.account.again')}
          autoComplete="new-password"
          error={differs ? t('console.account.differs') : undefined}
        />
        <Button disabled={busy}>{t('console.account.password')}</Button>
      </form>
    </section>
  );
}
