import { spawnSync } from 'node:child_process';

/**
 * Why PDFs cannot be looked into on this machine, `undefined` when they can. Poppler is a tool of the tests only;
 * `apt-get install poppler-utils` brings it.
 */
export const POPPLER_MISSING: string | undefined =
  spawnSync('pdftotext', ['-v']).error === undefined ? undefined : 'poppler-utils is not installed: PDFs not inspected';

/** Text in reading order as `pdftotext` finds it; with `keepLayout` as it stands on the page. Pages end in `\f`. */
export function readPdfText(pdf: Buffer, keepLayout = false): string {
  return runPoppler('pdftotext', keepLayout ? ['-layout', '-', '-'] : ['-', '-'], pdf);
}

/** The lines in reading order with the height they take up, in points from the top of their page. */
export function readPdfLines(pdf: Buffer): { readonly text: string; readonly top: number; readonly bottom: number }[] {
  const found = runPoppler('pdftotext', ['-bbox-layout', '-', '-'], pdf);
  return [...found.matchAll(/<line [^>]*yMin="([\d.]+)" [^>]*yMax="([\d.]+)">([\s\S]*?)<\/line>/g)].map((line) => ({
    text: [...(line[3] ?? '').matchAll(/>([^<\n]+)<\/word>/g)].map(([, word]) => word).join(' '),
    top: Number(line[1]),
    bottom: Number(line[2]),
  }));
}

/** The output of `pdfinfo`, e.g. a line `Tagged: yes`. */
export function readPdfInfo(pdf: Buffer): string {
  return runPoppler('pdfinfo', ['-'], pdf);
}

/** The structure tree, `Document`, `H1`, `Table` …, as `pdfinfo -struct-text` prints it. */
export function readPdfStructure(pdf: Buffer): string {
  return runPoppler('pdfinfo', ['-struct-text', '-'], pdf);
}

/** Names of the fonts inside, without the prefix of the subset. */
export function readPdfFonts(pdf: Buffer): string[] {
  const lines = runPoppler('pdffonts', ['-'], pdf).split('\n').slice(2);
  return lines.flatMap((line) => /^(?:[A-Z]{6}\+)?(\S+)/.exec(line)?.[1] ?? []);
}

function runPoppler(tool: string, args: string[], pdf: Buffer): string {
  const { stdout, status, stderr } = spawnSync(tool, args, {
    input: pdf,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${tool}: ${stderr}`);
  return stdout;
}
