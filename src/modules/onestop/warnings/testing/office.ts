import { type CompiledCalendar, compileCalendar } from '../../../../core/working-time/index.ts';

/** Monday to Friday 07:00–11:30 and 13:30–17:00, off 14–22/2/2026 (Tết) as in `content/calendars`. */
export function officeCalendar(): CompiledCalendar {
  const hours = [
    ['07:00', '11:30'],
    ['13:30', '17:00'],
  ];
  const compiled = compileCalendar({
    timeZone: 'Asia/Ho_Chi_Minh',
    week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, hours])),
    exceptions: Array.from({ length: 9 }, (_, index) => ({ date: `2026-02-${14 + index}`, kind: 'off' })),
  });
  if (!compiled.ok) throw new Error('calendar of the tests');
  return compiled.calendar;
}
