import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { ApiError } from '../api-error.ts';
import { notify, notifyError } from '../toasts.tsx';

/**
 * Runs an act of a screen: one at a time, refreshes what it changed, tells the outcome. `act` answers true when it
 * worked; the error stays in `error` for the form.
 */
export function useAct(refresh: readonly { readonly id: string }[]) {
  const t = useTranslate();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  async function act(
    work: () => Promise<unknown>,
    doneText?: string,
    options: { toastError?: boolean } = {},
  ): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    setError(undefined);
    try {
      await work();
      if (doneText !== undefined) notify('success', doneText);
      await Promise.all(refresh.map(({ id }) => client.invalidateQueries({ queryKey: [id] })));
      return true;
    } catch (failure) {
      setError(failure);
      if (options.toastError) notifyError(failure, t('console.network'));
      return false;
    } finally {
      setBusy(false);
    }
  }

  const errorText = error === undefined ? undefined : error instanceof ApiError ? error.message : t('console.network');
  return { act, busy, error, errorText };
}
