import type { ProcedureView } from '../../modules/onestop/portal/rules/browse-views.ts';
import { useTranslate } from '../shared/i18n/context.tsx';

/** Papers to bring or attach, by group, each with how many and whether it is always needed. */
export function ProcedurePapers({ groups, online }: { groups: ProcedureView['componentGroups']; online: boolean }) {
  const t = useTranslate();
  if (groups.every((group) => group.items.length === 0)) return <p>{t('portal.procedure.no-papers')}</p>;
  return groups.map((group) => (
    <section key={group.id}>
      {group.title ? <h3>{group.title}</h3> : null}
      <ul className="papers">
        {group.items.map((item) => (
          <li key={item.id}>
            {item.name}
            <span className="line hint-inline">
              {[
                t(`portal.paper.${item.required}`),
                t(`portal.paper.${item.present}`),
                item.originals > 0 ? t('portal.paper.originals', { n: item.originals }) : '',
                item.copies > 0 ? t('portal.paper.copies', { n: item.copies }) : '',
                item.filledOnline ? t(online ? 'portal.paper.filled-online' : 'portal.paper.filled-at-desk') : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {item.hint ? <span className="line">{item.hint}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  ));
}
