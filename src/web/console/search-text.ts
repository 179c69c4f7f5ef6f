import { createStore, useStore } from './store.ts';

// Names and numbers are personal data: what is searched for never stands in an address (contracts §4.12).
const text = createStore('');

/** Hands a search text from the top bar to the search screen. */
export const setSearchText = text.set;

/** What was last typed in the top bar. */
export function useSearchText(): string {
  return useStore(text);
}
