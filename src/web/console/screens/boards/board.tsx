import { Link } from '@tanstack/react-router';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { given } from '../../data/use-call.ts';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { DeskBoard } from './desk-board.tsx';
import { UnitsBoard } from './units-board.tsx';

const TABS = [
  { name: '', key: 'boards.tab-desk' },
  { name: 'don-vi', key: 'boards.tab-units' },
] as const;

/** A head's board of the unit's desks now, and a chief's board of all units. */
export default function Board() {
  const t = useTranslate();
  const [filters] = useFilters();
  const units = filters.ngan === 'don-vi';
  return (
    <>
      <ScreenHead title={t('boards.title')} />
      <nav aria-label={t('boards.tabs')}>
        <ul className="tabs">
          {TABS.map(({ name, key }) => (
            <li key={name}>
              <Link
                to="/bang-dieu-hanh"
                search={given({ ngan: name }) as never}
                aria-current={name === (units ? 'don-vi' : '') ? 'page' : undefined}
                activeOptions={{ exact: true }}
                activeProps={{}}
              >
                {t(key)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {units ? <UnitsBoard /> : <DeskBoard />}
    </>
  );
}
