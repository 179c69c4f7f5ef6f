import { WEEKDAYS } from '../../../../core/time/index.ts';
import type { Calendar, WeekdayHours, Window } from '../../../../core/working-time/calendar.ts';
import { Facts, Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showDay } from '../../data/format.ts';

function isWindows(hours: WeekdayHours): hours is readonly Window[] {
  return Array.isArray(hours);
}

function hoursText(hours: WeekdayHours | undefined, weightText: (weight: number) => string): string {
  if (hours === undefined) return '';
  if (isWindows(hours)) return windowsText(hours);
  return [windowsText(hours.windows), hours.weight === undefined ? '' : weightText(hours.weight)]
    .filter(Boolean)
    .join(', ');
}

function windowsText(windows: readonly Window[]): string {
  return windows.map(([opens, closes]) => `${opens}–${closes}`).join(', ');
}

/** The hours of the week and every date that differs, youngest first. The definition is one that was published. */
export function CalendarView({ definition }: { definition: unknown }) {
  const t = useTranslate();
  const calendar = definition as Calendar;
  const weight = (value: number) => t('console.calendars.weight', { weight: value });
  const exceptions = [...(calendar.exceptions ?? [])].sort((a, b) => b.date.localeCompare(a.date));
  return (
    <>
      <h2>{t('console.calendars.week')}</h2>
      <Facts
        items={WEEKDAYS.map((day) => ({
          term: t(`console.weekday.${day}`),
          value: hoursText(calendar.week?.[day], weight) || t('console.calendars.closed'),
        }))}
      />
      {(calendar.seasons ?? []).map((season) => (
        <section key={`${season.from} ${season.to}`}>
          <h3>{t('console.calendars.season', { from: season.from, to: season.to })}</h3>
          <Facts
            items={WEEKDAYS.map((day) => ({
              term: t(`console.weekday.${day}`),
              value: hoursText(season.week[day], weight) || t('console.calendars.closed'),
            }))}
          />
        </section>
      ))}
      <h2>{t('console.calendars.exceptions')}</h2>
      <Table
        caption={t('console.calendars.exceptions')}
        hideCaption
        rows={exceptions}
        rowKey={(row) => row.date}
        columns={[
          { id: 'date', label: t('console.calendars.date'), rowHead: true, cell: (row) => showDay(row.date) },
          { id: 'kind', label: t('console.calendars.kind'), cell: (row) => t(`console.calendars.${row.kind}`) },
          {
            id: 'hours',
            label: t('console.calendars.hours'),
            cell: (row) =>
              [row.windows ? windowsText(row.windows) : '', row.weight === undefined ? '' : weight(row.weight)]
                .filter(Boolean)
                .join(', '),
          },
        ]}
      />
    </>
  );
}
