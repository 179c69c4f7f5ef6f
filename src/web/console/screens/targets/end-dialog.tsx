import { useState } from 'react';
import {
  endTarget,
  getTarget,
  getTargetBoard,
  type TargetLineType,
} from '../../../../modules/insight/targets/contract.ts';
import { TextAreaField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import Dialog from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { EqualTargets } from './equal-targets.tsx';

/** Stops following a target, or takes it up again. */
export default function EndDialog({ line, onClose }: { line: TargetLineType; onClose: () => void }) {
  const t = useTranslate();
  const [reason, setReason] = useState('');
  const { act, busy, error } = useAct([getTarget, getTargetBoard]);
  const label = t(line.ended ? 'targets.resume' : 'targets.end');
  return (
    <Dialog title={label} onClose={onClose}>
      <form
        noValidate
        aria-label={label}
        onSubmit={(event) => {
          event.preventDefault();
          const body = {
            version: line.version,
            act: line.ended ? ('resume' as const) : ('end' as const),
            reason: reason.trim(),
          };
          const run = () => call(endTarget, { params: { id: line.id }, body });
          void act(run, t('targets.saved')).then((done) => done && onClose());
        }}
      >
        <FailureNote error={error} />
        <EqualTargets error={error} />
        <p>{t(line.ended ? 'targets.resume-text' : 'targets.end-text')}</p>
        <TextAreaField
          id="target-reason"
          label={t('targets.reason')}
          rows={3}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormButtons label={label} disabled={busy || reason.trim() === ''} close={onClose} />
      </form>
    </Dialog>
  );
}
