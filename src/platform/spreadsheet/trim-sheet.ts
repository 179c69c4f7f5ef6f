/** What is left of a sheet when only its filled rows count. */
export type TrimmedSheet = {
  readonly xml: string;
  readonly rows: number;
  readonly cells: number;
  /** The last row with a value, as Excel counts. */
  readonly lastRow: number;
  /** Ranges like `A1:C1`. */
  readonly merged: readonly string[];
};

/**
 * A sheet's XML with nothing but its rows that hold a value. Everything else of a sheet (merged ranges, rules, links,
 * a million formatted empty rows) costs memory and time when it is read and says nothing about the cells.
 */
export function trimSheet(xml: string): TrimmedSheet | null {
  const from = xml.indexOf('<sheetData');
  if (from < 0) return null;
  const to = xml.indexOf('</sheetData>', from);
  const kept: string[] = [];
  let cells = 0;
  let lastRow = 0;
  let number = 0;
  let at = from;
  while (to >= 0) {
    at = xml.indexOf('<row', at);
    if (at < 0 || at > to) break;
    const open = xml.indexOf('>', at);
    if (open < 0) break;
    const tag = xml.slice(at, open + 1);
    number = Number(/\sr="(\d{1,7})"/.exec(tag)?.[1] ?? number + 1);
    if (tag.endsWith('/>')) {
      at = open;
      continue;
    }
    const close = xml.indexOf('</row>', open);
    if (close < 0) break;
    const body = xml.slice(open + 1, close);
    if (/<v[ >]|<t[ >]|<f[ >/]/.test(body)) {
      kept.push(`<row r="${number}">${body}</row>`);
      cells += count(body, '<c ') + count(body, '<c>');
      lastRow = Math.max(lastRow, number);
    }
    at = close;
  }
  return {
    xml: `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${kept.join('')}</sheetData></worksheet>`,
    rows: kept.length,
    cells,
    lastRow,
    merged: mergedRanges(to < 0 ? '' : xml.slice(to)),
  };
}

/** Some programs write `<x:row>` in `<x:worksheet>`; the reader knows `<row>`. */
export function withoutPrefix(xml: string): string {
  const root = /<(?:([A-Za-z]\w{0,9}):)?(?:worksheet|workbook|sst|styleSheet)[\s>]/.exec(xml.slice(0, 2000));
  const prefix = root?.[1];
  return prefix === undefined ? xml : xml.replaceAll(`<${prefix}:`, '<').replaceAll(`</${prefix}:`, '</');
}

function mergedRanges(tail: string): string[] {
  return [...tail.matchAll(/<mergeCell\s+ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"/g)]
    .slice(0, 1000)
    .map((found) => found[1] ?? '');
}

function count(text: string, part: string): number {
  let found = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) found += 1;
  return found;
}
