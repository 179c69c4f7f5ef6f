import { type FormEvent, useState } from 'react';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useAct } from '../../data/use-act.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';

/** A new account; its one-time password is shown once, here, to be handed over in person. */
export function GiveAccount({
  onCreate,
  reads,
  close,
}: {
  onCreate: (login: string) => Promise<{ oneTimePassword: string }>;
  reads: readonly { readonly id: string }[];
  close: () => void;
}) {
  const t = useTranslate();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState<string>();
  const { act, busy, error } = useAct(reads);
  function submit(event: FormEvent) {
    event.preventDefault();
    void act(async () => setPassword((await onCreate(login.trim())).oneTimePassword), t('console.accounts.created'));
  }
  if (password !== undefined) return <OneTimePassword password={password} onDone={close} />;
  return (
    <form onSubmit={submit} noValidate>
      <FailureNote error={error} />
      <TextField
        id="account-login"
        label={t('console.sign-in.login')}
        hint={t('console.accounts.login-hint')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
      />
      <FormButtons label={t('console.accounts.create')} disabled={busy} close={close} />
    </form>
  );
}

/** A password that is shown once. */
export function OneTimePassword({ password, onDone }: { password: string; onDone: () => void }) {
  const t = useTranslate();
  return (
    <div className="note note--warning" role="status">
      <p>{t('console.accounts.one-time')}</p>
      <p className="received-code code">{password}</p>
      <Button type="button" look="secondary" small onClick={onDone}>
        {t('console.accounts.noted')}
      </Button>
    </div>
  );
}
