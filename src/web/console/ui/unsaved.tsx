import { useBlocker } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Button, ButtonRow } from '../../shared/design/button.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';

const Dialog = lazy(() => import('./dialog.tsx'));

/** In a screen with changes that are not saved: asks before another screen takes its place, or the page is closed. */
export function Unsaved({ changed }: { changed: boolean }) {
  const t = useTranslate();
  const { status, proceed, reset } = useBlocker({
    // Filters of the screen itself stand in the address too.
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname,
    enableBeforeUnload: changed,
    disabled: !changed,
    withResolver: true,
  });
  if (status !== 'blocked') return null;
  return (
    <Suspense>
      <Dialog title={t('console.unsaved.title')} onClose={reset}>
        <p>{t('console.unsaved.text')}</p>
        <ButtonRow>
          <Button type="button" onClick={reset}>
            {t('console.unsaved.stay')}
          </Button>
          <Button type="button" look="secondary" onClick={proceed}>
            {t('console.unsaved.leave')}
          </Button>
        </ButtonRow>
      </Dialog>
    </Suspense>
  );
}
