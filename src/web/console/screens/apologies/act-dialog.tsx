import { type FormEvent, lazy, Suspense, useState } from 'react';
import {
  type ApologyViewType,
  approveApology,
  decideExemption,
  type ExemptionViewType,
  getDossierApologies,
  getLateFigures,
  issueApology,
  listApologies,
  proposeApology,
  recordApologyPaper,
  requestExemption,
  returnApology,
  withdrawApology,
} from '../../../../modules/onestop/apologies/contract.ts';
import { getDossier } from '../../../../modules/onestop/dossiers/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { given } from '../../data/use-call.ts';
import { useKey } from '../../data/use-key.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { focusWrong } from '../../ui/focus-wrong.ts';
import { Select } from '../../ui/select.tsx';
import { type EvidenceFile, EvidenceFiles } from './evidence-files.tsx';
import { ExemptionLines } from './paper.tsx';

const Dialog = lazy(() => import('../../ui/dialog.tsx'));

/** What an act is about: a dossier with its open paper or request. */
export interface ApologySubject {
  dossierId: string;
  dossierCode: string;
  dueAt: string | null;
  late: boolean;
  apology: ApologyViewType | null;
  exemption: ExemptionViewType | null;
  mayPropose: boolean;
  mayAskExemption: boolean;
  mayReappoint: boolean;
}

export type ApologyActName =
  | 'propose'
  | 'approve'
  | 'return'
  | 'issue'
  | 'deliver'
  | 'withdraw'
  | 'ask-exemption'
  | 'exempt'
  | 'refuse-exemption';

/** Acts with one text that must be given; `approve` and `issue` need none. */
const TEXT_OF: Partial<Record<ApologyActName, string>> = {
  return: 'reason',
  withdraw: 'reason',
  deliver: 'delivery-note',
  'refuse-exemption': 'note',
};

/** What may be chosen as the reason of a paper and of an exemption. */
export interface ApologyChoices {
  reasons: readonly { code: string; name: string }[];
  exemptionReasons: readonly { code: string; name: string; needsFile: boolean }[];
}

/** The form of one act, above the screen. */
export function ActDialog({
  name,
  subject,
  choices: { reasons, exemptionReasons },
  onClose,
}: {
  name: ApologyActName;
  subject: ApologySubject;
  choices: ApologyChoices;
  onClose: () => void;
}) {
  const t = useTranslate();
  const { apology, exemption } = subject;
  const [text, setText] = useState(name === 'propose' ? (apology?.reason ?? '') : '');
  const [evidence, setEvidence] = useState('');
  const [files, setFiles] = useState<readonly EvidenceFile[]>([]);
  const [reasonCode, setReasonCode] = useState(name === 'propose' ? (apology?.reasonCode ?? '') : '');
  const [day, setDay] = useState(apology?.newDueAt?.slice(0, 10) ?? '');
  const [missing, setMissing] = useState(false);
  const { act, busy, error } = useAct([listApologies, getDossierApologies, getLateFigures, getDossier]);
  const key = useKey();
  const label = t(`console.apology.act.${name}`);
  const textKey = TEXT_OF[name];
  const needsFile = exemptionReasons.find((one) => one.code === reasonCode)?.needsFile ?? false;
  const isLong = name === 'propose' || name === 'ask-exemption';

  function send(): Promise<unknown> {
    const of = (one: { id: string; version: number } | null) => ({
      params: { id: one?.id ?? '' },
      version: one?.version ?? 1,
    });
    const paper = of(apology);
    const request = of(exemption);
    const words = text.trim();
    switch (name) {
      case 'propose':
        return call(
          proposeApology,
          {
            body: {
              dossierId: subject.dossierId,
              reasonCode,
              reason: words,
              newDueDay: subject.mayReappoint && day !== '' ? day : null,
              ...given({ version: apology?.version }),
            },
          },
          key,
        );
      case 'approve':
        return call(approveApology, { params: paper.params, body: { version: paper.version } }, key);
      case 'return':
        return call(returnApology, { params: paper.params, body: { version: paper.version, reason: words } }, key);
      case 'issue':
        return call(issueApology, { params: paper.params, body: { version: paper.version } }, key);
      case 'deliver':
        return call(recordApologyPaper, { params: paper.params, body: { version: paper.version, note: words } }, key);
      case 'withdraw':
        return call(withdrawApology, { params: paper.params, body: { version: paper.version, reason: words } }, key);
      case 'ask-exemption':
        return call(
          requestExemption,
          {
            body: {
              dossierId: subject.dossierId,
              reasonCode,
              reason: words,
              evidence: evidence.trim(),
              fileIds: files.map((file) => file.id),
            },
          },
          key,
        );
      case 'exempt':
      case 'refuse-exemption':
        return call(
          decideExemption,
          {
            params: request.params,
            body: { version: request.version, approve: name === 'exempt', note: words },
          },
          key,
        );
    }
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const lacks =
      ((isLong || textKey !== undefined) && text.trim() === '') ||
      (isLong && reasonCode === '') ||
      (name === 'ask-exemption' && files.length === 0 && (needsFile || evidence.trim() === ''));
    setMissing(lacks);
    if (lacks) return focusWrong(event.currentTarget);
    if (await act(send, t('console.apology.done', { label, code: subject.dossierCode }))) onClose();
  }

  const need = (value: string) => (missing && value.trim() === '' ? t('console.apology.needed') : undefined);
  return (
    <Suspense fallback={null}>
      <Dialog title={`${label} – ${subject.dossierCode}`} onClose={onClose}>
        <form onSubmit={submit} noValidate aria-label={label}>
          <FailureNote error={error} />
          <p>
            {t('console.apology.due')}: <strong>{showInstant(subject.dueAt)}</strong>
            {name !== 'propose' && apology?.newDueAt ? (
              <span className="line">
                {t('console.apology.new-due')}: <strong>{showInstant(apology.newDueAt)}</strong>
              </span>
            ) : null}
          </p>
          {t(`console.apology.explain.${name}`) === '' ? null : <p>{t(`console.apology.explain.${name}`)}</p>}
          {name === 'exempt' || name === 'refuse-exemption' ? (
            <div className="note">{exemption ? <ExemptionLines exemption={exemption} /> : null}</div>
          ) : null}
          {isLong ? (
            <Select
              id="apology-reason-code"
              label={t('console.apology.reason-code')}
              value={reasonCode}
              onChange={setReasonCode}
              options={(name === 'propose' ? reasons : exemptionReasons).map((reason) => ({
                value: reason.code,
                label: reason.name,
              }))}
              empty={t('console.apology.choose')}
              error={need(reasonCode)}
            />
          ) : null}
          {isLong ? (
            <TextAreaField
              id="apology-reason"
              label={t(`console.apology.reason-${name}`)}
              hint={t(`console.apology.hint-${name}`)}
              rows={3}
              maxLength={2000}
              value={text}
              error={need(text)}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          ) : null}
          {name === 'ask-exemption' ? (
            <>
              <TextField
                id="apology-evidence"
                label={t('console.apology.evidence')}
                hint={t('console.apology.evidence-hint')}
                maxLength={1000}
                value={evidence}
                error={needsFile || files.length > 0 ? undefined : need(evidence)}
                onChange={(event) => setEvidence(event.currentTarget.value)}
              />
              <EvidenceFiles
                files={files}
                onFiles={setFiles}
                needed={needsFile}
                error={missing && needsFile && files.length === 0 ? t('console.apology.files-needed') : undefined}
              />
            </>
          ) : null}
          {name === 'propose' && subject.mayReappoint ? (
            <DayField
              id="apology-day"
              label={t('console.apology.new-day')}
              day={day}
              onDay={setDay}
              optional={subject.late}
            />
          ) : null}
          {textKey !== undefined || name === 'exempt' ? (
            <TextField
              id="apology-text"
              label={t(`console.apology.text.${textKey ?? 'note'}`)}
              optional={name === 'exempt'}
              maxLength={300}
              value={text}
              error={name === 'exempt' ? undefined : need(text)}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          ) : null}
          <ButtonRow>
            <Button disabled={busy}>{label}</Button>
            <Button type="button" look="link" onClick={onClose}>
              {t('console.cancel')}
            </Button>
          </ButtonRow>
        </form>
      </Dialog>
    </Suspense>
  );
}
