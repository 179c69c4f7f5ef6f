import { useTranslate } from '../shared/i18n/context.tsx';
import { chooseUnit, useActiveUnitId } from './active-unit.ts';
import { useMe } from './session.ts';

/** For which of her units a person with several posts works now; only a name for everybody else. */
export function UnitSwitch() {
  const t = useTranslate();
  const me = useMe();
  const active = useActiveUnitId(me);
  if (!me || me.units.length === 0) return null;
  if (me.units.length === 1) return <span className="top-bar__unit">{me.units[0]?.name}</span>;
  return (
    <label className="top-bar__unit">
      <span className="visually-hidden">{t('console.unit')}</span>
      <select className="select" value={active} onChange={(event) => chooseUnit(event.target.value)}>
        {me.units.map((unit) => (
          <option key={unit.id} value={unit.id}>
            {unit.name}
          </option>
        ))}
      </select>
    </label>
  );
}
