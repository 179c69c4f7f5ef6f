import { listSurveySample, noteSurveyCall } from '../../../../modules/insight/surveys/contract.ts';
import { CALL_OUTCOMES, type CallOutcome } from '../../../../modules/insight/surveys/rules/states.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { FailureNote } from '../../ui/failure-note.tsx';

/** A call that brought no answer, noted for the next who calls. @param onNoted the form is free for the next call */
export function MissedCall({
  surveyId,
  reference,
  onMissing,
  onNoted,
}: {
  surveyId: string;
  reference: string;
  /** Nobody knows yet whom was called. */
  onMissing: () => void;
  onNoted: () => void;
}) {
  const t = useTranslate();
  const { act, busy, error } = useAct([listSurveySample]);

  async function note(outcome: CallOutcome): Promise<void> {
    if (reference.trim() === '') return onMissing();
    const done = await act(
      () => call(noteSurveyCall, { params: { id: surveyId }, body: { reference, outcome } }),
      t('surveys.call-noted', { outcome: t(`surveys.call.${outcome}`) }),
    );
    if (done) onNoted();
  }

  return (
    <fieldset className="field">
      <legend>{t('surveys.calls')}</legend>
      <p className="hint">{t('surveys.calls-hint')}</p>
      <FailureNote error={error} />
      <ButtonRow>
        {CALL_OUTCOMES.map((outcome) => (
          <Button key={outcome} type="button" look="secondary" small disabled={busy} onClick={() => void note(outcome)}>
            {t(`surveys.call.${outcome}`)}
          </Button>
        ))}
      </ButtonRow>
    </fieldset>
  );
}
