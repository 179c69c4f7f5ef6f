import { type FormEvent, useRef, useState } from 'react';
import {
  decideFinding,
  explainFinding,
  type FindingType,
  getFinding,
  listFindings,
} from '../../../../modules/onestop/unit-health/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { given } from '../../data/use-call.ts';
import { focusWrong } from '../../ui/focus-wrong.ts';

/** What the reader may do with a finding now; nothing for others. */
export function FindingActs({ finding }: { finding: FindingType }) {
  if (finding.may.includes('explain')) return <ExplainForm finding={finding} />;
  return finding.may.length > 0 ? <DecideForm finding={finding} /> : null;
}

function ExplainForm({ finding }: { finding: FindingType }) {
  const t = useTranslate();
  const { act, busy, errorText } = useAct([getFinding, listFindings]);
  const [reason, setReason] = useState(finding.reason ?? '');
  const [evidence, setEvidence] = useState(finding.evidence ?? '');
  const [missing, setMissing] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const [why, proof] = [reason.trim(), evidence.trim()];
    setMissing(why === '' || proof === '');
    if (why === '' || proof === '') return focusWrong(event.currentTarget);
    const body = { version: finding.version, reason: why, evidence: proof };
    await act(() => call(explainFinding, { params: { id: finding.id }, body }), t('health.done.explain'));
  }

  return (
    <form className="panel" aria-labelledby="explain-title" onSubmit={(event) => void submit(event)} noValidate>
      <h2 id="explain-title">{t('health.explanation')}</h2>
      <TextAreaField
        id="explain-reason"
        label={t('health.reason')}
        maxLength={2000}
        value={reason}
        error={missing && reason.trim() === '' ? t('health.need-reason') : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextAreaField
        id="explain-evidence"
        label={t('health.evidence')}
        hint={t('health.evidence-hint')}
        maxLength={2000}
        value={evidence}
        error={missing && evidence.trim() === '' ? t('health.need-evidence') : errorText}
        onChange={(event) => setEvidence(event.currentTarget.value)}
      />
      <ButtonRow>
        <Button small disabled={busy}>
          {t('health.acts.explain')}
        </Button>
      </ButtonRow>
    </form>
  );
}

function DecideForm({ finding }: { finding: FindingType }) {
  const t = useTranslate();
  const { act, busy, errorText } = useAct([getFinding, listFindings]);
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const may = (['accept', 'return', 'close'] as const).filter((one) => finding.may.includes(one));

  async function decide(one: (typeof may)[number]): Promise<void> {
    if (one === 'return' && note.trim() === '') {
      setProblem(t('health.need-reason'));
      if (form.current) focusWrong(form.current);
      return;
    }
    setProblem(undefined);
    const body = { version: finding.version, act: one, ...given({ note: note.trim() }) };
    await act(() => call(decideFinding, { params: { id: finding.id }, body }), t(`health.done.${one}`));
  }

  return (
    <form
      ref={form}
      className="panel"
      aria-label={t('health.note')}
      onSubmit={(event) => event.preventDefault()}
      noValidate
    >
      <TextAreaField
        id="decide-note"
        label={t('health.note')}
        optional
        maxLength={2000}
        value={note}
        error={problem ?? errorText}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <ButtonRow>
        {may.map((one) => (
          <Button
            key={one}
            type="button"
            small
            look={one === 'return' ? 'secondary' : 'primary'}
            disabled={busy}
            onClick={() => void decide(one)}
          >
            {t(`health.acts.${one}`)}
          </Button>
        ))}
      </ButtonRow>
    </form>
  );
}
