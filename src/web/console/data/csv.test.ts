import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';
import { readDay, showDay, showInstant } from './format.ts';

describe('toCsv', () => {
  const columns = [{ label: 'Tên', value: (row: string) => row }];

  it('begins with a byte order mark and ends lines as RFC 4180 wants', () => {
    expect(toCsv(columns, ['Đỗ'])).toBe('\uFEFFTên\r\nĐỗ\r\n');
  });

  it('quotes what would break a line', () => {
    expect(toCsv(columns, ['a,"b"\nc'])).toContain('"a,""b""\nc"');
  });

  it('never lets a cell run as a formula', () => {
    for (const evil of ['=1+1', '+1', '-1+1', '-A1', '@x']) expect(toCsv(columns, [evil])).toContain(`'${evil}`);
    expect(toCsv(columns, ['-1.234,5'])).toBe('\uFEFFTên\r\n"-1.234,5"\r\n');
  });
});

describe('days and instants on screens', () => {
  it('are written the Vietnamese way', () => {
    expect(showInstant('2023-08-28T09:00:00+07:00')).toBe('09:00 ngày 28/08/2023');
    expect(showDay('2023-08-28')).toBe('28/08/2023');
    expect(showDay(null)).toBe('');
  });

  it('are read as people type them', () => {
    expect(readDay('5/9/2023')).toBe('2023-09-05');
    expect(readDay('05092023')).toBe('2023-09-05');
    expect(readDay('31/02/2023')).toBeUndefined();
    expect(readDay('31/12/2199')).toBe('2199-12-31');
    expect([readDay('31/12/9999'), readDay('01/01/0026')]).toEqual([undefined, undefined]);
  });
});
