import { type FormEvent, useState } from 'react';
import { listUnits } from '../../../../modules/foundation/organisation/contract.ts';
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

/** The register book of a desk over some days, printed from the log. */
export default function Register() {
  const t = useTranslate();
  const me = useMe();
  const active = useActiveUnitId(me);
  const units = useCall(listUnits, { query: { type: 'one-stop-desk', pageSize: 200 } }, { staleTime: 600_000 });
  const today = useToday();
  const [unitId, setUnit] = useState<string>();
  const [from, setFrom] = useState(`${today.slice(0, 7)}-01`);
  const [to, setTo] = useState(today);
  const [problem, setProblem] = useState<string>();
  const may = new Set(me?.permissions['register.print'] ?? []);

  return (
    <>
      <ScreenHead title={t('boards.register.title')} />
      <p>{t('boards.register.intro')}</p>
      <Loaded query={units}>
        {({ rows }) => {
          const desks = rows.filter((row) => may.has(row.unitId));
          const chosen = unitId ?? desks.find((desk) => desk.unitId === active)?.unitId ?? desks[0]?.unitId ?? '';
          const submit = (event: FormEvent) => {
            event.preventDefault();
            if (chosen === '') return setProblem(t('boards.register.need-unit'));
            if (from === '' || to === '' || from > to) return setProblem(t('boards.register.wrong-days'));
            setProblem(undefined);
            const query = new URLSearchParams({ unitId: chosen, from, to });
            window.open(`/api/registers/dossiers.pdf?${query}`, '_blank', 'noreferrer');
          };
          return desks.length === 0 ? (
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
                options={desks.map((desk) => ({ value: desk.unitId, label: desk.name }))}
                error={problem}
              />
              <DayField id="register-from" label={t('boards.from')} day={from} onDay={setFrom} optional={false} />
              <DayField id="register-to" label={t('boards.to')} day={to} onDay={setTo} optional={false} />
              <ButtonRow>
                <Button>{t('boards.register.print')}</Button>
              </ButtonRow>
            </form>
          );
        }}
      </Loaded>
    </>
  );
}
