import { isMeantDay } from '../../../../core/contract/fields.ts';
import { addDays, addMonths, type Day } from '../../../../core/time/index.ts';
import type { Cutoff, Period } from './types.ts';

/** Periods worked out lately: every page of figures asks for the same few dozen. */
const known = new Map<string, Period>();
const MOST_KNOWN = 500;

/**
 * The days of a period id, both inclusive; undefined where the id is none, or of a year nobody means.
 * @example periodOf('2023-H1', 'nd09') → 15/12/2022 to 14/06/2023 (NĐ 09/2019 art. 12); calendar: 01/01 to 30/06/2023.
 */
export function periodOf(id: string, cutoff: Cutoff): Period | undefined {
  const key = `${cutoff} ${id}`;
  const found = known.get(key) ?? daysOf(id, cutoff);
  if (found === undefined || known.has(key)) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, found);
  return found;
}

function daysOf(id: string, cutoff: Cutoff): Period | undefined {
  const [first = '', last = ''] = id.split('..');
  // Days somebody chose are those days, whatever the cut-off.
  if (isMeantDay(first) && isMeantDay(last)) return first <= last ? { id, from: first, to: last, cutoff } : undefined;
  const span = monthsOf(id);
  if (!span) return undefined;
  const from: Day = `${span.first}-01`;
  if (!isMeantDay(from)) return undefined;
  const after = addMonths(from, span.months);
  if (cutoff === 'calendar') return { id, from, to: addDays(after, -1), cutoff };
  return { id, from: addDays(addMonths(from, -1), 14), to: addDays(addMonths(after, -1), 13), cutoff };
}

function monthsOf(id: string): { readonly first: string; readonly months: number } | undefined {
  const match = /^(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?$/.exec(id);
  if (!match) return undefined;
  const [, year = '', month, quarter, half] = match;
  const at = (n: number): string => `${year}-${String(n).padStart(2, '0')}`;
  if (month !== undefined) return { first: `${year}-${month}`, months: 1 };
  if (quarter !== undefined) return { first: at(Number(quarter) * 3 - 2), months: 3 };
  if (half !== undefined) return { first: at(Number(half) * 6 - 5), months: 6 };
  return { first: at(1), months: 12 };
}

const previous = new WeakMap<Period, Period>();

/** The period of the same kind before this one: `2023-Q1` → `2022-Q4`; of chosen days as many days before. */
export function previousPeriod(period: Period): Period {
  const before = previous.get(period) ?? periodBefore(period);
  previous.set(period, before);
  return before;
}

function periodBefore(period: Period): Period {
  const span = monthsOf(period.id);
  if (!span) {
    const days = (Date.parse(period.to) - Date.parse(period.from)) / 86_400_000 + 1;
    const from = addDays(period.from, -days);
    const to = addDays(period.from, -1);
    return { id: `${from}..${to}`, from, to, cutoff: period.cutoff };
  }
  const first = addMonths(`${span.first}-01`, -span.months);
  const year = first.slice(0, 4);
  const month = Number(first.slice(5, 7));
  const id =
    span.months === 1
      ? first.slice(0, 7)
      : span.months === 3
        ? `${year}-Q${(month + 2) / 3}`
        : span.months === 6
          ? `${year}-H${(month + 5) / 6}`
          : year;
  return periodOf(id, period.cutoff) ?? period;
}
