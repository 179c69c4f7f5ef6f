import { useSyncExternalStore } from 'react';

// The width below which tables become cards (`components.css`); paper is never narrow.
const narrow = typeof window === 'undefined' ? undefined : window.matchMedia('screen and (max-width: 40rem)');

function subscribe(listener: () => void): () => void {
  narrow?.addEventListener('change', listener);
  return () => narrow?.removeEventListener('change', listener);
}

/** True on a screen as narrow as a telephone's, following its width. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow?.matches ?? false);
