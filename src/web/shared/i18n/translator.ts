import i18next from 'i18next';
import type { Catalogue } from './messages.ts';

/** Text of a key with its `{{places}}` filled; an unknown key comes back as itself, so that it is seen. */
export type Translate = (key: string, params?: Record<string, string | number>) => string;

/**
 * A translator over one language's catalogue. Keys are flat (`portal.home.title`); nothing is escaped, because
 * React escapes. `count` picks the plural form where a language has one (`key_one`, `key_other`).
 */
export function createTranslator(catalogue: Catalogue, language = 'vi'): Translate {
  const instance = i18next.createInstance();
  instance.init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false, skipOnVariables: true },
    resources: { [language]: { translation: catalogue } },
  });
  return (key, params) => (params === undefined ? instance.t(key) : instance.t(key, params));
}
