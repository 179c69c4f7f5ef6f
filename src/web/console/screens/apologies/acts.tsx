import { useState } from 'react';
import { Button } from '../../../shared/design/button.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { ActDialog, type ApologyActName, type ApologyChoices, type ApologySubject } from './act-dialog.tsx';

function actsOf(subject: ApologySubject): ApologyActName[] {
  const own = subject.apology?.acts ?? [];
  const names: ApologyActName[] = [];
  if (subject.mayPropose) names.push('propose');
  for (const act of ['approve', 'return', 'issue', 'deliver', 'withdraw'] as const)
    if (own.includes(act)) names.push(act);
  if (subject.mayAskExemption) names.push('ask-exemption');
  if (subject.exemption?.mayDecide) names.push('exempt', 'refuse-exemption');
  return names;
}

/** Whose turn it is. */
function waitsFor({ apology, exemption }: ApologySubject): 'holder' | 'leader' | 'clerk' | 'nobody' {
  if (exemption?.state === 'requested') return 'leader';
  if (exemption?.state === 'approved') return 'nobody';
  switch (apology?.state) {
    case 'proposed':
      return 'leader';
    case 'approved':
    case 'issued':
      return 'clerk';
    case 'sent':
      return 'nobody';
    default:
      return 'holder';
  }
}

/** What may be done now about the apology of one dossier; each opens its form. */
export function ApologyActs({
  subject,
  choices,
  tellsWho = false,
}: {
  subject: ApologySubject;
  choices: ApologyChoices;
  /** Says whose turn it is where the reader may do nothing. */
  tellsWho?: boolean;
}) {
  const t = useTranslate();
  const [open, setOpen] = useState<ApologyActName>();
  const names = actsOf(subject);
  const canPrint = subject.apology?.acts.includes('print') ?? false;
  if (tellsWho && names.length === 0 && !canPrint)
    return <span className="hint">{t(`console.apology.waits.${waitsFor(subject)}`)}</span>;
  return (
    <div className="button-row button-row--tight">
      {names.map((name) => (
        <Button key={name} type="button" look="secondary" small onClick={() => setOpen(name)}>
          {t(`console.apology.act.${name}`)}
          <span className="visually-hidden"> {subject.dossierCode}</span>
        </Button>
      ))}
      {canPrint ? (
        <a href={`/api/apologies/${subject.apology?.id}/slip.pdf`} target="_blank" rel="noreferrer">
          {t('console.apology.print')}
          <span className="visually-hidden"> {subject.dossierCode}</span>
        </a>
      ) : null}
      {open === undefined ? null : (
        <ActDialog name={open} subject={subject} choices={choices} onClose={() => setOpen(undefined)} />
      )}
    </div>
  );
}
