import { type FormEvent, useState } from 'react';
import { confirmTotp, disableTotp, getTotp, startTotp } from '../../../../modules/foundation/identity/contract.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { saveText } from '../../data/csv.ts';
import { showInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loaded } from '../../ui/loaded.tsx';

interface Started {
  secret: string;
  qrSvg: string;
}

/**
 * One-time codes: enrolment in two steps (password, first code), recovery codes once, removal. `onEnrolled` is told when
 * the recovery codes have been put away.
 */
export function Totp({ onEnrolled }: { onEnrolled?: () => void }) {
  const t = useTranslate();
  const state = useCall(getTotp, {});
  const [started, setStarted] = useState<Started>();
  const [codes, setCodes] = useState<readonly string[]>();
  const { act, busy, error } = useAct([getTotp]);

  function putAway() {
    setCodes(undefined);
    onEnrolled?.();
  }

  function field(event: FormEvent<HTMLFormElement>, name: string): string {
    event.preventDefault();
    return String(new FormData(event.currentTarget).get(name) ?? '');
  }

  function start(event: FormEvent<HTMLFormElement>) {
    const password = field(event, 'password');
    void act(async () => setStarted(await call(startTotp, { body: { password } })), t('console.account.totp-started'));
  }

  function confirm(event: FormEvent<HTMLFormElement>) {
    const code = field(event, 'code').replaceAll(/\s/g, '');
    void act(async () => {
      setCodes((await call(confirmTotp, { body: { code } })).recoveryCodes);
      setStarted(undefined);
    }, t('console.account.totp-on'));
  }

  function remove(event: FormEvent<HTMLFormElement>) {
    const password = field(event, 'password');
    void act(() => call(disableTotp, { body: { password } }), t('console.account.totp-off'));
  }

  const askPassword = (submit: (event: FormEvent<HTMLFormElement>) => void, label: string, hint: string) => (
    <form onSubmit={submit} noValidate>
      <TextField
        id="totp-password"
        name="password"
        type="password"
        label={t('console.account.current')}
        hint={hint}
        autoComplete="current-password"
      />
      <Button look="secondary" disabled={busy}>
        {label}
      </Button>
    </form>
  );

  return (
    <section aria-labelledby="totp-title">
      <h2 id="totp-title">{t('console.account.totp')}</h2>
      <FailureNote error={error} />
      {codes ? <RecoveryCodes codes={codes} onDone={putAway} /> : null}
      {started ? (
        <form onSubmit={confirm} noValidate>
          <p>{t('console.account.totp-scan')}</p>
          <img
            className="qr"
            src={`data:image/svg+xml;utf8,${encodeURIComponent(started.qrSvg)}`}
            alt={t('console.account.totp-qr')}
          />
          <p>
            {t('console.account.totp-secret')} <span className="code">{started.secret}</span>
          </p>
          <TextField
            id="totp-code"
            name="code"
            label={t('console.sign-in.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            short
          />
          <ButtonRow>
            <Button disabled={busy}>{t('console.account.totp-confirm')}</Button>
            <Button type="button" look="link" onClick={() => setStarted(undefined)}>
              {t('console.cancel')}
            </Button>
          </ButtonRow>
        </form>
      ) : (
        <Loaded query={state}>
          {({ enabledAt, recoveryCodesLeft }) =>
            enabledAt ? (
              <>
                <p>{t('console.account.totp-since', { when: showInstant(enabledAt), count: recoveryCodesLeft })}</p>
                {onEnrolled
                  ? null
                  : askPassword(remove, t('console.account.totp-remove'), t('console.account.totp-remove-hint'))}
              </>
            ) : (
              askPassword(start, t('console.account.totp-start'), t('console.account.totp-start-hint'))
            )
          }
        </Loaded>
      )}
    </section>
  );
}

function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = useTranslate();
  return (
    <Note tone="warning">
      <p>
        <strong>{t('console.account.codes')}</strong>
      </p>
      <ul className="codes">
        {codes.map((code) => (
          <li key={code} className="code">
            {code}
          </li>
        ))}
      </ul>
      <ButtonRow>
        <Button
          type="button"
          small
          onClick={() => saveText('ma-du-phong.txt', `${codes.join('\r\n')}\r\n`, 'text/plain')}
        >
          {t('console.account.codes-save')}
        </Button>
        <Button type="button" look="secondary" small onClick={onDone}>
          {t('console.account.codes-done')}
        </Button>
      </ButtonRow>
    </Note>
  );
}
