import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Static } from 'typebox';
import { listIndexRounds, listIndexSets, openIndexRound } from '../../../../modules/insight/indices/contract.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { type PickedUnit, UnitListField } from '../../ui/unit-list-field.tsx';
import { ActForm } from './act-dialog.tsx';

/** Which set, which year, run by whom: every unit of the set's level below gets a sheet. */
export function OpenRound({ close }: { close: () => void }) {
  const sets = useCall(listIndexSets, {});
  return <Loaded query={sets}>{(reply) => <Form {...reply} close={close} />}</Loaded>;
}

function Form({ rows, appraiseUnits, close }: Static<typeof listIndexSets.reply> & { close: () => void }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const today = useToday();
  const usable = rows.filter((row) => row.state !== 'draft' && (row.validTo ?? '9999') >= today.slice(0, 4));
  const [setCode, setSet] = useState(usable.find((row) => row.level === 'commune')?.code ?? usable[0]?.code ?? '');
  const [unitId, setUnit] = useState(appraiseUnits[0]?.id ?? '');
  const [year, setYear] = useState(today.slice(0, 4));
  const [settings, setSettings] = useState<Readonly<Record<string, string>>>({});
  const [units, setUnits] = useState<readonly PickedUnit[]>([]);
  const set = rows.find((row) => row.code === setCode);

  async function open(): Promise<void> {
    const chosen = units.length > 0 ? { unitIds: units.map((each) => each.id) } : {};
    const body = { setCode, unitId, year: Number(year) || 0, settings, ...chosen };
    const { id } = await call(openIndexRound, { body });
    void navigate({ to: '/chi-so/dot/$id', params: { id } });
  }

  return (
    <ActForm
      submit={open}
      done={t('indices.round-opened')}
      refresh={[listIndexRounds]}
      close={close}
      ready={unitId !== '' && setCode !== '' && /^2[01]\d\d$/.test(year.trim())}
      label={t('indices.open-now')}
    >
      <div className="filters">
        <Select
          id="open-set"
          label={t('indices.set')}
          value={setCode}
          onChange={(code) => {
            setSet(code);
            setSettings({});
          }}
          options={rows
            .filter((row) => row.state !== 'draft')
            .map((row) => ({ value: row.code, label: `${row.name} (${row.code})` }))}
          hint={set ? t(`indices.levels.${set.level}`) : undefined}
        />
        <Select
          id="open-unit"
          label={t('indices.organiser')}
          value={unitId}
          onChange={setUnit}
          options={appraiseUnits.map((each) => ({ value: each.id, label: each.name }))}
        />
        <TextField
          id="open-year"
          label={t('indices.year')}
          short
          inputMode="numeric"
          maxLength={4}
          value={year}
          error={/^2[01]\d\d$/.test(year.trim()) ? undefined : t('indices.wrong-year')}
          onChange={(event) => setYear(event.currentTarget.value)}
        />
      </div>
      {set && set.settings.length > 0 ? (
        <fieldset>
          <legend>{t('indices.settings')}</legend>
          <p className="hint">{t('indices.settings-hint')}</p>
          {set.settings.map((setting) => {
            const value = settings[setting.id] ?? setting.chosen;
            const option = setting.options.find((each) => each.id === value);
            return (
              <Select
                key={setting.id}
                id={`open-setting-${setting.id}`}
                label={setting.name}
                value={value}
                onChange={(chosen) => setSettings({ ...settings, [setting.id]: chosen })}
                options={setting.options.map((each) => ({ value: each.id, label: each.name }))}
                hint={option?.note ?? setting.note ?? undefined}
              />
            );
          })}
        </fieldset>
      ) : null}
      <UnitListField id="open-units" label={t('indices.open-units')} units={units} onUnits={setUnits} />
      <p className="hint">{t('indices.open-units-hint')}</p>
    </ActForm>
  );
}
