import type { DossierLatenessType } from '../../../../modules/onestop/lateness/contract.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';

/** The dated list of causes; those outside the holder's will say so. */
export function CauseSelect({
  id,
  causes,
  value,
  onChange,
  error,
}: {
  id: string;
  causes: DossierLatenessType['causes'];
  value: string;
  onChange: (code: string) => void;
  error?: string | undefined;
}) {
  const t = useTranslate();
  return (
    <Select
      id={id}
      label={t('lateness.form.cause')}
      value={value}
      onChange={onChange}
      empty={t('lateness.form.choose')}
      error={error}
      options={causes.map(({ code, name, excusable }) => ({
        value: code,
        label: excusable ? t('lateness.form.excusable', { name }) : name,
      }))}
    />
  );
}
