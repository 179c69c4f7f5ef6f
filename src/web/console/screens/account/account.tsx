import { Facts } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useMe } from '../../session.ts';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { ChangePassword } from './change-password.tsx';
import { Sessions } from './sessions.tsx';
import { Totp } from './totp.tsx';

/** My account: who I am here, password, one-time codes, sessions. */
export default function Account() {
  const t = useTranslate();
  const me = useMe();
  return (
    <>
      <ScreenHead title={t('console.account.title')} />
      <Facts
        items={[
          { term: t('console.dossier.name'), value: me?.displayName },
          { term: t('console.sign-in.login'), value: <span className="code">{me?.login}</span> },
          { term: t('console.account.units'), value: me?.units.map((unit) => unit.name).join('; ') },
        ]}
      />
      <ChangePassword />
      <Totp />
      <Sessions />
    </>
  );
}
