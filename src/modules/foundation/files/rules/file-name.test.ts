import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentDisposition, safeFileName } from './file-name.ts';

test.each([
  ['..\\..\\Đơn xin:\u202Efdp.exe', 'pdf', 'Đơn xin_fdp.pdf'],
  ['../../etc/passwd', 'pdf', 'passwd.pdf'],
  ['C:\\Users\\x\\Giấy tờ.PDF', 'pdf', 'Giấy tờ.pdf'],
  ['', 'png', 'tep.png'],
  ['.htaccess', 'pdf', 'htaccess.pdf'],
  ['...', 'pdf', 'tep.pdf'],
  ['CON.pdf', 'pdf', 'tep-CON.pdf'],
  ['ảnh.chân.dung.jpeg', 'jpg', 'ảnh.chân.dung.jpg'],
  ['a\r\nSet-Cookie: x.pdf', 'pdf', 'aSet-Cookie_ x.pdf'],
])('%j becomes %s → %s', (given, extension, safe) => {
  expect(safeFileName(given, extension)).toBe(safe);
});

test('whatever is given, the name is short, has no folder, no control sign and the real extension', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
      const safe = safeFileName(given, 'pdf');
      expect(safe).toMatch(/^[^\\/<>:"|?*\p{Cc}\p{Cf}]+\.pdf$/u);
      expect([...safe].length).toBeLessThanOrEqual(125);
      expect(safe.startsWith('.')).toBe(false);
    }),
  );
});

test('the header carries an ASCII name and the real one', () => {
  expect(contentDisposition('Đơn.pdf', 'attachment')).toBe(
    `attachment; filename="Don.pdf"; filename*=UTF-8''%C4%90%C6%A1n.pdf`,
  );
});

test('any safe name makes a header of plain ASCII', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (given) => {
      expect(contentDisposition(safeFileName(given, 'pdf'), 'inline')).toMatch(/^[\x20-\x7e]+$/);
    }),
  );
});
