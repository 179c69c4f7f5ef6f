import { EmptyState } from '../../shared/design/states.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { useMe } from '../session.ts';

export default function Home() {
  const t = useTranslate();
  const me = useMe();
  return (
    <>
      <h1>{t('console.home.title')}</h1>
      <EmptyState title={t('console.home.greeting', { name: me?.displayName ?? '' })}>
        <p>{t('console.home.text')}</p>
      </EmptyState>
    </>
  );
}
