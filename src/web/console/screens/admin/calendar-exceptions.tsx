import { useState } from 'react';
import { Button } from '../../../shared/design/button.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useToday } from '../../data/demo.ts';
import { showDay } from '../../data/format.ts';
import { CellDay, CellInput, CellSelect } from '../../ui/cell-fields.tsx';
import { Select } from '../../ui/select.tsx';
import type { ExceptionDraft } from './calendar-draft.ts';
import type { ProblemsAt } from './calendar-editor.tsx';

/** Days off and days worked instead, a year at a time; a row with a problem is shown whatever the year. */
export function CalendarExceptions({
  exceptions,
  problemsAt,
  onExceptions,
}: {
  exceptions: readonly ExceptionDraft[];
  problemsAt: ProblemsAt;
  onExceptions: (exceptions: readonly ExceptionDraft[]) => void;
}) {
  const t = useTranslate();
  const today = useToday();
  const [year, setYear] = useState(today.slice(0, 4));
  // Rows touched here stay in sight, also while their date is no date yet.
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const years = [...new Set([year, ...exceptions.map((one) => one.date.slice(0, 4)).filter((y) => /^\d{4}$/.test(y))])];
  const shown = exceptions
    .map((row, index) => ({ row, place: `exceptions[${index}]` }))
    .filter(({ row, place }) => row.date.startsWith(year) || touched.has(row.key) || problemsAt(place) !== undefined);

  function put(key: string, change: Partial<ExceptionDraft>) {
    setTouched((now) => new Set(now).add(key));
    onExceptions(exceptions.map((one) => (one.key === key ? { ...one, ...change } : one)));
  }

  function add() {
    const key = crypto.randomUUID();
    setTouched((now) => new Set(now).add(key));
    onExceptions([...exceptions, { key, date: '', kind: 'off', hours: '', weight: '', note: '' }]);
  }

  return (
    <section aria-labelledby="exceptions-title">
      <h3 id="exceptions-title">{t('console.calendars.exceptions')}</h3>
      <p className="hint">{t('console.calendar-edit.exceptions-hint')}</p>
      <Select
        id="exceptions-year"
        label={t('console.calendar-edit.year')}
        value={year}
        onChange={setYear}
        options={years.toSorted().map((value) => ({ value, label: value }))}
      />
      <Table
        caption={t('console.calendars.exceptions')}
        hideCaption
        rows={shown}
        rowKey={({ row }) => row.key}
        columns={[
          {
            id: 'date',
            label: t('console.calendars.date'),
            cell: ({ row, place }) => (
              <CellDay
                id={`${row.key}-date`}
                label={t('console.calendars.date')}
                error={problemsAt(place)}
                day={row.date}
                onDay={(date) => put(row.key, { date })}
              />
            ),
          },
          {
            id: 'kind',
            label: t('console.calendars.kind'),
            cell: ({ row }) => (
              <CellSelect
                id={`${row.key}-kind`}
                label={`${t('console.calendars.kind')} ${showDay(row.date)}`}
                value={row.kind}
                options={(['off', 'working'] as const).map((value) => ({
                  value,
                  label: t(`console.calendars.${value}`),
                }))}
                onValue={(kind) => put(row.key, { kind: kind === 'working' ? 'working' : 'off' })}
              />
            ),
          },
          {
            id: 'hours',
            label: t('console.calendars.hours'),
            cell: ({ row }) => (
              <CellInput
                id={`${row.key}-hours`}
                label={`${t('console.calendars.hours')} ${showDay(row.date)}`}
                placeholder={t(
                  row.kind === 'off' ? 'console.calendar-edit.whole-day' : 'console.calendar-edit.as-weekday',
                )}
                value={row.hours}
                onText={(hours) => put(row.key, { hours })}
              />
            ),
          },
          {
            id: 'weight',
            label: t('console.calendar-edit.weight'),
            cell: ({ row }) => (
              <CellInput
                id={`${row.key}-weight`}
                label={`${t('console.calendar-edit.weight')} ${showDay(row.date)}`}
                numeric
                value={row.weight}
                onText={(weight) => put(row.key, { weight })}
              />
            ),
          },
          {
            id: 'note',
            label: t('console.calendar-edit.note'),
            cell: ({ row }) => (
              <CellInput
                id={`${row.key}-note`}
                label={`${t('console.calendar-edit.note')} ${showDay(row.date)}`}
                value={row.note}
                onText={(note) => put(row.key, { note })}
              />
            ),
          },
          {
            id: 'remove',
            label: t('console.calendar-edit.remove'),
            cell: ({ row }) => (
              <Button
                type="button"
                look="link"
                onClick={() => onExceptions(exceptions.filter((one) => one.key !== row.key))}
              >
                {t('console.calendar-edit.remove')}
                <span className="visually-hidden"> {showDay(row.date)}</span>
              </Button>
            ),
          },
        ]}
      />
      <Button type="button" look="secondary" small onClick={add}>
        {t('console.calendar-edit.add-day')}
      </Button>
    </section>
  );
}
