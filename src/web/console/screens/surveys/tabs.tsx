import { Link } from '@tanstack/react-router';
import { useTranslate } from '../../../shared/i18n/context.tsx';

const TABS = [
  { to: '/khao-sat', key: 'surveys.tab-surveys' },
  { to: '/khao-sat/phieu', key: 'surveys.tab-forms' },
  { to: '/khao-sat/danh-gia', key: 'surveys.tab-ratings' },
] as const;

/** The three lists of surveys. */
export function SurveyTabs({ at }: { at: (typeof TABS)[number]['to'] }) {
  const t = useTranslate();
  return (
    <nav aria-label={t('surveys.tabs')} className="no-print">
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
