import QRCode from 'qrcode';

/** White modules around the symbol; ISO/IEC 18004 asks for four. */
const QUIET_ZONE_MODULES = 4;

/**
 * A QR code as a stand-alone SVG: black on white, one path, no size of its own (the page decides), no script, no style,
 * so it may be put inline under a strict CSP and into a Typst document alike. Error correction M (15 %), enough for a
 * slip that was folded or stamped over.
 *
 * @param text what the scanner reads, e.g. the address of the public check page; up to 2,331 bytes
 * @param label accessible name; by default the symbol is hidden from screen readers, so print the text beside it
 * @throws RangeError when the text is empty or too long for one symbol
 */
export function qrSvg(text: string, label?: string): string {
  const modules = createModules(text);
  const side = modules.size + 2 * QUIET_ZONE_MODULES;
  let path = '';
  for (let row = 0; row < modules.size; row++) {
    let column = 0;
    while (column < modules.size) {
      if (!modules.get(row, column)) {
        column++;
        continue;
      }
      const start = column;
      while (column < modules.size && modules.get(row, column)) column++;
      path += `M${start + QUIET_ZONE_MODULES} ${row + QUIET_ZONE_MODULES}h${column - start}v1h-${column - start}z`;
    }
  }
  const name = label === undefined ? 'aria-hidden="true"' : `role="img" aria-label="${escapeAttribute(label)}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges" ${name}>` +
    `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${path}"/></svg>`
  );
}

function createModules(text: string): { size: number; get(row: number, column: number): number | boolean } {
  if (text === '') throw new RangeError('A QR code needs a text.');
  try {
    return QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  } catch (cause) {
    throw new RangeError('The text is too long for one QR code.', { cause });
  }
}

function escapeAttribute(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
