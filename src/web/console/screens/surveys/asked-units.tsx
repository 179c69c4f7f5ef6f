import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import type { listSurveyForms } from '../../../../modules/insight/surveys/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Tick } from '../../ui/tick.tsx';

export type SurveyUnit = ReplyOf<typeof listSurveyForms>['units'][number];

/** Who holds a survey with everybody below, in the order given. */
export function unitsWithin(units: readonly SurveyUnit[], holderId: string): readonly SurveyUnit[] {
  const inside = new Set([holderId]);
  for (let before = 0; before < inside.size; ) {
    before = inside.size;
    for (const unit of units) if (unit.parentId !== null && inside.has(unit.parentId)) inside.add(unit.id);
  }
  return units.filter((unit) => inside.has(unit.id));
}

/** The authorities a survey asks of: ticked one by one, or all at once. The first box has the id `survey-units`. */
export function AskedUnits({
  units,
  chosen,
  error,
  onChosen,
}: {
  units: readonly SurveyUnit[];
  chosen: readonly string[];
  error: string | undefined;
  onChosen: (chosen: readonly string[]) => void;
}) {
  const t = useTranslate();
  return (
    <fieldset
      className={error ? 'field field--error' : 'field'}
      aria-describedby={error ? 'survey-units-error' : undefined}
    >
      <legend>{t('surveys.units')}</legend>
      {error ? (
        <span className="error-message" id="survey-units-error">
          {error}
        </span>
      ) : null}
      {units.length > 1 ? (
        <>
          <p className="hint" aria-live="polite">
            {t('surveys.units-chosen', { count: chosen.length, total: units.length })}
          </p>
          <ButtonRow>
            <Button type="button" small look="secondary" onClick={() => onChosen(units.map((unit) => unit.id))}>
              {t('surveys.units-all')}
            </Button>
            <Button type="button" small look="secondary" disabled={chosen.length === 0} onClick={() => onChosen([])}>
              {t('surveys.units-none')}
            </Button>
          </ButtonRow>
        </>
      ) : null}
      <div className="tick-grid">
        {units.map((unit, at) => (
          <Tick
            key={unit.id}
            id={at === 0 ? 'survey-units' : `survey-unit-${unit.id}`}
            label={unit.name}
            checked={chosen.includes(unit.id)}
            onChange={(on) => onChosen(on ? [...chosen, unit.id] : chosen.filter((id) => id !== unit.id))}
          />
        ))}
      </div>
    </fieldset>
  );
}
