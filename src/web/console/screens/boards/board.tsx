import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { DeskBoard } from './desk-board.tsx';
import { UnitsBoard } from './units-board.tsx';

/** A head's board of the unit's desks now, and a chief's board of all units. */
export default function Board() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const units = filters.ngan === 'don-vi';
  const tab = (name: string, label: string, current: boolean) => (
    <button
      type="button"
      className="button button--secondary button--small"
      aria-pressed={current}
      onClick={() => set({ ngan: name })}
    >
      {label}
    </button>
  );
  return (
    <>
      <ScreenHead title={t('boards.title')} />
      <nav className="button-row no-print" aria-label={t('boards.tabs')}>
        {tab('', t('boards.tab-desk'), !units)}
        {tab('don-vi', t('boards.tab-units'), units)}
      </nav>
      {units ? <UnitsBoard /> : <DeskBoard />}
    </>
  );
}
