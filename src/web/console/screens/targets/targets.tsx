import { Link } from '@tanstack/react-router';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { given } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { ActionList } from './actions.tsx';
import { Board } from './board.tsx';
import { UnitTotals } from './unit-totals.tsx';

const TABS = [
  { name: '', key: 'targets.tab-board' },
  { name: 'don-vi-duoi', key: 'targets.tab-units' },
  { name: 'viec', key: 'targets.tab-actions' },
] as const;

/** What a unit is to reach and how it stands; and what is being done about what lags. */
export default function Targets() {
  const t = useTranslate();
  const me = useMe();
  const [filters] = useFilters();
  const reads = mayDo(me, 'targets.read');
  // Whoever answers for an action may open it without reading the targets of a unit.
  const tab = reads ? (TABS.find(({ name }) => name === filters.ngan)?.name ?? '') : 'viec';
  return (
    <>
      <ScreenHead title={t('targets.title')} />
      <nav aria-label={t('targets.tabs')}>
        <ul className="tabs">
          {TABS.filter(({ name }) => name === 'viec' || reads).map(({ name, key }) => (
            <li key={name}>
              <Link
                to="/chi-tieu"
                search={given({ ngan: name }) as never}
                aria-current={name === tab ? 'page' : undefined}
                activeOptions={{ exact: true }}
                activeProps={{}}
              >
                {t(key)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {tab === 'viec' ? <ActionList /> : tab === '' ? <Board /> : <UnitTotals />}
    </>
  );
}
