import type { Act, Colour, Rung } from '../../../../modules/onestop/warnings/rules/definition.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';

const ACTS: readonly Act[] = ['remind', 'tell-head', 'require-cause', 'prepare-apology'];
const COLOURS: readonly Colour[] = ['green', 'amber', 'red'];
const MOST = 12;

/** The rungs of one subject, each a line of fields; what is wrong with one stands below it. */
export function RungFields({
  idPrefix,
  title,
  rungs,
  faultsOf,
  onRungs,
}: {
  idPrefix: string;
  title: string;
  rungs: readonly Rung[];
  faultsOf: (index: number) => readonly string[];
  onRungs: (rungs: Rung[]) => void;
}) {
  const t = useTranslate();
  return (
    <fieldset>
      <legend>
        <h3>{title}</h3>
      </legend>
      {rungs.map((rung, index) => (
        <RungLine
          // biome-ignore lint/suspicious/noArrayIndexKey: a rung has no name of its own while it is being written
          key={index}
          idPrefix={`${idPrefix}-${index}`}
          label={t('warnings.ladder.rung-label', { number: index + 1 })}
          rung={rung}
          faults={faultsOf(index)}
          onRung={(next) => onRungs(rungs.map((other, at) => (at === index ? next : other)))}
          onRemove={() => onRungs(rungs.filter((_, at) => at !== index))}
        />
      ))}
      {rungs.length < MOST ? (
        <Button type="button" look="secondary" small onClick={() => onRungs([...rungs, nextRung(rungs)])}>
          {t('warnings.ladder.add')}
        </Button>
      ) : null}
    </fieldset>
  );
}

/** A rung ten per cent above the highest, with a name of its own. */
function nextRung(rungs: readonly Rung[]): Rung {
  const share = Math.min(500, Math.max(0, ...rungs.map((rung) => rung.share ?? 0)) + 10);
  return { id: freeId(rungs, String(share)), share, colour: share >= 100 ? 'red' : 'amber', acts: ['remind'] };
}

function freeId(rungs: readonly Rung[], wanted: string): string {
  return rungs.some((rung) => rung.id === wanted) ? freeId(rungs, `${wanted}-x`.slice(0, 20)) : wanted;
}

function RungLine({
  idPrefix,
  label,
  rung,
  faults,
  onRung,
  onRemove,
}: {
  idPrefix: string;
  label: string;
  rung: Rung;
  faults: readonly string[];
  onRung: (rung: Rung) => void;
  onRemove: () => void;
}) {
  const t = useTranslate();
  const byShare = rung.workingDaysBefore === undefined;
  const { share: _share, workingDaysBefore: _days, ...rest } = rung;
  // The name stays: a warning is made once per rung, also where its place on the ladder changes.
  const place = (shareRung: boolean, value: number): Rung =>
    shareRung
      ? { ...rest, share: Math.min(500, Math.max(1, value)) }
      : { ...rest, workingDaysBefore: Math.min(30, Math.max(0, value)) };
  return (
    <fieldset className="rung-line">
      <legend>{label}</legend>
      <div className="filters">
        <Select
          id={`${idPrefix}-kind`}
          label={t('warnings.ladder.kind')}
          value={byShare ? 'share' : 'before'}
          onChange={(kind) => onRung(place(kind === 'share', kind === 'share' ? 80 : 1))}
          options={(['share', 'before'] as const).map((kind) => ({
            value: kind,
            label: t(`warnings.ladder.kinds.${kind}`),
          }))}
        />
        <TextField
          id={`${idPrefix}-value`}
          label={t('warnings.ladder.value')}
          short
          inputMode="numeric"
          autoComplete="off"
          value={String(rung.share ?? rung.workingDaysBefore ?? '')}
          onChange={(event) => onRung(place(byShare, Number(event.currentTarget.value.replace(/\D/g, '') || 0)))}
        />
        <Select
          id={`${idPrefix}-colour`}
          label={t('warnings.colour')}
          value={rung.colour}
          onChange={(value) => onRung({ ...rung, colour: COLOURS.find((colour) => colour === value) ?? 'amber' })}
          options={COLOURS.map((colour) => ({ value: colour, label: t(`warnings.colours.${colour}`) }))}
        />
      </div>
      <div className="rung-line__acts">
        {ACTS.map((act) => (
          <div className="checkbox" key={act}>
            <input
              type="checkbox"
              id={`${idPrefix}-${act}`}
              checked={rung.acts.includes(act)}
              onChange={(event) =>
                onRung({
                  ...rung,
                  acts: event.currentTarget.checked ? [...rung.acts, act] : rung.acts.filter((other) => other !== act),
                })
              }
            />
            <label htmlFor={`${idPrefix}-${act}`}>{t(`warnings.act.${act}`)}</label>
          </div>
        ))}
        <Button type="button" look="link" onClick={onRemove}>
          {t('warnings.ladder.remove')}
          <span className="visually-hidden">: {label}</span>
        </Button>
      </div>
      {faults.length > 0 ? (
        <ul className="error-message" role="alert">
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      ) : null}
    </fieldset>
  );
}
