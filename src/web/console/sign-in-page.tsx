import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useTranslate } from '../shared/i18n/context.tsx';
import { InstallationBanners, useInstallation } from './installation.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** The first page of the console for anybody not signed in; afterwards goes where one wanted to go. */
export default function SignInPage() {
  const t = useTranslate();
  const client = useQueryClient();
  const router = useRouter();
  const site = useInstallation();
  const back = backFrom(router.state.location.search);

  async function done() {
    client.clear();
    await router.invalidate();
    router.history.push(back);
  }

  return (
    <>
      <InstallationBanners />
      <main className="sign-in" id="main">
        <p className="sign-in__site">{site?.name ?? t('console.product')}</p>
        <h1>{t('console.sign-in.title')}</h1>
        <SignInForm onDone={done} />
        <p>
          <a href="/">{t('console.sign-in.portal')}</a>
        </p>
      </main>
    </>
  );
}

/** Where to go after sign-in: a path of the console only, never another site. */
export function backFrom(search: object): string {
  const back = 've' in search && typeof search.ve === 'string' ? search.ve : '';
  return /^\/can-bo\/(?!\/)[^\\]*$/.test(back) ? back : '/can-bo/';
}
