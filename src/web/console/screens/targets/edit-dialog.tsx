import { useState } from 'react';
import {
  editTarget,
  getTarget,
  getTargetBoard,
  getTargetLeague,
  type TargetLineType,
} from '../../../../modules/insight/targets/contract.ts';
import type { TargetTerms } from '../../../../modules/insight/targets/rules/definition.ts';
import { TextAreaField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import Dialog from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { draftOf, findMissing, type TermsDraft, termsOf } from './terms-draft.ts';
import { type TargetOptions, TermsForm } from './terms-form.tsx';

/** Changes what a target says, with the reason; what it said before stays in its history. */
export default function EditDialog({
  line,
  terms,
  options,
  onClose,
}: {
  line: TargetLineType;
  terms: TargetTerms;
  options: TargetOptions;
  onClose: () => void;
}) {
  const t = useTranslate();
  const [draft, setDraft] = useState<TermsDraft>(() => draftOf(terms));
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<readonly (keyof TermsDraft)[]>([]);
  const { act, busy, error } = useAct([getTarget, getTargetBoard, getTargetLeague]);
  const metricUnit = options.metrics.find((one) => draft.value === `metric:${one.id}`)?.unit;
  return (
    <Dialog title={t('targets.edit')} onClose={onClose}>
      <form
        noValidate
        aria-label={t('targets.edit')}
        onSubmit={(event) => {
          event.preventDefault();
          const missing = findMissing(draft);
          setWrong(missing);
          if (missing.length > 0) {
            document.getElementById(`target-${missing[0]}`)?.focus();
            return;
          }
          const body = { version: line.version, terms: termsOf(draft, terms, metricUnit), reason: reason.trim() };
          const run = () => call(editTarget, { params: { id: line.id }, body });
          void act(run, t('targets.saved')).then((done) => done && onClose());
        }}
      >
        <FailureNote error={error} />
        <TermsForm
          draft={draft}
          onDraft={(change) => setDraft((now) => ({ ...now, ...change }))}
          wrong={wrong}
          options={options}
          kept={draftOf(terms).value === 'kept'}
        />
        <TextAreaField
          id="target-reason"
          label={t('targets.reason')}
          hint={t('targets.reason-hint')}
          rows={2}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormButtons label={t('targets.save')} disabled={busy || reason.trim() === ''} close={onClose} />
      </form>
    </Dialog>
  );
}
