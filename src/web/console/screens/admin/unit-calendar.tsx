import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { assignCalendar, getUnitCalendar, listCalendars } from '../../../../modules/foundation/calendar/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { showDay } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { given, useCall } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { PlanHint } from './plan-hint.tsx';

/** Which calendar a unit follows on a day, what it was given by period, and giving it another. */
export function UnitCalendar({ id, day }: { id: string; day: string | undefined }) {
  const t = useTranslate();
  const me = useMe();
  const [assigned, setAssigned] = useState(false);
  const found = useCall(getUnitCalendar, { params: { id }, query: given({ day }) });
  return (
    <section aria-labelledby="unit-calendar-title">
      <h2 id="unit-calendar-title">{t('console.unit-calendar.title')}</h2>
      <Loaded query={found}>
        {({ inForce, assignments }) => (
          <>
            <p>
              {inForce ? (
                <>
                  <Link to="/quan-tri/lich/$code" params={{ code: inForce.code }}>
                    {inForce.name}
                  </Link>{' '}
                  <span className="hint">
                    {t(inForce.own ? 'console.unit-calendar.own' : 'console.unit-calendar.from-above')}
                  </span>
                </>
              ) : (
                t('console.unit-calendar.none')
              )}
            </p>
            {assignments.length > 0 ? (
              <Table
                caption={t('console.unit-calendar.assignments')}
                rows={assignments}
                rowKey={(row) => row.validFrom}
                columns={[
                  { id: 'name', label: t('console.units.name'), rowHead: true, cell: (row) => row.name },
                  { id: 'from', label: t('console.from'), cell: (row) => showDay(row.validFrom) },
                  {
                    id: 'to',
                    label: t('console.to'),
                    cell: (row) => showDay(row.validTo) || t('console.units.open-end'),
                  },
                ]}
              />
            ) : null}
          </>
        )}
      </Loaded>
      {assigned ? <PlanHint made /> : null}
      {mayDo(me, 'calendar.edit', id) ? (
        <Disclosure label={t('console.unit-calendar.assign')}>
          {(close) => <Assign id={id} close={close} onDone={() => setAssigned(true)} />}
        </Disclosure>
      ) : null}
    </section>
  );
}

function Assign({ id, close, onDone }: { id: string; close: () => void; onDone: () => void }) {
  const t = useTranslate();
  const calendars = useCall(listCalendars, {});
  const [code, setCode] = useState('');
  const [from, setFrom] = useState(useToday());
  const [to, setTo] = useState('');
  const { act, busy, error } = useAct([getUnitCalendar]);
  async function submit(event: FormEvent) {
    event.preventDefault();
    const body = { code: code === '' ? null : code, from, to: to === '' ? null : to };
    if (!(await act(() => call(assignCalendar, { params: { id }, body }), t('console.saved')))) return;
    onDone();
    close();
  }
  return (
    <form onSubmit={submit} noValidate>
      <FailureNote error={error} />
      <Select
        id="assign-calendar"
        label={t('console.unit-calendar.title')}
        value={code}
        onChange={setCode}
        options={(calendars.data?.rows ?? []).map((row) => ({ value: row.code, label: row.name }))}
        empty={t('console.unit-calendar.as-above')}
      />
      <DayField id="assign-from" label={t('console.from')} day={from} onDay={setFrom} optional={false} />
      <DayField id="assign-to" label={t('console.unit-calendar.to')} day={to} onDay={setTo} />
      <FormButtons label={t('console.unit-calendar.assign')} disabled={busy || from === ''} close={close} />
    </form>
  );
}
