import { useTranslate } from '../i18n/context.tsx';

/** Where the script says that the draft is saved; put it inside the form with `data-autosave-url`. */
export function AutosaveStatus({ savedText }: { savedText?: string | undefined }) {
  const t = useTranslate();
  return (
    <p
      className="hint-inline"
      data-autosave-status
      data-saved-text={t('forms.autosave.saved')}
      data-failed-text={t('forms.autosave.failed')}
      data-ended-text={t('forms.autosave.ended')}
      aria-live="polite"
    >
      {savedText}
    </p>
  );
}
