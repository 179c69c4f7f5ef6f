import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../shared/design/button.tsx';
import { ErrorState, ForbiddenState } from '../shared/design/states.tsx';
import { useTranslate } from '../shared/i18n/context.tsx';
import { ApiError } from './api-error.ts';

/** Shown in place of a screen that failed to load, with a way to try again. */
export function ScreenError({ error, reset }: ErrorComponentProps) {
  const t = useTranslate();
  if (error instanceof ApiError && (error.status === 403 || error.status === 404)) return <ForbiddenState />;
  return (
    <ErrorState
      text={error instanceof ApiError ? error.message : undefined}
      reference={error instanceof ApiError ? error.requestId : undefined}
    >
      <Button type="button" look="secondary" onClick={reset}>
        {t('console.again')}
      </Button>
    </ErrorState>
  );
}

/** An address of the console that leads nowhere. */
export function NotFound() {
  const t = useTranslate();
  return (
    <main id="main" className="screen">
      <h1 className="visually-hidden">{t('console.product')}</h1>
      <ForbiddenState>
        <p>
          <a href="/can-bo/">{t('console.menu.inbox')}</a>
        </p>
      </ForbiddenState>
    </main>
  );
}
