import { Note } from '../../shared/design/banner.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { Tick } from './tick.tsx';

/** Of a file that does not say whose it is: somebody says so before it is taken. @param whose unit and period it would be taken for */
export function WhoseSheet({
  id,
  whose,
  sure,
  onSure,
}: {
  id: string;
  whose: string;
  sure: boolean;
  onSure: (sure: boolean) => void;
}) {
  const t = useTranslate();
  return (
    <>
      <Note tone="warning">{t('ui.workbook.unnamed')}</Note>
      <Tick id={id} label={t('ui.workbook.sure', { whose })} checked={sure} onChange={onSure} />
    </>
  );
}
