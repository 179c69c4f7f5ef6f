import { type ReactNode, useMemo, useState } from 'react';
import { WEEKDAYS } from '../../../../core/time/index.ts';
import { compileCalendar } from '../../../../core/working-time/index.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { CellInput } from '../../ui/cell-fields.tsx';
import {
  type CalendarDraft,
  changedDates,
  definitionOf,
  draftOf,
  placeOfProblem,
  seasonOf,
  type WeekDraft,
} from './calendar-draft.ts';
import { CalendarExceptions } from './calendar-exceptions.tsx';

/** What is wrong, by its place in the draft. */
export type ProblemsAt = (place: string) => string | undefined;

/**
 * Week, seasons and special days of a calendar as tables; checked while one types by the code that will count by it.
 * `children` is given the definition, undefined while it cannot be published.
 */
export function CalendarEditor({
  initial,
  children,
}: {
  initial: unknown;
  children: (definition: unknown | undefined, changed: readonly string[]) => ReactNode;
}) {
  const t = useTranslate();
  const before = useMemo(() => draftOf(initial), [initial]);
  const [draft, setDraft] = useState<CalendarDraft>(before);
  const definition = useMemo(() => definitionOf(draft), [draft]);
  const errors = useMemo(() => {
    const result = compileCalendar(definition);
    return result.ok ? [] : result.errors.map((one) => ({ ...one, place: placeOfProblem(one.path) }));
  }, [definition]);
  const problemsAt: ProblemsAt = (place) => {
    const found = errors.find((one) => one.place === place);
    if (!found) return undefined;
    // Three sentences of the check speak of JSON; here people type into fields.
    switch (found.code) {
      case 'calendar/unknown-date':
        return t('console.wrong-day');
      case 'calendar/bad-windows':
        return t('console.calendar-edit.bad-hours');
      case 'calendar/bad-season':
        return t('console.calendar-edit.bad-season');
      default:
        return found.message;
    }
  };
  const general = errors.filter((one) => one.place === '' || one.code === 'calendar/year-without-windows');
  const set = (change: Partial<CalendarDraft>) => setDraft((now) => ({ ...now, ...change }));
  return (
    <>
      {errors.length > 0 ? (
        <Note tone="danger">
          <p>{t('console.calendar-edit.problems', { count: errors.length })}</p>
          {general.map((one) => (
            <p key={`${one.code} ${one.path}`}>{one.message}</p>
          ))}
        </Note>
      ) : null}
      <h3>{t('console.calendars.week')}</h3>
      <p className="hint">{t('console.calendar-edit.hours-hint')}</p>
      <WeekTable place="week" week={draft.week} problemsAt={problemsAt} onWeek={(week) => set({ week })} />
      {draft.seasons.map((season, index) => {
        const place = `seasons[${index}]`;
        const put = (change: Partial<typeof season>) =>
          set({ seasons: draft.seasons.map((one, at) => (at === index ? { ...one, ...change } : one)) });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: seasons have no name but their place
          <section key={index} className="panel">
            <h3>{t('console.calendar-edit.season', { number: index + 1 })}</h3>
            <div className="grid-fields">
              <TextField
                id={`${place}-from`}
                label={t('console.calendar-edit.season-from')}
                hint={t('console.calendar-edit.season-hint')}
                short
                error={problemsAt(place)}
                value={season.from}
                onChange={(event) => put({ from: event.currentTarget.value })}
              />
              <TextField
                id={`${place}-to`}
                label={t('console.calendar-edit.season-to')}
                hint={t('console.calendar-edit.season-hint')}
                short
                value={season.to}
                onChange={(event) => put({ to: event.currentTarget.value })}
              />
            </div>
            <WeekTable
              place={`${place}.week`}
              week={season.week}
              problemsAt={problemsAt}
              onWeek={(week) => put({ week })}
            />
            <Button
              type="button"
              look="link"
              onClick={() => set({ seasons: draft.seasons.filter((_, at) => at !== index) })}
            >
              {t('console.calendar-edit.remove-season', { number: index + 1 })}
            </Button>
          </section>
        );
      })}
      <Button
        type="button"
        look="secondary"
        small
        onClick={() => set({ seasons: [...draft.seasons, { ...seasonOf(undefined), week: draft.week }] })}
      >
        {t('console.calendar-edit.add-season')}
      </Button>
      <CalendarExceptions
        exceptions={draft.exceptions}
        problemsAt={problemsAt}
        onExceptions={(exceptions) => set({ exceptions })}
      />
      {children(errors.length === 0 ? definition : undefined, changedDates(before, draft))}
    </>
  );
}

function WeekTable({
  place,
  week,
  problemsAt,
  onWeek,
}: {
  place: string;
  week: WeekDraft;
  problemsAt: ProblemsAt;
  onWeek: (week: WeekDraft) => void;
}) {
  const t = useTranslate();
  return (
    <Table
      caption={t('console.calendars.week')}
      hideCaption
      rows={WEEKDAYS}
      rowKey={(day) => day}
      columns={[
        {
          id: 'day',
          label: t('console.calendar-edit.day'),
          rowHead: true,
          cell: (day) => t(`console.weekday.${day}`),
        },
        {
          id: 'hours',
          label: t('console.calendars.hours'),
          cell: (day) => (
            <CellInput
              id={`${place}.${day}-hours`}
              label={`${t(`console.weekday.${day}`)}, ${t('console.calendars.hours')}`}
              placeholder={t('console.calendars.closed')}
              error={problemsAt(`${place}.${day}`)}
              value={week[day].hours}
              onText={(hours) => onWeek({ ...week, [day]: { ...week[day], hours } })}
            />
          ),
        },
        {
          id: 'weight',
          label: t('console.calendar-edit.weight'),
          cell: (day) => (
            <CellInput
              id={`${place}.${day}-weight`}
              label={`${t(`console.weekday.${day}`)}, ${t('console.calendar-edit.weight')}`}
              numeric
              placeholder="1"
              value={week[day].weight}
              onText={(weight) => onWeek({ ...week, [day]: { ...week[day], weight } })}
            />
          ),
        },
      ]}
    />
  );
}
