/**
 * A number the Vietnamese way: dots between thousands, a comma before decimals.
 * `formatNumberVi(1234567) === '1.234.567'`, `formatNumberVi(2.5) === '2,5'`. At most six decimals.
 * Own code instead of Intl, so that server, browser and print agree whatever their locale data.
 */
export function formatNumberVi(value: number | bigint): string {
  const plain = typeof value === 'bigint' ? value.toString() : plainDecimal(value);
  const [, sign = '', whole = '', fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plain) ?? [];
  if (whole === '') return plain;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
  return `${sign}${grouped}${fraction === undefined ? '' : `,${fraction}`}`;
}

/**
 * A number as somebody would type it, for fields and tables of other programs: all its decimals after a comma, nothing
 * between thousands. `typedNumberVi(1234.5) === '1234,5'`; nothing where there is none. A string is digits as programs
 * write them, kept as they are: `typedNumberVi('81.40') === '81,40'`.
 */
export function typedNumberVi(value: number | string | null | undefined): string {
  return value === null || value === undefined ? '' : String(value).replace('.', ',');
}

/** A number with at least so many decimals: `formatDecimalsVi(81.4, 2) === '81,40'`, `formatDecimalsVi(1.234, 2) === '1,234'`. */
export function formatDecimalsVi(value: number, least: number): string {
  const [whole = '', decimals = ''] = formatNumberVi(value).split(',');
  const shown = decimals.padEnd(least, '0');
  return shown === '' ? whole : `${whole},${shown}`;
}

/** Points of an index, two decimals, half up: `formatPointsVi(83.3) === '83,30'`, `formatPointsVi(11.455) === '11,46'`. */
export function formatPointsVi(points: number): string {
  // Half up of the digits as they are read: 1.005 is a little less than that in binary.
  const hundredths = Math.round(Number(`${plainDecimal(Math.abs(points))}e2`));
  return formatDecimalsVi((Math.sign(points) * hundredths) / 100, 2);
}

/**
 * How the numbers of one column are written, each with as many decimals as the one that needs most:
 * `evenDecimalsVi([1, 0.5])(1) === '1,0'`.
 */
export function evenDecimalsVi(column: readonly (number | null)[]): (value: number) => string {
  const most = Math.max(0, ...column.map((value) => formatNumberVi(value ?? 0).split(',')[1]?.length ?? 0));
  return (value) => formatDecimalsVi(value, most);
}

/** `formatPercentVi(81.4) === '81,40 %'`; the space does not break. @param percent 81.4 for 81,4 of a hundred */
export function formatPercentVi(percent: number, least = 2): string {
  return `${formatDecimalsVi(percent, least)}\u00a0%`;
}

/** A difference with its sign: `formatChangeVi(-12.4, 2) === '−12,40'`, `formatChangeVi(4) === '+4'`, `'0'`. */
export function formatChangeVi(difference: number, least = 0): string {
  if (difference === 0) return '0';
  return `${difference > 0 ? '+' : '−'}${formatDecimalsVi(Math.abs(difference), least)}`;
}

function plainDecimal(value: number): string {
  if (Number.isSafeInteger(value)) return (value + 0).toString().replace(/^-0$/, '0');
  const text = value.toFixed(6);
  return text.includes('e') ? text : text.replace(/\.?0+$/, '').replace(/^-0$/, '0');
}

/** Whole đồng for people: `formatVnd(1234567) === '1.234.567 đ'` (the space does not break). */
export function formatVnd(amountVnd: number | bigint): string {
  return `${formatNumberVi(amountVnd)}\u00a0đ`;
}

/**
 * Reads a number as Vietnamese people type it: `1.234.567`, `1 234 567`, `2,5`; also `2.5`.
 * A dot before exactly three digits groups thousands: `1.500` is 1500. Undefined when it is no number.
 */
export function parseNumberVi(text: string): number | undefined {
  const compact = text.replace(/[\s\u00a0\u202f]/gu, '').replace(/^\u2212/u, '-');
  if (compact.length > 25) return undefined;
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(compact)) {
    return toFinite(compact.replaceAll('.', '').replace(',', '.'));
  }
  if (/^-?\d+([.,]\d+)?$/.test(compact)) return toFinite(compact.replace(',', '.'));
  return undefined;
}

function toFinite(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value + 0 : undefined;
}
