import { listAbsences } from '../../../../modules/foundation/absence/contract.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { useCall } from '../../data/use-call.ts';
import { useMe } from '../../session.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { PAGE_SIZE } from '../../ui/paged-table.tsx';
import { AbsenceForm } from './absence-form.tsx';
import { AbsenceTable } from './absence-table.tsx';

/** My own absences, and those in which I act. */
export function OwnAbsence() {
  const t = useTranslate();
  const me = useMe();
  const [filters, set] = useFilters();
  const page = Number(filters.trang) || 1;
  const list = useCall(listAbsences, { query: { own: 'yes', page, limit: PAGE_SIZE } }, { keep: true });
  return (
    <>
      <p className="hint">{t('absence.intro-own')}</p>
      <Disclosure label={t('absence.record-own')}>
        {(close) => (me ? <AbsenceForm staffId={me.staffId} close={close} /> : null)}
      </Disclosure>
      <AbsenceTable query={list} page={page} onPage={(next) => set({ trang: String(next) })} />
    </>
  );
}
