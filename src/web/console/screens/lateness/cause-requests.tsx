import { type FormEvent, useState } from 'react';
import {
  answerCauseRequest,
  type CauseRequestType,
  type DossierLatenessType,
  getDossierLateness,
  listCauseRequests,
} from '../../../../modules/onestop/lateness/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField } from '../../../shared/design/field.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showShortInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { given } from '../../data/use-call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { DossierLink } from '../../ui/dossier-link.tsx';
import { CauseSelect } from './cause-select.tsx';

type Causes = DossierLatenessType['causes'];

/** Requests for a cause, each with its answer or a form to give one. */
export function CauseRequests({
  rows,
  causes,
  withCode,
}: {
  rows: readonly CauseRequestType[];
  causes: Causes;
  /** Whether to name the dossier: not on its own page. */
  withCode: boolean;
}) {
  const t = useTranslate();
  return (
    <ul className="plain-list">
      {rows.map((request) => (
        <li key={request.id}>
          {withCode ? <DossierLink id={request.dossierId} code={request.code} /> : null}{' '}
          {t('lateness.request.line', {
            rung: /^\d+$/.test(request.rung) ? `${request.rung} %` : request.rung,
            unit: [request.staffName, request.unitName].filter(Boolean).join(', '),
            deadline: showShortInstant(request.deadline),
          })}{' '}
          {request.overdue ? <Tag tone="red">{t('lateness.request.overdue')}</Tag> : null}
          {request.answeredAt ? (
            <span className="hint">
              {[t('lateness.request.answered', { cause: request.causeName ?? '' }), request.note]
                .filter(Boolean)
                .join('. ')}
            </span>
          ) : null}
          {request.mayAnswer ? (
            <Disclosure label={t('lateness.request.open')}>
              {(close) => <AnswerForm request={request} causes={causes} onDone={close} />}
            </Disclosure>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function AnswerForm({ request, causes, onDone }: { request: CauseRequestType; causes: Causes; onDone: () => void }) {
  const t = useTranslate();
  const { act, busy, errorText } = useAct([listCauseRequests, getDossierLateness]);
  const [causeCode, setCause] = useState('');
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (causeCode === '') return setProblem(t('lateness.form.need-cause'));
    setProblem(undefined);
    const body = { causeCode, ...given({ note: note.trim() }) };
    const work = () => call(answerCauseRequest, { params: { id: request.id }, body });
    if (await act(work, t('lateness.request.done'))) onDone();
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <CauseSelect
        id={`request-${request.id}-cause`}
        causes={causes}
        value={causeCode}
        onChange={setCause}
        error={problem}
      />
      <TextAreaField
        id={`request-${request.id}-note`}
        label={t('lateness.request.note')}
        optional
        maxLength={2000}
        value={note}
        error={errorText}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <ButtonRow>
        <Button small disabled={busy}>
          {t('lateness.request.submit')}
        </Button>
      </ButtonRow>
    </form>
  );
}
