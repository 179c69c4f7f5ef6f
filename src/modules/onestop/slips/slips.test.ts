import { afterAll, describe, expect, it } from 'vitest';
import {
  POPPLER_MISSING,
  readPdfFonts,
  readPdfInfo,
  readPdfStructure,
  readPdfText,
} from '../../../platform/documents/pdf-inspection.ts';
import { createRenderer } from '../../../platform/documents/renderer.ts';
import type { SlipData, SlipKind } from './index.ts';
import { canPrint, renderSlip, SLIP_KINDS } from './index.ts';
import { SAMPLE_SLIPS } from './testing/sample-slips.ts';

const renderer = createRenderer();
afterAll(() => renderer.close());

const print = <K extends SlipKind>(kind: K, changes: Partial<SlipData<K>> = {}, setId = 'tt03-2025') =>
  renderSlip(renderer, { kind, setId, data: { ...SAMPLE_SLIPS[kind], ...changes } });
const flat = (text: string) => text.replace(/\u200b/g, '').replace(/\s+/g, ' ');
const textOf = async <K extends SlipKind>(kind: K, changes: Partial<SlipData<K>> = {}, setId = 'tt03-2025') =>
  flat(readPdfText((await print(kind, changes, setId)).pdf));
/** Text without any white space, for values that break over lines inside cells. */
const dense = (text: string) => text.replace(/[\s\u200b]/g, '');

const both = ['tt01-2018', 'tt03-2025'].flatMap((setId) => SLIP_KINDS.map((kind) => ({ kind, setId })));
const printable = both.filter(({ kind, setId }) => canPrint(kind, setId));

const NUMBERS: Readonly<Record<string, Partial<Record<SlipKind, string>>>> = {
  'tt01-2018': { RECEIPT: '01', SUPPLEMENT: '02', REFUSAL: '03', APOLOGY: '04', CONTROL: '05', REGISTER: '06' },
  'tt03-2025': {
    RECEIPT: '01',
    SUPPLEMENT: '02',
    REFUSAL: '03',
    APOLOGY: '04',
    STOP: '05',
    CONTROL: '06',
    REGISTER: '07',
  },
};

if (POPPLER_MISSING !== undefined) console.warn(POPPLER_MISSING);

describe.skipIf(POPPLER_MISSING !== undefined)('slips', () => {
  it.each(printable)(
    '$kind of $setId is one tagged page with national heading, title and number',
    async ({ kind, setId }) => {
      const slip = await print(kind, {}, setId);
      const info = readPdfInfo(slip.pdf);
      const text = flat(readPdfText(slip.pdf));
      expect(slip.pages).toBe(1);
      expect(slip.unprintable).toEqual([]);
      expect(slip.formNumber).toBe(NUMBERS[setId]?.[kind] ?? null);
      expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
      expect(text).toContain('Độc lập - Tự do - Hạnh phúc');
      expect(text).toContain(slip.title.toUpperCase());
      if (slip.formNumber !== null) expect(text).toContain(`Mẫu số ${slip.formNumber}`);
      expect(info).toMatch(kind === 'REGISTER' ? /841\.89 x 595\.\d+ pts/ : /595\.\d+ x 841\.89 pts \(A4\)/);
      expect(readPdfFonts(slip.pdf).filter((font) => !font.startsWith('Tinos-'))).toEqual([]);
      // The binary for linux-arm64 is older and writes no tags.
      if (process.arch !== 'x64') return;
      expect(info).toMatch(/Tagged:\s+yes/);
      expect(readPdfStructure(slip.pdf)).toMatch(/H1/);
    },
  );

  it('bears the code as text beside the QR, which has an alternative text', async () => {
    const { pdf } = await print('RECEIPT');
    expect(readPdfText(pdf).split('000.00.01.H99-230821-0001')).toHaveLength(3);
    expect(readPdfStructure(pdf)).toMatch(/Figure/);
  });

  it('prints every field of the receipt', async () => {
    const text = await textOf('RECEIPT', {}, 'tt01-2018');
    for (const part of [
      'Số: 125/TNHS',
      'Suối Mơ, ngày 21 tháng 8 năm 2023',
      'Liên 1: Giao người nộp',
      'Bộ phận tiếp nhận: Bộ phận Tiếp nhận và Trả kết quả huyện Suối Mơ',
      'Tiếp nhận hồ sơ của: Nguyễn Thị Thử Nghiệm',
      'Địa chỉ: Thôn Bình Yên, xã Suối Trong, huyện Suối Mơ',
      'Số điện thoại: 0900 000 001',
      'Email: thunghiem@example.vn',
      'Số CMND/CC/Hộ chiếu: 999000000001',
      'Người nộp hồ sơ: Lê Văn Giả Định',
      '(mã thủ tục 1.004873)',
      '1. Thành phần hồ sơ nộp gồm:',
      'Văn bản thỏa thuận của các thành viên hộ gia đình (đã công chứng)',
      '2. Số lượng hồ sơ: 01 (bộ).',
      '3. Thời gian giải quyết hồ sơ theo quy định: 05 ngày làm việc.',
      '4. Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 21 tháng 8 năm 2023.',
      '5. Thời gian trả kết quả giải quyết hồ sơ: sau 09 giờ 05 phút, ngày 28 tháng 8 năm 2023.',
      'Đăng ký nhận kết quả tại: Trả trực tiếp tại nơi tiếp nhận – quầy số 3',
      'Lệ phí địa chính 28.000 đồng (đã nộp); Phí thẩm định hồ sơ 1.250.000 đồng. Tổng cộng: 1.278.000 đồng.',
      'Vào Sổ theo dõi hồ sơ, Quyển số: 02/2023 Số thứ tự: 417',
      'NGƯỜI NỘP HỒ SƠ',
      'NGƯỜI TIẾP NHẬN HỒ SƠ',
      'Trần Văn Ví Dụ',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('leaves the line about the register out of the receipt of 2025', async () => {
    expect(await textOf('RECEIPT')).not.toContain('Quyển số');
  });

  it('prints both phases of a dossier with a financial obligation, open times as dots', async () => {
    const text = await textOf('RECEIPT', { secondPhase: { allowance: { amount: 2.5, unit: 'working-day' } } });
    expect(text).toContain(
      '3. Thời gian giải quyết hồ sơ theo quy định (giai đoạn 1): 05 ngày làm việc. Giai đoạn 2: 2,5 ngày làm việc.',
    );
    expect(text).toContain('6. Thời gian nhận giai đoạn 2');
    expect(text).toMatch(/7\. Thời gian trả kết quả giai đoạn 2: \.{5}/);
  });

  it('prints the table of certified papers', async () => {
    const certifications = [{ name: 'Bằng tốt nghiệp', pages: 2, copies: 3, signedElectronically: true }];
    const { pdf } = await print('RECEIPT', { components: [], certifications });
    expect(flat(readPdfText(pdf, true))).toContain('1 Bằng tốt nghiệp 2 3 Có');
  });

  it('says each unit of a limit in Vietnamese', async () => {
    const said = async (amount: number, unit: SlipData<'RECEIPT'>['allowance']['unit']) =>
      /theo quy định: (.*?)\. 4\./.exec(await textOf('RECEIPT', { allowance: { amount, unit } }))?.[1];
    expect(await said(56, 'working-hour')).toBe('56 giờ làm việc');
    expect(await said(12, 'clock-hour')).toBe('12 giờ');
    expect(await said(30, 'day')).toBe('30 ngày');
    expect(await said(1, 'month')).toBe('01 tháng');
    expect(await said(1, 'same-day')).toBe('trong ngày');
  });

  it('fills the other papers with their fields', async () => {
    const supplement = await textOf('SUPPLEMENT');
    expect(supplement).toContain('2. Đơn đăng ký: ghi đủ số thửa');
    expect(supplement).toContain('Lý do: Đơn thiếu chữ ký');
    expect(supplement).toContain('trước khi hết ngày 05 tháng 9 năm 2023');
    const refusal = await textOf('REFUSAL');
    expect(refusal).toContain(
      'thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau: Thửa đất đang có tranh chấp',
    );
    expect(refusal).toContain('liên hệ với Trần Văn Ví Dụ, số điện thoại 0900 000 003.');
    const stop = await textOf('STOP');
    expect(stop).toContain('Ngày yêu cầu dừng giải quyết: ngày 02 tháng 02 năm 2026');
    expect(stop).toContain('Phí, lệ phí hoàn trả: Lệ phí địa chính 28.000 đồng.');
    const control = await textOf('CONTROL');
    expect(control).toContain('1. Giao: Chi cục Thuế khu vực');
    expect(control).toContain('2. Nhận: Chi cục Thuế khu vực');
    for (const outcome of ['Trước hạn', 'Đúng hạn', 'Quá hạn']) expect(control).toContain(outcome);
  });

  it('marks a draft result and gives it neither number nor day', async () => {
    const draft = await textOf('RESULT', { draft: true });
    expect(draft).toContain('DỰ THẢO');
    expect(draft).not.toContain('609/QĐ-UBND');
    expect(draft).not.toContain('ngày 03 tháng 02');
    const issued = await textOf('RESULT');
    expect(issued).not.toContain('DỰ THẢO');
    for (const part of ['Số: 609/QĐ-UBND', 'Điều 1. Trợ cấp', '- Lưu: VT, HS.', 'KT. CHỦ TỊCH PHÓ CHỦ TỊCH']) {
      expect(issued).toContain(part);
    }
  });

  it('prints hostile text letter by letter in every place of every slip', async () => {
    const hostile = '#*$\\ "x" ] [ `r` _y_ = @preview <l> // /* - + ~ {z}';
    for (const kind of SLIP_KINDS) {
      const letterhead = { ...SAMPLE_SLIPS[kind].letterhead, place: hostile };
      const name = { RESULT: { subject: hostile }, REGISTER: { desk: hostile } };
      const changes = name[kind as 'RESULT'] ?? { procedureName: hostile };
      const text = dense(await textOf(kind, { letterhead, ...changes } as Partial<SlipData<typeof kind>>));
      expect(text.split(dense(hostile)).length - 1, kind).toBeGreaterThanOrEqual(2);
    }
  });

  it('keeps every Vietnamese letter in regular, bold and italic type', async () => {
    const tones = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
    const vowels = [...'aăâeêioôơuưyAĂÂEÊIOÔƠUƯY'].flatMap((vowel) =>
      tones.map((tone) => (vowel + tone).normalize('NFC')),
    );
    const letters = [...vowels, 'đ', 'Đ'].join(' ');
    // 12 vowels × 6 tones × 2 cases + đ, Đ; the plain ones of ASCII among them.
    expect(letters.split(' ')).toHaveLength(146);
    const owner = { name: letters, address: letters };
    const text = dense(await textOf('RECEIPT', { owner, components: [{ name: 'Đơn', originals: 1, note: letters }] }));
    expect(text.normalize('NFC').split(dense(letters)).length - 1).toBe(3);
  });

  it('tells the clerk about an emoji and prints a box for it', async () => {
    const slip = await print('RECEIPT', { owner: { name: 'Lê 😀 Vui' } });
    expect(slip.unprintable).toEqual(['😀']);
    expect(flat(readPdfText(slip.pdf))).toContain('Lê □ Vui');
  });

  it('prints thirty components, very long words and reasons over several numbered pages, nothing lost', async () => {
    const components = Array.from({ length: 30 }, (_, n) => ({
      name: `Giấy tờ thứ ${n + 1} ${'dài '.repeat(40)}`,
      originals: 1,
    }));
    const word = 'Ỷ'.repeat(200);
    const slip = await print('RECEIPT', {
      components,
      owner: { name: word, address: `${'Số nhà rất dài, '.repeat(50)}hết` },
    });
    const text = flat(readPdfText(slip.pdf));
    expect(slip.pages).toBeGreaterThan(2);
    expect(text).toContain('Giấy tờ thứ 30');
    expect(dense(text)).toContain(word);
    const refusal = await print('REFUSAL', { reason: `${'Lý do rất dài. '.repeat(600)}\nHẾT LÝ DO` });
    expect(refusal.pages).toBeGreaterThan(2);
    const pages = readPdfText(refusal.pdf).split('\f');
    expect(pages[1]?.trimStart().startsWith('2\n')).toBe(true);
    expect(pages[0]?.trimStart().startsWith('1\n')).toBe(false);
    expect(flat(readPdfText(refusal.pdf))).toContain('HẾT LÝ DO');
  });

  it('prints empty optional fields as dots to be filled by hand', async () => {
    const text = await textOf('RECEIPT', {
      owner: { name: 'A', address: '', phone: ' ' },
      submitterName: '',
      receiver: {},
    });
    expect(text).toMatch(/Địa chỉ: \.{10}/);
    expect(text).toMatch(/Số điện thoại: \.{10}/);
  });

  it('repeats the head of a register of 300 rows on each page', async () => {
    const [first] = SAMPLE_SLIPS.REGISTER.rows;
    if (first === undefined) throw new Error('the sample has rows');
    const rows = Array.from({ length: 300 }, (_, n) => ({
      ...first,
      dossierCode: `H99.32.05-260126-${String(n + 1).padStart(4, '0')}`,
    }));
    const slip = await print('REGISTER', { rows });
    const pages = readPdfText(slip.pdf).split('\f').slice(0, -1);
    expect(pages).toHaveLength(slip.pages);
    expect(slip.pages).toBeGreaterThan(10);
    const withRows = pages.filter((page) => /H99\.32\.05/.test(page));
    for (const page of withRows) expect(flat(page)).toContain('Mã hồ sơ');
    expect(new Set(pages.join('').match(/260126-\d{4}/g)).size).toBe(300);
    expect(flat(pages.join(' '))).toContain('Tổng số: 300 hồ sơ.');
  });
});

describe('renderSlip refuses', () => {
  it('a form its set does not have', async () => {
    await expect(print('STOP', {}, 'tt01-2018')).rejects.toMatchObject({
      code: 'request/invalid',
      details: { fields: [{ path: '/kind', code: 'form-missing' }] },
    });
  });

  it('an unknown set', async () => {
    await expect(print('RECEIPT', {}, 'tt99')).rejects.toMatchObject({ details: { fields: [{ path: '/setId' }] } });
  });

  it('bad data, naming the field, before anything is rendered', async () => {
    const idle = createRenderer();
    await idle.close();
    const order = { kind: 'RECEIPT', setId: 'tt03-2025', data: { ...SAMPLE_SLIPS.RECEIPT, sets: 0 } } as const;
    await expect(renderSlip(idle, order)).rejects.toMatchObject({
      code: 'request/invalid',
      details: { fields: [{ path: '/sets', code: 'minimum' }] },
    });
  });

  it('with "unavailable" once the renderer is closed', async () => {
    const closed = createRenderer();
    await closed.close();
    const order = { kind: 'RECEIPT', setId: 'tt03-2025', data: SAMPLE_SLIPS.RECEIPT } as const;
    await expect(renderSlip(closed, order)).rejects.toMatchObject({ code: 'service/unavailable' });
  });
});
