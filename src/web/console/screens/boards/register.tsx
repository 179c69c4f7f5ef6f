import { type FormEvent, useState } from 'react';
import { formatDay } from '../../../../core/time/index.ts';
import { listRegisterBooks } from '../../../../modules/onestop/dossiers/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useActiveUnitId } from '../../active-unit.ts';
import { useToday } from '../../data/demo.ts';
import { useCall } from '../../data/use-call.ts';
import { useMe } from '../../session.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { type RegisterPeriod, RegisterVolumes } from './register-volumes.tsx';

/** The register book of a desk over some days, printed from the log; also of a desk that went into the reader's. */
export default function Register() {
  const t = useTranslate();
  const me = useMe();
  const active = useActiveUnitId(me);
  const books = useCall(listRegisterBooks, {}, { staleTime: 600_000 });
  const today = useToday();
  const [unitId, setUnit] = useState<string>();
  const [from, setFrom] = useState(`${today.slice(0, 7)}-01`);
  const [to, setTo] = useState(today);
  const [problem, setProblem] = useState<string>();
  const [shown, setShown] = useState<RegisterPeriod>();

  return (
    <>
      <ScreenHead title={t('boards.register.title')} />
      <p>{t('boards.register.intro')}</p>
      <Loaded query={books}>
        {({ rows }) => {
          const first = rows.find((desk) => desk.unitId === active) ?? rows.find((desk) => !desk.closedOn) ?? rows[0];
          const chosen = unitId ?? first?.unitId ?? '';
          const submit = (event: FormEvent) => {
            event.preventDefault();
            if (chosen === '') return setProblem(t('boards.register.need-unit'));
            if (from === '' || to === '' || from > to) return setProblem(t('boards.register.wrong-days'));
            setProblem(undefined);
            setShown({ unitId: chosen, from, to });
          };
          return rows.length === 0 ? (
            <EmptyState title={t('boards.register.none')}>
              <p>{t('boards.register.none-text')}</p>
            </EmptyState>
          ) : (
            <form className="panel" onSubmit={submit} noValidate>
              <Select
                id="register-unit"
                label={t('boards.register.unit')}
                value={chosen}
                onChange={setUnit}
                options={rows.map(({ unitId: value, name, closedOn }) => ({
                  value,
                  label: closedOn ? t('boards.register.closed', { name, day: formatDay(closedOn) }) : name,
                }))}
                error={problem}
              />
              <DayField id="register-from" label={t('boards.from')} day={from} onDay={setFrom} optional={false} />
              <DayField id="register-to" label={t('boards.to')} day={to} onDay={setTo} optional={false} />
              <ButtonRow>
                <Button>{t('boards.register.show')}</Button>
              </ButtonRow>
            </form>
          );
        }}
      </Loaded>
      {shown ? <RegisterVolumes key={`${shown.unitId}${shown.from}${shown.to}`} {...shown} /> : null}
    </>
  );
}
