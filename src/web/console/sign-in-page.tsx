import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../shared/design/button.tsx';
import { useTranslate } from '../shared/i18n/context.tsx';
import { type DemoAccount, useDemo } from './data/demo.ts';
import { InstallationBanners, useInstallation } from './installation.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** The first page of the console for anybody not signed in; afterwards goes where one wanted to go. */
export default function SignInPage() {
  const t = useTranslate();
  const client = useQueryClient();
  const router = useRouter();
  const site = useInstallation();
  const back = backFrom(router.state.location.search);
  const accounts = useDemo()?.accounts ?? [];
  const [picked, setPicked] = useState<DemoAccount>();

  async function done() {
    client.clear();
    await router.invalidate();
    // A file is not a screen. One the browser saves leaves this page as it is: then the console's first screen stands there.
    router.history.push(isScreen(back) ? back : '/can-bo/');
    if (!isScreen(back)) window.location.assign(back);
  }

  return (
    <>
      <InstallationBanners />
      <main className="sign-in" id="main">
        <p className="sign-in__site">{site?.name ?? t('console.product')}</p>
        <h1>{t('console.sign-in.title')}</h1>
        <SignInForm
          key={picked?.login ?? ''}
          onDone={done}
          {...(picked ? { login: picked.login, password: picked.password } : {})}
        />
        {accounts.length > 0 ? <DemoAccounts accounts={accounts} onPick={setPicked} /> : null}
        <p>
          <a href="/">{t('console.sign-in.portal')}</a>
        </p>
      </main>
    </>
  );
}

function DemoAccounts({
  accounts,
  onPick,
}: {
  accounts: readonly DemoAccount[];
  onPick: (account: DemoAccount) => void;
}) {
  const t = useTranslate();
  return (
    <section aria-labelledby="demo-title">
      <h2 id="demo-title">{t('console.sign-in.demo')}</h2>
      <p>{t('console.sign-in.demo-text')}</p>
      <ul className="plain-list">
        {accounts.map((account) => (
          <li key={account.login}>
            <Button type="button" look="link" onClick={() => onPick(account)}>
              {account.role}
            </Button>
            <span className="hint">
              {account.unit} · <span className="code">{account.login}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const isScreen = (address: string): boolean => address.startsWith('/can-bo/');

/** Where to go after sign-in: a screen of the console or a file of the interface, never another site. */
export function backFrom(search: object): string {
  const back = 've' in search && typeof search.ve === 'string' ? search.ve : '';
  return /^\/(?:can-bo|api)\/(?!\/)[^\\]*$/.test(back) ? back : '/can-bo/';
}
