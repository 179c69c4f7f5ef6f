import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../shared/design/button.tsx';
import { ErrorState, ForbiddenState } from '../shared/design/states.tsx';
import { useTranslate } from '../shared/i18n/context.tsx';
import { ApiError } from './api-error.ts';

/** Shown in place of a screen that failed to load, with a way to try again. */
export function ScreenError({ error, reset }: ErrorComponentProps) {
  const t = useTranslate();
  return (
    <>
      <h1 className="visually-hidden">{t('console.product')}</h1>
      <Failure error={error} reset={reset} />
    </>
  );
}

/** The same below a heading of its own. `home`: with a way on from what is missing or refused. */
export function Failure({
  error,
  reset,
  home = false,
}: Pick<ErrorComponentProps, 'error' | 'reset'> & { home?: boolean }) {
  const t = useTranslate();
  if (error instanceof ApiError && (error.status === 403 || error.status === 404))
    return (
      <ForbiddenState>
        {home ? (
          <p>
            <a href="/can-bo/">{t('console.no-permission.home')}</a>
          </p>
        ) : null}
      </ForbiddenState>
    );
  // A browser asks once for a script: where it was not there, trying again gives the same answer.
  if (isScriptMissing(error))
    return (
      <ErrorState title={t('console.script-missing.title')} text={t('console.script-missing.text')}>
        <Button type="button" look="secondary" onClick={() => location.reload()}>
          {t('console.script-missing.reload')}
        </Button>
      </ErrorState>
    );
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

/** A part of the screen that could not be fetched, as Chromium, Firefox and Safari say it: after an update, or cut off. */
const isScriptMissing = (error: unknown): boolean =>
  error instanceof TypeError && /dynamically imported module|Importing a module script failed/i.test(error.message);

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
