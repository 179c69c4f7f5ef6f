import { Link } from '@tanstack/react-router';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { mayDo, useMe } from '../../session.ts';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { AbsenceList } from './absence-list.tsx';
import { OwnAbsence } from './own-absence.tsx';
import { Unattended } from './unattended.tsx';

const PARTS = { 'toi-vang': 'own', lich: 'list', 'ho-so': 'unattended' } as const;
type Part = keyof typeof PARTS;

/** Who is away and who acts for them; what lies with nobody. */
export default function Absence() {
  const t = useTranslate();
  const me = useMe();
  const [filters] = useFilters();
  const parts = (Object.keys(PARTS) as Part[]).filter((part) => {
    if (part === 'lich') return mayDo(me, 'absence.manage');
    return part === 'ho-so' ? mayDo(me, 'dossier.reassign') : true;
  });
  const part = parts.find((one) => one === filters.phan) ?? (parts.includes('lich') ? 'lich' : 'toi-vang');
  return (
    <>
      <ScreenHead title={t('absence.title')} />
      {parts.length > 1 ? (
        <nav aria-label={t('absence.tabs')}>
          <ul className="tabs">
            {parts.map((one) => (
              <li key={one}>
                <Link
                  to="/vang-mat"
                  search={{ phan: one } as never}
                  aria-current={one === part ? 'page' : undefined}
                  activeProps={{}}
                >
                  {t(`absence.tab.${PARTS[one]}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
      {part === 'lich' ? <AbsenceList /> : part === 'ho-so' ? <Unattended /> : <OwnAbsence />}
    </>
  );
}
