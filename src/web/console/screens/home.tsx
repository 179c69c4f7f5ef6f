import { Link, Navigate } from '@tanstack/react-router';
import { EmptyState } from '../../shared/design/states.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { mayDo, useMe } from '../session.ts';
import { ScreenHead } from '../ui/screen-head.tsx';
import { menuFor } from './menu.ts';

/** Where the work is: the inbox for those who have one, else the list of what one may do. */
export default function Home() {
  const t = useTranslate();
  const me = useMe();
  if (mayDo(me, 'dossier.read')) return <Navigate to="/cong-viec" replace />;
  const entries = menuFor(me)
    .flat()
    .filter((entry) => entry.to !== '/');
  return (
    <>
      <ScreenHead title={t('console.home.title')} />
      <EmptyState title={t('console.home.greeting', { name: me?.displayName ?? '' })}>
        <p>{t('console.home.text')}</p>
        <ul>
          {entries.map((entry) => (
            <li key={entry.to}>
              <Link to={entry.to}>{t(entry.labelKey)}</Link>
            </li>
          ))}
        </ul>
      </EmptyState>
    </>
  );
}
