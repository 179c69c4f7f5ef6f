const MAX_LENGTH = 120;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A name safe to show, save and send: without folders, control signs, direction marks (`gpj.exe` tricks) and signs some
 * systems refuse; composed Vietnamese letters (NFC); at most 120 code points and the extension of the real type.
 * @example safeFileName('..\\Đơn xin:\u202Efdp.exe', 'pdf') === 'Đơn xin_fdp.pdf'
 */
export function safeFileName(given: string, extension: string): string {
  const last = given.toWellFormed().normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .replace(/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\uFFFD/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ');
  const stem = clean.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/^[. ]+|[. ]+$/g, '');
  const short = [...stem]
    .slice(0, MAX_LENGTH - extension.length - 1)
    .join('')
    .trimEnd();
  const base = short === '' || RESERVED.test(short) ? `tep${short ? `-${short}` : ''}` : short;
  return `${base}.${extension}`;
}

/**
 * Value of `Content-Disposition` (RFC 6266): an ASCII name for old programs and the real one.
 * @example contentDisposition('Đơn.pdf', 'attachment') === `attachment; filename="Don.pdf"; filename*=UTF-8''%C4%90%C6%A1n.pdf`
 */
export function contentDisposition(name: string, how: 'inline' | 'attachment'): string {
  const folded = name
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D');
  const ascii = folded.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
