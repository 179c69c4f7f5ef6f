import { useTranslate } from '../i18n/context.tsx';

/** First stop of the Tab key: jumps over head and menu to `#main`. */
export function SkipLink() {
  const t = useTranslate();
  return (
    <a className="skip-link" href="#main">
      {t('ui.skip')}
    </a>
  );
}
