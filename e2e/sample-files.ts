/** What a browser is given as a chosen file. */
type FilePayload = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** A PDF of one empty page, valid to the last byte. */
function onePagePdf(): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
  ];
  let text = '%PDF-1.4\n';
  const starts = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = starts.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 4\n0000000000 65535 f \n${table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** A paper as a citizen scans it. */
export function pdf(name: string): FilePayload {
  return { name, mimeType: 'application/pdf', buffer: onePagePdf() };
}

/** A program that calls itself a paper. */
export function disguised(name: string): FilePayload {
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(`MZ\u0090\u0000${'x'.repeat(600)}`, 'latin1') };
}

/** A paper of about so many MB; more than 10 may not be sent. */
export function heavy(name: string, megabytes: number): FilePayload {
  const filling = Buffer.alloc(megabytes * 1_000_000, '%');
  const buffer = Buffer.concat([onePagePdf().subarray(0, 9), filling, Buffer.from('\n'), onePagePdf().subarray(9)]);
  return { name, mimeType: 'application/pdf', buffer };
}
