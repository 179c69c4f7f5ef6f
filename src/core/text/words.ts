const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const;
const BILLION = 1_000_000_000n;

function digit(value: number): string {
  return DIGITS[value] ?? '';
}

function unitsAfterTens(tens: number, units: number): string {
  if (units === 1 && tens >= 2) return 'mốt';
  if (units === 4 && tens >= 2) return 'tư';
  if (units === 5 && tens >= 1) return 'lăm';
  return digit(units);
}

/** Three digits in words; `padded` says the hundreds even when zero, as after a higher group. */
function groupInWords(value: number, padded: boolean): string[] {
  const [hundreds, tens, units] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10];
  const words: string[] = [];
  const saysHundreds = hundreds > 0 || padded;
  if (saysHundreds) words.push(digit(hundreds), 'trăm');
  if (tens === 0 && units > 0 && saysHundreds) words.push('linh');
  if (tens === 1) words.push('mười');
  if (tens > 1) words.push(digit(tens), 'mươi');
  if (units > 0) words.push(unitsAfterTens(tens, units));
  return words;
}

/** Up to nine digits in words: triệu, nghìn, units. */
function belowBillion(value: number, padded: boolean): string[] {
  const groups: [number, string][] = [
    [Math.floor(value / 1_000_000), 'triệu'],
    [Math.floor(value / 1000) % 1000, 'nghìn'],
    [value % 1000, ''],
  ];
  const words: string[] = [];
  for (const [group, name] of groups) {
    if (group === 0) continue;
    words.push(...groupInWords(group, padded || words.length > 0));
    if (name) words.push(name);
  }
  return words;
}

function wholeInWords(value: bigint): string[] {
  if (value < BILLION) return belowBillion(Number(value), false);
  const low = belowBillion(Number(value % BILLION), true);
  return [...wholeInWords(value / BILLION), 'tỷ', ...low];
}

/**
 * A whole number in Vietnamese words, lower case: 1005 → `một nghìn không trăm linh năm`.
 * Northern official usage: linh, nghìn, tỷ; mốt, tư, lăm after tens. Throws RangeError on a fraction.
 */
export function numberInWords(value: bigint | number): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError('not a whole number');
  const whole = BigInt(value);
  if (whole === 0n) return 'không';
  if (whole < 0n) return `âm ${numberInWords(-whole)}`;
  return wholeInWords(whole).join(' ');
}

/** Whole đồng in words for receipts: `amountInWords(1005) === 'một nghìn không trăm linh năm đồng'`. */
export function amountInWords(amountVnd: bigint | number): string {
  return `${numberInWords(amountVnd)} đồng`;
}
