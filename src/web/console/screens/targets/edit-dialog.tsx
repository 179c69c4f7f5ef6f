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
import { EqualTargets } from './equal-targets.tsx';
import { draftOf } from './terms-draft.ts';
import { type TargetOptions, TermsForm } from './terms-form.tsx';
import { useTerms } from './use-terms.ts';

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
  const { fields, read } = useTerms(() => draftOf(terms), options, terms);
  const [reason, setReason] = useState('');
  const { act, busy, error } = useAct([getTarget, getTargetBoard, getTargetLeague]);
  return (
    <Dialog title={t('targets.edit')} onClose={onClose}>
      <form
        noValidate
        aria-label={t('targets.edit')}
        onSubmit={(event) => {
          event.preventDefault();
          const changed = read();
          if (!changed) return;
          const body = { version: line.version, terms: changed, reason: reason.trim() };
          const run = () => call(editTarget, { params: { id: line.id }, body });
          void act(run, t('targets.saved')).then((done) => done && onClose());
        }}
      >
        <FailureNote error={error} />
        <EqualTargets error={error} />
        <TermsForm {...fields} before={terms} referenceName={line.goal.reference} />
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
