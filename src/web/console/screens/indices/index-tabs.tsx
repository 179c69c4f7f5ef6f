import { Link } from '@tanstack/react-router';
import { useTranslate } from '../../../shared/i18n/context.tsx';

const TABS = [
  { to: '/chi-so', key: 'indices.tab-rounds' },
  { to: '/chi-so/xep-hang', key: 'indices.tab-league' },
  { to: '/chi-so/bo', key: 'indices.tab-sets' },
] as const;

/** The three lists of indices. */
export function IndexTabs({ at }: { at: (typeof TABS)[number]['to'] }) {
  const t = useTranslate();
  return (
    <nav aria-label={t('indices.tabs')} className="no-print">
      <ul className="tabs">
        {TABS.map(({ to, key }) => (
          <li key={to}>
            <Link
              to={to}
              aria-current={to === at ? 'page' : undefined}
              activeOptions={{ exact: true }}
              activeProps={{}}
            >
              {t(key)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
