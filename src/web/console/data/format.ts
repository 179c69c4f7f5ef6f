import { isMeantDay } from '../../../core/contract/fields.ts';
import { dayOf, formatDay, formatInstant, parseInstant, parseVietnameseDay } from '../../../core/time/index.ts';

/** `09:00 ngày 28/08/2023` for an ISO instant; empty where there is none. */
export function showInstant(iso: string | null | undefined): string {
  const instant = parseInstant(iso);
  return instant ? formatInstant(instant) : '';
}

/** `28/08/2023 09:00`, for columns. */
export function showShortInstant(iso: string | null | undefined): string {
  const instant = parseInstant(iso);
  return instant ? `${formatDay(dayOf(instant))} ${formatInstant(instant).slice(0, 5)}` : '';
}

/** `28/08/2023` for a plain day or an instant. */
export function showDay(text: string | null | undefined): string {
  if (!text) return '';
  const instant = parseInstant(text);
  if (instant) return formatDay(dayOf(instant));
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? formatDay(text) : text;
}

/** What a person typed as a day (`5/9/2023`, `05092023`) → `2023-09-05`; undefined when it is no day, or of the year 9999. */
export function readDay(typed: string): string | undefined {
  const compact = typed.trim().replace(/^(\d{2})(\d{2})(\d{4})$/, '$1/$2/$3');
  const day = parseVietnameseDay(compact);
  return day !== undefined && isMeantDay(day) ? day : undefined;
}
