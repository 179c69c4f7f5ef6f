import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Note } from '../shared/design/banner.tsx';
import { Button } from '../shared/design/button.tsx';
import { useTranslate } from '../shared/i18n/context.tsx';
import { InstallationBanners } from './installation.tsx';
import { ChangePassword } from './screens/account/change-password.tsx';
import { Totp } from './screens/account/totp.tsx';
import { type Me, meQuery, sendSignOut } from './session.ts';
import { ToastRegion } from './toasts.tsx';
import { ScreenHead } from './ui/screen-head.tsx';

/** In place of the whole console while something must be done first; the server refuses everything else meanwhile. */
export function HeldBack({ by, onDone }: { by: NonNullable<Me['heldBack']>; onDone: () => void }) {
  const t = useTranslate();
  const client = useQueryClient();
  const router = useRouter();

  async function finish() {
    await client.invalidateQueries({ queryKey: meQuery.queryKey });
    onDone();
  }

  async function leave() {
    await sendSignOut();
    client.clear();
    await router.invalidate();
  }

  return (
    <div className="shell">
      <InstallationBanners />
      <main id="main" className="screen">
        <ScreenHead title={t(`console.held-back.${by}.title`)}>
          <Button type="button" look="link" onClick={leave}>
            {t('console.sign-out')}
          </Button>
        </ScreenHead>
        <Note tone="warning">
          <p>{t(`console.held-back.${by}.text`)}</p>
        </Note>
        {by === 'password' ? <ChangePassword onChanged={finish} /> : <Totp onEnrolled={finish} />}
      </main>
      <ToastRegion />
    </div>
  );
}
