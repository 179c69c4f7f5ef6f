import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslate } from '../shared/i18n/context.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { createStore, useStore } from './store.ts';

const Dialog = lazy(() => import('./ui/dialog.tsx'));

type Waiting = ((signedIn: boolean) => void)[];
const waiting = createStore<Waiting>([]);

/** Opens the sign-in dialog; several calls that fail at once share one dialog and all go on after it. */
export function askSignIn(): Promise<boolean> {
  return new Promise((resolve) => waiting.set([...waiting.get(), resolve]));
}

function answerAll(signedIn: boolean): void {
  const all = waiting.get();
  waiting.set([]);
  for (const resolve of all) resolve(signedIn);
}

/** The dialog itself; once, in the shell. The screen below stays as it is, so nothing typed is lost. */
export function SignInAgain() {
  const t = useTranslate();
  const client = useQueryClient();
  if (useStore(waiting).length === 0) return null;
  return (
    <Suspense fallback={null}>
      <Dialog title={t('console.sign-in.again-title')} onClose={() => answerAll(false)}>
        <p>{t('console.sign-in.again-text')}</p>
        <SignInForm
          onDone={() => {
            answerAll(true);
            void client.invalidateQueries({ queryKey: ['me'] });
          }}
        />
      </Dialog>
    </Suspense>
  );
}
