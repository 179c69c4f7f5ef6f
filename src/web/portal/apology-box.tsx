import type { OwnApology } from '../../modules/onestop/portal/rules/apology-views.ts';
import { Note } from '../shared/design/banner.tsx';
import { useTranslate } from '../shared/i18n/context.tsx';
import { instantText } from './wording.ts';

/** What the office says about being late: in plain words, the new date, the reason. Nothing where there is nothing. */
export function Apologies({ rows }: { rows: readonly OwnApology[] }) {
  const t = useTranslate();
  return rows.map((row) => (
    <Note tone="warning" key={row.issuedAt}>
      <p>
        <strong>{t('portal.apology.title')}</strong>
      </p>
      <p>{row.text}</p>
      <p>
        {t('portal.apology.reason', { reason: row.reasonName })}
        {row.reason === '' ? null : <span className="line">{row.reason}</span>}
      </p>
      <p className="hint-inline">
        {t('portal.apology.number', { number: row.number, when: instantText(row.issuedAt) })}
      </p>
    </Note>
  ));
}
