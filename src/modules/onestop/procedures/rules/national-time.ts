import type { TimeAllowance } from './parts.ts';

/**
 * Limit as given by quantity and unit of the portal. `OTHER`, 0 and unknown units give undefined: see the text.
 * `HOUR` becomes hours of the clock (child protection, notice of stay); the importer reports that choice.
 * Example: `(3, 'WORKING_DAY')` → `{unit:'working-day', amount:3}`; `(1, 'YEAR')` → 12 months.
 */
export function allowanceOf(quantity: number | undefined, unit: string): TimeAllowance | undefined {
  if (quantity === undefined || quantity <= 0 || quantity > 3650) return undefined;
  switch (unit) {
    case 'WORKING_DAY':
      return { unit: 'working-day', amount: quantity };
    case 'DAY':
      return { unit: 'day', amount: quantity };
    case 'HOUR':
      return { unit: 'clock-hour', amount: quantity };
    case 'MONTH':
      return { unit: 'month', amount: quantity };
    case 'YEAR':
      return { unit: 'month', amount: quantity * 12 };
    default:
      return undefined;
  }
}

const LENGTH =
  /(\d{1,3})\s*(?:\([^)]{1,30}\)\s*)?(ngày\s+làm\s+việc|giờ\s+làm\s+việc|ngày|giờ|tháng)(?!\s*(?:\d|trong|\/))/giu;
const SAME_DAY = /(?:ngay\s+trong|trong\s+cùng|cùng|trong)\s+ngày(?!\s*\d)(?:\s+làm\s+việc)?(?:\s+tiếp\s+nhận)?/iu;

function unitOf(words: string): TimeAllowance['unit'] {
  const plain = words.toLowerCase().replace(/\s+/g, ' ');
  if (plain === 'ngày làm việc') return 'working-day';
  if (plain === 'giờ làm việc') return 'working-hour';
  if (plain === 'ngày') return 'day';
  if (plain === 'giờ') return 'clock-hour';
  return 'month';
}

/** All different lengths of time a text speaks of, in order: `03 ngày làm việc`, `trong ngày`. */
export function lengthsIn(words: string): readonly TimeAllowance[] {
  const found = new Map<string, TimeAllowance>();
  for (const match of words.normalize('NFC').matchAll(LENGTH)) {
    const amount = Number(match[1]);
    const unit = unitOf(match[2] ?? '');
    // "sau 15 giờ" is an hour of the day, "15 giờ 00" too.
    const before = words.slice(Math.max(0, (match.index ?? 0) - 12), match.index);
    if (amount === 0 || (unit === 'clock-hour' && /(?:sau|trước|lúc|từ)\s*$/iu.test(before))) continue;
    found.set(`${unit}:${amount}`, { unit, amount });
  }
  if (SAME_DAY.test(words)) found.set('same-day', { unit: 'same-day', cutOff: '15:00' });
  return [...found.values()];
}

/**
 * A guess from wording, only where it is clear: exactly one length of time is named.
 * Examples: `Trong thời hạn 03 ngày làm việc` → 3 working days; `Ngay trong ngày tiếp nhận` → same day, cut-off 15:00;
 * `10 ngày làm việc (hoặc 7 ngày làm việc đối với nhà ở)` → undefined.
 */
export function guessAllowance(words: string): TimeAllowance | undefined {
  const found = lengthsIn(words);
  return found.length === 1 ? found[0] : undefined;
}

/** Whether two allowances are the same limit. */
export function sameAllowance(a: TimeAllowance | undefined, b: TimeAllowance | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.unit === b.unit && (a.amount ?? 0) === (b.amount ?? 0);
}
