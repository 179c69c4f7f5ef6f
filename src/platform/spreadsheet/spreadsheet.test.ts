import { deflateRawSync } from 'node:zlib';
import { Workbook } from '@cj-tech-master/excelts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnName, shiftPoint } from './numbers.ts';
import { readSheet } from './read-sheet.ts';
import { unpackWorkbook } from './unpack.ts';
import { sheetNames, writeSheets } from './write-sheets.ts';

const columns = [
  { title: 'Mã', format: 'text' },
  { title: 'Số lượng', format: 'integer' },
  { title: 'Tỷ lệ', format: 'percent' },
  { title: 'Ngày', format: 'day' },
] as const;
const titles = columns.map((column) => column.title);

const written = (rows: readonly (readonly unknown[])[], notes: readonly string[] = ['Sổ', 'Kỳ 2023-06']) =>
  writeSheets([{ name: 'Sổ theo dõi', columns, rows, notes }]);

async function reading(bytes: Uint8Array, wanted: readonly string[] = titles) {
  const result = await readSheet(bytes, { titles: wanted });
  if (!result.ok) throw new Error(result.code);
  return result;
}

/** A workbook made by hand with the library, as a person's Excel would. */
async function workbookOf(fill: (sheet: ReturnType<Workbook['addWorksheet']>) => void): Promise<Uint8Array> {
  const workbook = new Workbook();
  fill(workbook.addWorksheet('Trang'));
  return workbook.xlsx.writeBuffer();
}

describe('writing and reading a sheet', () => {
  it('gives back what was written, with the place of each row', async () => {
    const result = await reading(
      await written([
        ['X1', 16175, '81.40', '2023-06-30'],
        ['X2', null, null, null],
      ]),
    );
    expect(result.headerRow).toBe(3);
    expect(result.rows).toEqual([
      {
        number: 4,
        cells: [
          { kind: 'text', text: 'X1' },
          { kind: 'number', number: 16175, percent: false },
          { kind: 'number', number: 81.4, percent: true },
          { kind: 'day', day: '2023-06-30' },
        ],
      },
      { number: 5, cells: [{ kind: 'text', text: 'X2' }, { kind: 'empty' }, { kind: 'empty' }, { kind: 'empty' }] },
    ]);
  });

  it('never makes a formula of a text, wherever it stands', async () => {
    for (const text of ['=1+1', '+84123', '-5', '@SUM(A1)', '=HYPERLINK("http://x","y")', '\t=1', '=cmd|x']) {
      const bytes = await writeSheets([
        {
          name: text,
          columns: [
            { title: text, format: 'text' },
            { title: 'b', format: 'integer' },
          ],
          rows: [[text, text]],
          notes: [text],
        },
      ]);
      const sheet = Buffer.from(unpacked(bytes).get('xl/worksheets/sheet1.xml') ?? []).toString();
      expect(sheet).not.toContain('<f');
      const workbook = new Workbook();
      await workbook.xlsx.load(bytes);
      workbook.worksheets[0]?.eachRow((row) =>
        row.eachCell((cell) => expect(['string', 'number']).toContain(typeof cell.value)),
      );
    }
  });

  it('writes the same bytes for the same data', async () => {
    const rows = [['X1', 1, 50, '2023-01-01']];
    expect(Buffer.from(await written(rows)).equals(Buffer.from(await written(rows)))).toBe(true);
  });

  it('gives every text of any characters back as it can be carried', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 5 }),
        async (texts) => {
          const result = await readSheet(
            await writeSheets([
              { name: 'a', columns: [{ title: 'Chữ', format: 'text' }], rows: texts.map((text) => [text]) },
            ]),
            { titles: ['Chữ'] },
          );
          expect(result.ok || result.code === 'empty').toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('names sheets as Excel accepts them, each once', () => {
    expect(sheetNames(['a/b:c', 'A B C', "'x'", '', 'x'.repeat(40), 'x'.repeat(41), 'History'])).toEqual([
      'a b c',
      'A B C (2)',
      'x',
      'Trang',
      'x'.repeat(31),
      `${'x'.repeat(27)} (2)`,
      'Trang (2)',
    ]);
  });
});

describe('a file from outside', () => {
  it('names each column that is out of its place', async () => {
    const bytes = await workbookOf((sheet) => {
      sheet.addRow(['Mã', '', 'Số lượng', 'Tỷ lệ', 'Ngày']);
      sheet.addRow(['X1', '', 5, 0.5, new Date(Date.UTC(2023, 0, 1))]);
    });
    expect(await readSheet(bytes, { titles })).toEqual({
      ok: false,
      code: 'shifted',
      details: [
        { cell: 'B1', expected: 'Số lượng' },
        { cell: 'C1', expected: 'Tỷ lệ', found: 'Số lượng' },
        { cell: 'D1', expected: 'Ngày', found: 'Tỷ lệ' },
        { cell: 'E1', found: 'Ngày' },
      ],
    });
  });

  it('takes a title whatever its case, blanks and way of writing the marks', async () => {
    const bytes = await workbookOf((sheet) => {
      sheet.addRow(['MÃ '.normalize('NFD'), ' số  lượng', 'tỷ lệ', 'Ngày']);
      sheet.addRow(['X1', 5, 81.4, 'hôm qua']);
    });
    expect((await reading(bytes)).rows[0]?.cells).toEqual([
      { kind: 'text', text: 'X1' },
      { kind: 'number', number: 5, percent: false },
      { kind: 'number', number: 81.4, percent: false },
      { kind: 'text', text: 'hôm qua' },
    ]);
  });

  it('takes the last result of a formula and says when there is none', async () => {
    const bytes = await workbookOf((sheet) => {
      sheet.addRow([...titles]);
      sheet.addRow([
        'X1',
        { formula: '2+3', result: 5 },
        { formula: '1/0', result: { error: '#DIV/0!' } },
        { formula: 'NOW()' },
      ]);
    });
    expect((await reading(bytes)).rows[0]?.cells.slice(1)).toEqual([
      { kind: 'number', number: 5, percent: false },
      { kind: 'error', text: '#DIV/0!' },
      { kind: 'error', text: '' },
    ]);
  });

  it('refuses merged cells in the table and lets those of the heading be', async () => {
    const fill = (range: string) =>
      workbookOf((sheet) => {
        sheet.addRow(['Tên sổ']);
        sheet.addRow([...titles]);
        sheet.addRow(['X1', 5, null, null]);
        sheet.addRow(['X2', 6, null, null]);
        sheet.mergeCells(range);
      });
    expect((await readSheet(await fill('A1:D1'), { titles })).ok).toBe(true);
    expect(await readSheet(await fill('A3:A4'), { titles })).toEqual({
      ok: false,
      code: 'merged',
      details: [{ cell: 'A3:A4' }],
    });
  });

  it('refuses what is no workbook, an old one, one without the header and one without rows', async () => {
    const code = async (bytes: Uint8Array) => {
      const result = await readSheet(bytes, { titles });
      return result.ok ? 'ok' : result.code;
    };
    expect(await code(Buffer.from('PK nothing'))).toBe('not-a-workbook');
    expect(await code(Buffer.alloc(0))).toBe('not-a-workbook');
    expect(await code(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('old-format');
    expect(await code(await workbookOf((sheet) => sheet.addRow(['khác'])))).toBe('no-header');
    expect(await code(await written([]))).toBe('empty');
    const whole = Buffer.from(await written([['X1', 1, 1, null]]));
    expect(await code(whole.subarray(0, whole.length - 40))).toBe('not-a-workbook');
  });

  it('never throws on damaged bytes', async () => {
    const whole = Buffer.from(await written([['X1', 1, 1, '2023-01-01']]));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ change;
        expect(typeof (await readSheet(bytes, { titles })).ok).toBe('boolean');
      }),
      // A changed byte once made a text of something else.
      { numRuns: 60, examples: [[6204, 1]] },
    );
  });

  it('stops a bomb before it is in memory', async () => {
    const bomb = zip({
      'xl/workbook.xml': Buffer.from('<workbook/>'),
      'xl/worksheets/sheet1.xml': Buffer.alloc(60 * 1024 * 1024, 0x20),
    });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await readSheet(bomb, { titles })).toEqual({ ok: false, code: 'too-large', details: [] });
    const entities = zip({
      'xl/workbook.xml': Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'),
      'xl/worksheets/sheet1.xml': Buffer.from('<worksheet><sheetData></sheetData></worksheet>'),
    });
    expect(await readSheet(entities, { titles })).toMatchObject({ ok: false, code: 'not-a-workbook' });
  });

  it('reads what other programs write: prefixes, texts within their cell, days counted from 1904', async () => {
    const main = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const cell = (at: string, text: string): string =>
      `<x:c r="${at}" t="inlineStr"><x:is><x:t>${text}</x:t></x:is></x:c>`;
    const bytes = zip({
      'xl/workbook.xml': Buffer.from(
        `<x:workbook ${main} xmlns:r="${office}"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="A" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': Buffer.from(
        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
      ),
      'xl/styles.xml': Buffer.from(
        `<x:styleSheet ${main}><x:cellXfs count="2"><x:xf numFmtId="0"/><x:xf numFmtId="14" applyNumberFormat="1"/></x:cellXfs></x:styleSheet>`,
      ),
      'xl/worksheets/sheet1.xml': Buffer.from(
        `<x:worksheet ${main}><x:sheetData><x:row r="1">${cell('A1', 'Mã')}${cell('B1', 'Ngày')}</x:row><x:row r="2">${cell('A2', 'X1')}<x:c r="B2" s="1"><x:v>43645</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
      ),
    });
    expect((await reading(bytes, ['Mã', 'Ngày'])).rows).toEqual([
      {
        number: 2,
        cells: [
          { kind: 'text', text: 'X1' },
          { kind: 'day', day: '2023-06-30' },
        ],
      },
    ]);
  });

  it('lets a million formatted empty rows be and counts the filled ones', async () => {
    const bytes = await workbookOf((sheet) => {
      sheet.addRow([...titles]);
      sheet.addRow(['X1', 5, null, null]);
      sheet.getRow(1_048_576).height = 30;
    });
    expect((await reading(bytes)).rows).toHaveLength(1);
    const many = await written(Array.from({ length: 60 }, (_, index) => [`X${index}`, index, null, null]));
    expect(await readSheet(many, { titles, maxRows: 20 })).toMatchObject({ ok: false, code: 'too-many-rows' });
  });
});

describe('numbers of cells', () => {
  it('moves the point without noise', () => {
    expect([
      shiftPoint(0.814, 2),
      shiftPoint(81.4, -2),
      shiftPoint(0.1 + 0.2, 0),
      shiftPoint(0, 2),
      shiftPoint(1e21, 2),
    ]).toEqual([81.4, 0.814, 0.3, 0, 1e23]);
  });
  it('names columns as Excel does', () => {
    expect([1, 26, 27, 702, 703].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
  });
});

function unpacked(bytes: Uint8Array): Map<string, Uint8Array> {
  const result = unpackWorkbook(bytes);
  return result.ok ? result.parts : new Map();
}

function zip(files: Record<string, Buffer>): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    // A lie: the size it says it will have.
    entry.writeUInt32LE(10, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}
