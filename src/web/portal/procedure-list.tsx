import type { ProcedureSummary } from '../../modules/onestop/portal/rules/browse-views.ts';
import { Tag } from '../shared/design/tag.tsx';
import { useTranslate } from '../shared/i18n/context.tsx';
import { feeAmountText } from './wording.ts';

/** Procedures as links with what one wants to know first: how long, how much, whether online. */
export function ProcedureList({ rows }: { rows: readonly ProcedureSummary[] }) {
  const t = useTranslate();
  return (
    <ul className="procedure-list">
      {rows.map((row) => (
        <li key={row.code}>
          <a className="procedure-list__name" href={`/thu-tuc/${encodeURIComponent(row.code)}`}>
            {row.name}
          </a>
          <p className="procedure-list__facts">
            <span>{row.fieldName}</span>
            {row.limitText ? (
              <span>
                {t('portal.procedure.limit')}: {row.limitText}
              </span>
            ) : null}
            <span>
              {t('portal.procedure.fee')}: {feeAmountText(t, row.fee)}
            </span>
            {row.online === 'none' ? null : <Tag tone="blue">{t(`portal.online.${row.online}`)}</Tag>}
          </p>
        </li>
      ))}
    </ul>
  );
}
