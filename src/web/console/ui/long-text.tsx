import { useTranslate } from '../../shared/i18n/context.tsx';

const SHOWN = 300;

/** A text somebody wrote: a long one is folded to its beginning, so that it does not push the rest off the screen. */
export function LongText({ text }: { text: string }) {
  const t = useTranslate();
  if (text.length <= SHOWN * 1.5) return text;
  const cut = text.lastIndexOf(' ', SHOWN);
  return (
    <details className="long-text">
      <summary>
        <span className="long-text__start">{text.slice(0, cut > SHOWN / 2 ? cut : SHOWN)}… </span>
        <span className="long-text__more">{t('console.long-text')}</span>
      </summary>
      {text}
    </details>
  );
}
