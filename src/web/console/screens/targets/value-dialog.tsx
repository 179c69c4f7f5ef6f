import { useState } from 'react';
import { parseNumberVi } from '../../../../core/text/numbers.ts';
import {
  enterTargetValue,
  getTarget,
  getTargetBoard,
  getTargetLeague,
  type TargetLineType,
} from '../../../../modules/insight/targets/contract.ts';
import type { TargetTerms } from '../../../../modules/insight/targets/rules/definition.ts';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { sendFile } from '../../data/upload.ts';
import { useAct } from '../../data/use-act.ts';
import { given } from '../../data/use-call.ts';
import { notifyError } from '../../toasts.tsx';
import { DayField } from '../../ui/day-field.tsx';
import Dialog from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Select } from '../../ui/select.tsx';

type Draft = { numerator: string; denominator: string; value: string; band: string; evidence: string };
const NUMBERS = ['numerator', 'denominator', 'value'] as const;

/** Enters a result with its evidence: counts, a plain value, or a band. */
export default function ValueDialog({
  line,
  terms,
  onClose,
}: {
  line: TargetLineType;
  terms: TargetTerms;
  onClose: () => void;
}) {
  const t = useTranslate();
  const today = useToday();
  const [day, setDay] = useState(today < line.toDay ? today : line.toDay);
  const [draft, setDraft] = useState<Draft>({ numerator: '', denominator: '', value: '', band: '', evidence: '' });
  const [file, setFile] = useState<{ id: string; name: string }>();
  const [sending, setSending] = useState(false);
  const { act, busy, error } = useAct([getTarget, getTargetBoard, getTargetLeague]);
  const label = t('targets.enter');
  const shown = fieldsFor(terms);
  const wrong = NUMBERS.filter((name) => draft[name].trim() !== '' && parseNumberVi(draft[name]) === undefined);
  const numbers = Object.fromEntries(
    NUMBERS.flatMap((name) => {
      const value = shown.includes(name) ? parseNumberVi(draft[name]) : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const change = (name: keyof Draft) => (text: string) => setDraft((now) => ({ ...now, [name]: text }));

  async function attach(chosen: File | undefined): Promise<void> {
    if (!chosen) return;
    setSending(true);
    try {
      const { id, name } = await sendFile(chosen);
      setFile({ id, name });
    } catch (failure) {
      notifyError(failure, t('console.intake.upload-failed', { name: chosen.name }));
    } finally {
      setSending(false);
    }
  }

  return (
    <Dialog title={label} onClose={onClose}>
      <form
        noValidate
        aria-label={label}
        onSubmit={(event) => {
          event.preventDefault();
          const body = {
            version: line.version,
            asOf: day,
            evidence: draft.evidence.trim(),
            ...numbers,
            ...given({ band: draft.band, fileId: file?.id }),
          };
          const run = () => call(enterTargetValue, { params: { id: line.id }, body });
          void act(run, t('targets.entered')).then((done) => done && onClose());
        }}
      >
        <p>
          <strong>{line.name}</strong>
        </p>
        <FailureNote error={error} />
        <DayField id="value-day" label={t('targets.as-of-head')} day={day} onDay={setDay} optional={false} />
        {'atLeastBand' in terms.goal ? (
          <Select
            id="value-band"
            label={t('targets.band')}
            value={draft.band}
            empty={t('targets.choose')}
            onChange={change('band')}
            options={terms.goal.bands.map((value) => ({ value, label: value }))}
          />
        ) : null}
        {shown.map((name) => (
          <TextField
            key={name}
            id={`value-${name}`}
            label={t(name === 'numerator' && terms.planned ? 'targets.quantity-done' : `targets.${name}`)}
            hint={name === 'value' && shown.length > 1 ? t('targets.value-hint') : undefined}
            short
            inputMode="decimal"
            autoComplete="off"
            optional={shown.length > 1}
            value={draft[name]}
            error={wrong.includes(name) ? t('ui.no-number') : undefined}
            onChange={(event) => change(name)(event.currentTarget.value)}
          />
        ))}
        <TextAreaField
          id="value-evidence"
          label={t('targets.evidence')}
          hint={t('targets.evidence-hint')}
          rows={2}
          maxLength={1000}
          value={draft.evidence}
          onChange={(event) => change('evidence')(event.currentTarget.value)}
        />
        <FileField
          id="value-file"
          label={t('targets.file')}
          optional
          accept="application/pdf,image/jpeg,image/png"
          disabled={sending}
          onFile={(chosen) => void attach(chosen)}
        />
        <p aria-live="polite">{file ? t('targets.file-kept', { name: file.name }) : ''}</p>
        <FormButtons
          label={label}
          disabled={busy || sending || wrong.length > 0 || day === '' || draft.evidence.trim() === ''}
          close={onClose}
        />
      </form>
    </Dialog>
  );
}

/** Which numbers this target takes. */
function fieldsFor(terms: TargetTerms): readonly (typeof NUMBERS)[number][] {
  if (terms.unit === 'band') return [];
  if (terms.planned) return ['numerator'];
  return terms.unit === 'percent' ? ['numerator', 'denominator', 'value'] : ['value'];
}
