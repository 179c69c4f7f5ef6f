import { describe, expect, it } from 'vitest';
import { readSheet } from '../../../platform/spreadsheet/read-sheet.ts';
import { writeSheets } from '../../../platform/spreadsheet/write-sheets.ts';
import { cellTitles, type KnownCriterion, readCells } from './sheet-cells.ts';

const one = (id: string, more: Partial<KnownCriterion> = {}): KnownCriterion => ({
  id,
  name: `Tiêu chí ${id}`,
  max: 4,
  row: undefined,
  automatic: false,
  ...more,
});
const row = { selfPoints: 3, selfNote: 'cũ', numerator: null, denominator: null };
const KNOWN = [
  one('a'),
  one('b', { row }),
  one('c', { automatic: true }),
  one('d', { row: { ...row, numerator: 3, denominator: 4 } }),
];

async function read(rows: readonly (readonly unknown[])[], titles = cellTitles()) {
  const columns = titles.map((title, at) => ({
    title,
    format: [2, 3, 4, 5].includes(at) ? ('number' as const) : ('text' as const),
  }));
  const bytes = await writeSheets([{ name: 'Phiếu', columns, rows, notes: ['Đầu đề'] }]);
  return readCells(KNOWN, await readSheet(bytes, { titles: cellTitles() }));
}
const line = (id: string, ...rest: unknown[]): unknown[] => [id, `Tiêu chí ${id}`, 4, ...rest];
const found = async (...rows: unknown[][]) =>
  (await read(rows)).findings.map(({ cell, message }) => `${cell} ${message}`);

describe('a filled-in score sheet', () => {
  it('gives counts, points and notes; an empty line keeps what was scored', async () => {
    const { scores, findings, cellOf } = await read([
      line('a', 8, 10, null, 'mới'),
      line('b', null, null, null, 'chỉ ghi chú'),
      line('c', 'tự động', 'tự động', 'tự động', 'xem số liệu'),
      line('d', null, null, null, 'cũ'),
    ]);
    expect(findings).toEqual([]);
    expect(scores).toEqual([
      { criterionId: 'a', note: 'mới', numerator: 8, denominator: 10, points: undefined },
      { criterionId: 'b', note: 'chỉ ghi chú', points: 3 },
      { criterionId: 'c', note: 'xem số liệu', points: undefined, numerator: undefined, denominator: undefined },
    ]);
    expect(cellOf(0, 'numerator')).toBe('D3');
    expect(cellOf(2, 'points')).toBe('F5');
  });

  it('is refused at the cell: unknown, twice, moved, another maximum, no number, negative, both, automatic', async () => {
    expect(await found(line('x', 1, 2))).toEqual(['A3 Phiếu không có tiêu chí mã “x”.']);
    expect(await found(line('a', 1, 2), line('a', 1, 2))).toEqual([
      'A4 Tiêu chí “Tiêu chí a” có hai lần (lần đầu ở dòng 3).',
    ]);
    expect(await found(['a', 'Tiêu chí b', 4, 1, 2])).toEqual([
      'B3 Tên tiêu chí phải là “Tiêu chí a”: dòng có thể đã bị xê dịch.',
    ]);
    expect(await found(['a', 'Tiêu chí a', 5, 1, 2])).toEqual([
      'C3 Điểm tối đa của tiêu chí này là 4: mẫu cũ, hoặc dòng bị xê dịch.',
    ]);
    expect(await found(line('a', 'tám', -1))).toEqual(['D3 Ô này ghi số, tệp ghi “tám”.', 'E3 Ô này không được âm.']);
    expect(await found(line('a', 8, 10, 3))).toEqual(['F3 Ghi điểm, hoặc ghi tử số và mẫu số; không ghi cả hai.']);
    expect(await found(line('c', null, null, 4))).toEqual([
      'F3 Tiêu chí này được chấm tự động từ số liệu, không nhập.',
    ]);
  });

  it('with shifted columns is refused with each title out of its place', async () => {
    const [first = '', second = '', ...rest] = cellTitles();
    const { findings, scores } = await read([line('a', 1, 2)], [second, first, ...rest]);
    expect(findings).toEqual([
      { cell: 'A2', message: 'Cột không đúng chỗ. Cần “Mã tiêu chí”. Tệp ghi “Tiêu chí”.' },
      { cell: 'B2', message: 'Cột không đúng chỗ. Cần “Tiêu chí”. Tệp ghi “Mã tiêu chí”.' },
    ]);
    expect(scores).toEqual([]);
    expect(readCells(KNOWN, await readSheet(Buffer.from('không phải tệp'), { titles: cellTitles() })).findings).toEqual(
      [{ cell: '', message: 'Tệp không phải tệp Excel (.xlsx), hoặc đã hỏng.' }],
    );
  });
});
