import i18next, { type FormatterModule } from 'i18next';
import { formatNumberVi } from '../../../core/text/numbers.ts';
import type { Catalogue } from './messages.ts';

/** Text of a key with its `{{places}}` filled; an unknown key comes back as itself, so that it is seen. */
export type Translate = (key: string, params?: Record<string, string | number>) => string;

/** Places for numbers that name something: they are not amounts and get no dots. */
const NAMING = new Set(['year', 'number', 'code', 'revision']);

/** Writes amounts as they are read here: `3.021`, `4,2`. */
const formatter: FormatterModule = {
  type: 'formatter',
  init: () => {},
  add: () => {},
  addCached: () => {},
  format: (value: unknown, _format, _language, options) =>
    typeof value === 'number' && !NAMING.has(String(options?.interpolationkey)) ? formatNumberVi(value) : String(value),
};

/**
 * A translator over one language's catalogue. Keys are flat (`portal.home.title`); nothing is escaped, because
 * React escapes. `count` picks the plural form where a language has one (`key_one`, `key_other`).
 */
export function createTranslator(catalogue: Catalogue, language = 'vi'): Translate {
  const instance = i18next.createInstance().use(formatter);
  instance.init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false, skipOnVariables: true, alwaysFormat: true },
    resources: { [language]: { translation: catalogue } },
  });
  return (key, params) => (params === undefined ? instance.t(key) : instance.t(key, params));
}
