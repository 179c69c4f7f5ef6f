import { Note } from '../../../shared/design/banner.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';

/** After a change of calendar: open dossiers keep the days they were given until a plan moves them. */
export function PlanHint({ made = false }: { made?: boolean }) {
  const t = useTranslate();
  return (
    <Note tone="warning">
      <p>
        {t(made ? 'console.calendar-edit.plan-made' : 'console.calendar-edit.plan-text')}{' '}
        <a href="/can-bo/quan-tri/lich/ke-hoach">{t('console.calendar-edit.plan-link')}</a>
      </p>
    </Note>
  );
}
