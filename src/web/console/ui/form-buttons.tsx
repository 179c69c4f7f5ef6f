import { Button, ButtonRow } from '../../shared/design/button.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';

/** End of a small form: do it, or leave it. */
export function FormButtons({ label, disabled, close }: { label: string; disabled: boolean; close: () => void }) {
  const t = useTranslate();
  return (
    <ButtonRow>
      <Button small disabled={disabled}>
        {label}
      </Button>
      <Button type="button" look="link" onClick={close}>
        {t('console.cancel')}
      </Button>
    </ButtonRow>
  );
}
