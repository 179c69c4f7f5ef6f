import { Link } from '@tanstack/react-router';
import { useTranslate } from '../../shared/i18n/context.tsx';

/** The lists of one subject, each at an address of its own; `at` is the one shown. */
export function PathTabs<To extends string>({
  label,
  tabs,
  at,
}: {
  label: string;
  tabs: readonly { readonly to: To; readonly key: string }[];
  at: To;
}) {
  const t = useTranslate();
  return (
    <nav aria-label={label} className="no-print">
      <ul className="tabs">
        {tabs.map(({ to, key }) => (
          <li key={to}>
            <Link
              to={to as never}
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
