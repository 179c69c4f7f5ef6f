import { useState } from 'react';
import { addTarget, getTargetBoard, getTargetOptions } from '../../../../modules/insight/targets/contract.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { readPeriod } from '../../data/period.ts';
import { useAct } from '../../data/use-act.ts';
import Dialog from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Select } from '../../ui/select.tsx';
import { EqualTargets } from './equal-targets.tsx';
import { NEW_DRAFT } from './terms-draft.ts';
import { type TargetOptions, TermsForm } from './terms-form.tsx';
import { useTerms } from './use-terms.ts';

/** Gives a target to a unit and, where wished, to others at once: they make one league. */
export default function AddDialog({
  options,
  unitId,
  year,
  onClose,
}: {
  options: TargetOptions;
  unitId: string;
  year: number;
  onClose: () => void;
}) {
  const t = useTranslate();
  const { fields, read } = useTerms(() => NEW_DRAFT, options);
  const [period, setPeriod] = useState(String(year));
  const [noPeriod, setNoPeriod] = useState(false);
  const [units, setUnits] = useState<readonly string[]>([unitId]);
  const { act, busy, error } = useAct([getTargetBoard, getTargetOptions]);
  const names = new Map([...options.units, ...options.editable].map((one) => [one.id, one.name]));
  const rest = options.editable.filter((one) => !units.includes(one.id));
  return (
    <Dialog title={t('targets.add')} onClose={onClose}>
      <form
        noValidate
        aria-label={t('targets.add')}
        onSubmit={(event) => {
          event.preventDefault();
          const terms = read();
          const periodId = readPeriod(period);
          setNoPeriod(periodId === undefined);
          if (periodId === undefined) document.getElementById('target-period')?.focus();
          if (!terms || periodId === undefined) return;
          const body = { unitIds: [...units], period: periodId, terms };
          void act(() => call(addTarget, { body }), t('targets.added')).then((done) => done && onClose());
        }}
      >
        <FailureNote error={error} />
        <EqualTargets error={error} />
        <fieldset>
          <legend>{t('targets.units')}</legend>
          <ul>
            {units.map((id) => (
              <li key={id}>
                {names.get(id)}{' '}
                {units.length > 1 ? (
                  <button
                    type="button"
                    className="button button--link"
                    onClick={() => setUnits(units.filter((one) => one !== id))}
                  >
                    {t('targets.remove')}
                    <span className="visually-hidden"> {names.get(id)}</span>
                  </button>
                ) : null}
              </li>
            ))}
          </ul>
          {rest.length > 0 ? (
            <Select
              id="target-more-units"
              label={t('targets.more-units')}
              value=""
              empty={t('targets.choose')}
              onChange={(id) => id && setUnits([...units, id])}
              options={rest.map((one) => ({ value: one.id, label: one.name }))}
            />
          ) : null}
        </fieldset>
        <TextField
          id="target-period"
          label={t('targets.period')}
          hint={t('targets.period-hint', { year })}
          short
          autoComplete="off"
          value={period}
          error={noPeriod ? t('ui.period.wrong') : undefined}
          onChange={(event) => {
            setPeriod(event.currentTarget.value);
            setNoPeriod(false);
          }}
        />
        <TermsForm {...fields} />
        <FormButtons label={t('targets.add-now')} disabled={busy} close={onClose} />
      </form>
    </Dialog>
  );
}
