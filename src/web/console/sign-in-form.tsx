import { type FormEvent, useState } from 'react';
import { Button } from '../shared/design/button.tsx';
import { TextField } from '../shared/design/field.tsx';
import { useTranslate } from '../shared/i18n/context.tsx';
import { ApiError } from './api-error.ts';
import { sendSignIn } from './session.ts';

/** Login, password and, once the server asks for it, the six digits. Used as a page and as a dialog. */
export function SignInForm({
  onDone,
  login = '',
  password = '',
}: {
  onDone: () => void;
  login?: string;
  /** Of a demo account only. */
  password?: string;
}) {
  const t = useTranslate();
  const [error, setError] = useState<string>();
  const [asksCode, setAsksCode] = useState(false);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    const code = String(form.get('code') ?? '').replaceAll(/\s/g, '');
    setBusy(true);
    try {
      const input = { login: String(form.get('login') ?? ''), password: String(form.get('password') ?? '') };
      await sendSignIn(code === '' ? input : { ...input, code });
      onDone();
    } catch (failure) {
      if (failure instanceof ApiError && /code|totp/.test(failure.code) && !asksCode) {
        setAsksCode(true);
        setError(undefined);
      } else {
        setError(failure instanceof ApiError ? failure.message : t('console.sign-in.failed'));
      }
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} noValidate>
      {error ? (
        <p className="error-message" role="alert">
          {error}
        </p>
      ) : null}
      <TextField
        id="sign-in-login"
        name="login"
        label={t('console.sign-in.login')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={login}
        required
      />
      <TextField
        id="sign-in-password"
        name="password"
        type="password"
        label={t('console.sign-in.password')}
        autoComplete="current-password"
        defaultValue={password}
        required
      />
      {asksCode ? (
        <TextField
          id="sign-in-code"
          name="code"
          label={t('console.sign-in.code')}
          hint={t('console.sign-in.code-hint')}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          short
        />
      ) : null}
      <Button disabled={busy}>{busy ? t('console.sign-in.busy') : t('console.sign-in.submit')}</Button>
    </form>
  );
}
