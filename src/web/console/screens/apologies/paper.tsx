import type { ApologyViewType, ExemptionViewType } from '../../../../modules/onestop/apologies/contract.ts';
import { Tag, type TagTone } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showShortInstant } from '../../data/format.ts';

const TONES: Record<ApologyViewType['state'], TagTone> = {
  draft: 'grey',
  proposed: 'blue',
  returned: 'amber',
  approved: 'blue',
  issued: 'green',
  sent: 'green',
  withdrawn: 'grey',
};
const EXEMPTION_TONES: Record<ExemptionViewType['state'], TagTone> = {
  requested: 'blue',
  approved: 'green',
  refused: 'red',
};

/** A proposal or an issued paper in a few lines: state, new date, reason, how it reached the citizen. */
export function PaperLines({ paper, late }: { paper: ApologyViewType; late: boolean }) {
  const t = useTranslate();
  // A new day can be given before the due date only: what was begun then has to become an apology now.
  const isOutlived = late && paper.kind === 'reappointment' && (paper.state === 'draft' || paper.state === 'returned');
  return (
    <>
      <Tag tone={isOutlived ? 'red' : TONES[paper.state]}>
        {isOutlived
          ? t('console.apology.outlived')
          : `${t(`console.apology.kind.${paper.kind}`)}: ${t(`console.apology.state.${paper.state}`)}`}
      </Tag>
      {paper.lateNotice ? <Tag tone="amber">{t('console.apology.late-notice')}</Tag> : null}
      {paper.newDueAt ? (
        <span className="line">
          {t('console.apology.new-due')}: {showShortInstant(paper.newDueAt)}
        </span>
      ) : null}
      {paper.reasonName ? <span className="line">{paper.reasonName}</span> : null}
      {paper.number ? (
        <span className="line">
          {t('console.apology.number', { number: paper.number })}, {showShortInstant(paper.issuedAt)}
        </span>
      ) : null}
      {paper.state === 'returned' && paper.returnReason ? (
        <span className="hint">{t('console.apology.returned-for', { reason: paper.returnReason })}</span>
      ) : null}
      {paper.withdrawReason ? <span className="hint">{paper.withdrawReason}</span> : null}
      {paper.deliveries.map((delivery) => (
        <span className="hint" key={delivery.channel}>
          {t(`console.apology.channel.${delivery.channel}`)}: {t(`console.apology.delivery.${delivery.state}`)}
          {delivery.note ? ` (${delivery.note})` : ''}
        </span>
      ))}
    </>
  );
}

export function ExemptionLines({ exemption }: { exemption: ExemptionViewType }) {
  const t = useTranslate();
  return (
    <>
      <Tag tone={EXEMPTION_TONES[exemption.state]}>{t(`console.apology.exemption.${exemption.state}`)}</Tag>
      {exemption.reasonName ? <span className="line">{exemption.reasonName}</span> : null}
      <span className="line">{exemption.reason}</span>
      {exemption.evidence ? (
        <span className="hint">
          {t('console.apology.evidence')}: {exemption.evidence}
        </span>
      ) : null}
      {exemption.files.map((file) => (
        <span className="line" key={file.id}>
          <a href={`/api/apologies/exemptions/${exemption.id}/files/${file.id}`} target="_blank" rel="noreferrer">
            {file.name}
          </a>
        </span>
      ))}
      {exemption.decisionNote ? <span className="hint">{exemption.decisionNote}</span> : null}
    </>
  );
}
