import { getDossierApologies } from '../../../../modules/onestop/apologies/contract.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showDay } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { ApologyActs } from './acts.tsx';
import { ExemptionLines, PaperLines } from './paper.tsx';

/** Re-appointment, apology and exemption on a dossier's page. Nothing while there is nothing to say or do. */
export function ApologyPart({ id, code }: { id: string; code: string }) {
  const t = useTranslate();
  const { data } = useCall(getDossierApologies, { params: { id } });
  if (!data) return null;
  const { rows, exemptions, mayPropose, mayAskExemption, mayReappoint } = data;
  if (rows.length === 0 && exemptions.length === 0 && !data.owed && !mayPropose) return null;
  const open = rows.find((row) => row.acts.some((act) => act !== 'print'));
  const request = exemptions.find((one) => one.state === 'requested');
  return (
    <section className="panel" aria-labelledby="apology-title">
      <h2 id="apology-title">{t('console.apology.part')}</h2>
      {data.owed ? <Note tone="danger">{t('console.apology.owed')}</Note> : null}
      {!data.late && mayPropose && mayReappoint && data.lastNoticeDay ? (
        <p className="hint">{t('console.apology.last-day', { day: showDay(data.lastNoticeDay) })}</p>
      ) : null}
      <ul className="plain-list">
        {rows.map((row) => (
          <li key={row.id}>
            <PaperLines paper={row} late={data.late} />
            {row.reason ? <span className="line">{row.reason}</span> : null}
            {row.acts.includes('print') && row !== open ? (
              <a href={`/api/apologies/${row.id}/slip.pdf`} target="_blank" rel="noreferrer">
                {t('console.apology.print')}
              </a>
            ) : null}
          </li>
        ))}
        {exemptions.map((one) => (
          <li key={one.id}>
            <ExemptionLines exemption={one} />
          </li>
        ))}
      </ul>
      <div className="no-print">
        <ApologyActs
          subject={{
            dossierId: id,
            dossierCode: code,
            dueAt: data.dueAt,
            late: data.late,
            apology: open ?? null,
            exemption: request ?? null,
            mayPropose,
            mayAskExemption,
            mayReappoint,
          }}
          choices={data}
        />
      </div>
    </section>
  );
}
