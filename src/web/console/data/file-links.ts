import { useEffect } from 'react';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { fetchFile } from '../api.ts';
import { notifyError } from '../toasts.tsx';
import { saveBlob } from './csv.ts';

/** Files the interface makes; those put in by people have no such ending, and what opens in a tab of its own may do so. */
const MADE = 'a[href^="/api/"]:not([target])';
const ENDING = /\.(csv|docx|pdf|xlsx)$/;

/** Fetches a file of the interface and lets the browser save it. @throws ApiError */
export async function saveFile(address: string): Promise<void> {
  const { name, blob } = await fetchFile(address);
  saveBlob(name, blob);
}

/**
 * Links to files of the interface, wherever they stand: saved without leaving the screen. After an expired session the person
 * signs in again and gets the file; a refusal is told. Once, in the shell.
 */
export function useFileLinks(): void {
  const t = useTranslate();
  useEffect(() => {
    function onClick(event: MouseEvent): void {
      if (event.defaultPrevented || event.button !== 0) return;
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(MADE) : null;
      if (!link || !ENDING.test(link.pathname)) return;
      event.preventDefault();
      if (link.ariaBusy === 'true') return;
      link.ariaBusy = 'true';
      void saveFile(link.href)
        .catch((error: unknown) => notifyError(error, t('console.network')))
        .finally(() => {
          link.ariaBusy = null;
        });
    }
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, [t]);
}
