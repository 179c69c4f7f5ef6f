import { useState } from 'react';
import { Button } from '../../shared/design/button.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { UnitPicker } from './unit-picker.tsx';

export interface PickedUnit {
  id: string;
  name: string;
}

/** Several units: a list with a search below it that adds to it. */
export function UnitListField({
  id,
  label,
  units,
  onUnits,
}: {
  id: string;
  label: string;
  units: readonly PickedUnit[];
  onUnits: (units: readonly PickedUnit[]) => void;
}) {
  const t = useTranslate();
  // A new picker after each choice: it begins empty again.
  const [round, setRound] = useState(0);
  return (
    <fieldset>
      <legend>{label}</legend>
      {units.length > 0 ? (
        <ul>
          {units.map((unit) => (
            <li key={unit.id}>
              {unit.name}{' '}
              <Button type="button" look="link" onClick={() => onUnits(units.filter((one) => one.id !== unit.id))}>
                {t('console.succession-edit.remove')}
                <span className="visually-hidden"> {unit.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <UnitPicker
        key={round}
        id={id}
        label={t('console.succession-edit.add')}
        onUnit={(unitId, name) => {
          if (unitId === '') return;
          setRound(round + 1);
          if (!units.some((one) => one.id === unitId)) onUnits([...units, { id: unitId, name }]);
        }}
      />
    </fieldset>
  );
}
