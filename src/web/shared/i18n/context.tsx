import { createContext, type ReactNode, useContext } from 'react';
import type { Translate } from './translator.ts';

const TranslateContext = createContext<Translate>((key) => key);

/** Hands the translator to every component below; the server wraps a page in it, the console its root. */
export function TranslateProvider({ t, children }: { t: Translate; children: ReactNode }) {
  return <TranslateContext value={t}>{children}</TranslateContext>;
}

/** The translator of the page; outside a provider keys come back as themselves. */
export function useTranslate(): Translate {
  return useContext(TranslateContext);
}
