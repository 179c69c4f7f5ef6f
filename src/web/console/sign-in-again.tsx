import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslate } from '../shared/i18n/context.tsx';
import { type Me, meQuery } from './session.ts';
import { SignInForm } from './sign-in-form.tsx';
import { createStore, useStore } from './store.ts';
import { notify } from './toasts.tsx';

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

  /** What was being sent is sent again only for the person who sent it; another one starts from what she may see. */
  async function goOn(): Promise<void> {
    const before = client.getQueryData<Me | null>(meQuery.queryKey);
    const now = await client.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => null);
    const same = !before || before.staffId === now?.staffId;
    answerAll(same);
    if (same) return;
    notify('danger', t('console.sign-in.other-person'));
    await client.invalidateQueries();
  }

  return (
    <Suspense fallback={null}>
      <Dialog title={t('console.sign-in.again-title')} onClose={() => answerAll(false)}>
        <p>{t('console.sign-in.again-text')}</p>
        <SignInForm onDone={() => void goOn()} />
      </Dialog>
    </Suspense>
  );
}
