/** Longest list of months one can choose from. */
const MOST = 60;

/**
 * Months from `last` back to `first`, newest first, both included, at most five years.
 * @example monthsBack('2026-02', '2025-12') → ['2026-02', '2026-01', '2025-12']
 */
export function monthsBack(last: string, first: string): string[] {
  const months: string[] = [];
  let year = Number(last.slice(0, 4));
  let month = Number(last.slice(5, 7));
  for (let count = 0; count < MOST; count++) {
    const text = `${year}-${String(month).padStart(2, '0')}`;
    if (text < first && count > 0) break;
    months.push(text);
    month--;
    if (month === 0) {
      month = 12;
      year--;
    }
  }
  return months;
}
