/** A number with its decimal point moved, without the noise of binary fractions: 0.814 by 2 is 81.4. */
export function shiftPoint(number: number, places: number): number {
  const [digits = '0', exponent = '0'] = Number(number.toPrecision(15)).toExponential().split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}

/** The name of a column: 1 is A, 27 is AA. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}
