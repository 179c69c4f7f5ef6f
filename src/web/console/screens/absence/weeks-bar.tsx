import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showDay } from '../../data/format.ts';

const DAYS = 28;
const DAY_MS = 86_400_000;
const noonOf = (day: string): number => Date.parse(`${day}T12:00:00+07:00`);
const dayText = (at: number): string => new Date(at + 7 * 3_600_000).toISOString().slice(0, 10);

/** Four weeks from the Monday before today, one field a day, the days away filled; the words say the same. */
export function WeeksBar({ row, today }: { row: { startsAt: string; endsAt: string }; today: string }) {
  const t = useTranslate();
  const noon = noonOf(today);
  const monday = noon - ((new Date(noon).getUTCDay() + 6) % 7) * DAY_MS;
  const days = Array.from({ length: DAYS }, (_, n) => {
    const start = monday + n * DAY_MS - DAY_MS / 2;
    const away = Date.parse(row.startsAt) < start + DAY_MS && Date.parse(row.endsAt) > start;
    return { n, away, today: n === Math.round((noon - monday) / DAY_MS) };
  });
  const count = days.filter((day) => day.away).length;
  const label = t('absence.calendar.label', {
    from: showDay(dayText(monday)),
    to: showDay(dayText(monday + 27 * DAY_MS)),
  });
  return (
    <svg
      role="img"
      aria-label={`${label}: ${t('absence.calendar.away', { days: count })}`}
      viewBox="0 0 175 16"
      width="175"
      height="16"
    >
      {days.map(({ n, away, today: isToday }) => (
        <rect
          key={n}
          x={n * 6 + Math.floor(n / 7) * 2}
          y={isToday ? 1 : 3}
          width="5"
          height={isToday ? 14 : 10}
          fill="currentColor"
          fillOpacity={away ? 0.85 : 0.15}
        />
      ))}
    </svg>
  );
}
