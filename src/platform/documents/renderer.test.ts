import { afterAll, describe, expect, it } from 'vitest';
import { POPPLER_MISSING, readPdfFonts, readPdfInfo, readPdfStructure, readPdfText } from './pdf-inspection.ts';
import type { RenderJob } from './renderer.ts';
import { createRenderer } from './renderer.ts';

const renderer = createRenderer();
afterAll(() => renderer.close());

const job = (template: string, extra: Partial<RenderJob> = {}): RenderJob => ({
  template,
  data: {},
  title: 'Giấy thử',
  createdAt: new Date('2023-08-21T02:00:00Z'),
  ...extra,
});
const DATA = '#let d = json(bytes(sys.inputs.data))\n';
/** linux-arm64 has only the older Typst binary, which writes no tags. */
const TAGGED = process.arch === 'x64';

if (POPPLER_MISSING !== undefined) console.warn(POPPLER_MISSING);

describe('renderer', () => {
  it.skipIf(POPPLER_MISSING !== undefined)(
    'makes a tagged Vietnamese PDF with title, date and Tinos inside',
    async () => {
      const pdf = await renderer.renderPdf(job('= Độc lập\nTự do'));
      const info = readPdfInfo(pdf);
      expect(info).toMatch(/Title:\s+Giấy thử/);
      if (TAGGED) {
        expect(info).toMatch(/Tagged:\s+yes/);
        expect(readPdfStructure(pdf)).toMatch(/H1/);
      }
      expect(pdf.includes('/Lang (vi')).toBe(true);
      expect(pdf.includes('<pdfaid:part>2</pdfaid:part>')).toBe(true);
      expect(new Set(readPdfFonts(pdf))).toEqual(new Set(['Tinos-Regular', 'Tinos-Bold']));
      expect(readPdfText(pdf)).toContain('Độc lập');
    },
  );

  it('gives equal bytes for equal jobs, and others for another date', async () => {
    const first = await renderer.renderPdf(job('Xin chào'));
    const again = await renderer.renderPdf(job('Xin chào'));
    const later = await renderer.renderPdf(job('Xin chào', { createdAt: new Date('2023-08-22T02:00:00Z') }));
    expect(again.equals(first)).toBe(true);
    expect(later.equals(first)).toBe(false);
  });

  it.skipIf(POPPLER_MISSING !== undefined)('prints data letter by letter, never as markup or code', async () => {
    const hostile = '#read("/etc/passwd") *đậm* _x_ $1+1$ `raw` \\ ] [ // ~ @preview/x:1.0.0 <nhãn> = - + "a" -- ...';
    const pdf = await renderer.renderPdf(job(`${DATA}#d.text`, { data: { text: hostile } }));
    expect(readPdfText(pdf).replace(/\s+/g, ' ').trim()).toBe(hostile);
  });

  it('imports the sources given with the job, and forgets them afterwards', async () => {
    const template = '#import "part.typ": hello\n#hello';
    await expect(
      renderer.renderPdf(job(template, { sources: { 'part.typ': '#let hello = [Chào]' } })),
    ).resolves.toBeDefined();
    await expect(renderer.renderPdf(job(template))).rejects.toMatchObject({ code: 'failed' });
  });

  it('tells what could not be printed', async () => {
    const { unprintable } = await renderer.renderDocument(job(`${DATA}#d.text`, { data: { text: 'Lê 😀' } }));
    expect(unprintable).toEqual(['😀']);
  });

  it('refuses packages from the network before starting anything', async () => {
    await expect(renderer.renderPdf(job('#import "@preview/cetz:0.3.0"'))).rejects.toMatchObject({
      code: 'template-refused',
    });
  });

  it('reads no file of the machine and says what is wrong with a template', async () => {
    for (const template of ['#read("/etc/passwd")', '#read("../../../etc/passwd")', '#let (', '#unknown']) {
      await expect(renderer.renderPdf(job(template))).rejects.toMatchObject({ code: 'failed' });
    }
    await expect(renderer.renderPdf(job('#unknown'))).rejects.toThrow('unknown variable');
  });

  it('finishes many jobs asked for at once, each with its own data', async () => {
    const jobs = Array.from({ length: 20 }, (_, n) =>
      job(`${DATA}#for x in range(d.n) { pagebreak(weak: false) }`, { data: { n } }),
    );
    const documents = await Promise.all(jobs.map((one) => renderer.renderDocument(one)));
    expect(documents.map(({ pages }) => pages)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });
});

describe('renderer in trouble', () => {
  it('gives up a job that runs too long and goes on with the next in a fresh process', async () => {
    const hasty = createRenderer({ timeoutMs: 1500 });
    const endless = hasty.renderPdf(job('#let x = 0\n#for i in range(6000000) { x = calc.rem(x + i, 7) }\n#x'));
    const next = hasty.renderPdf(job('Xong'));
    await expect(endless).rejects.toMatchObject({ code: 'timeout' });
    await expect(next).resolves.toBeDefined();
    await hasty.close();
  });

  it('refuses one job more than may wait', async () => {
    const small = createRenderer({ maxWaiting: 1 });
    const running = small.renderPdf(job('a'));
    const waiting = small.renderPdf(job('b'));
    await expect(small.renderPdf(job('c'))).rejects.toMatchObject({ code: 'busy' });
    await Promise.all([running, waiting]);
    await small.close();
  });

  it('starts again after its process was ended for idleness', async () => {
    const brief = createRenderer({ idleMs: 1 });
    const first = await brief.renderPdf(job('a'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await brief.renderPdf(job('a'))).equals(first)).toBe(true);
    await brief.close();
  });

  it('fails waiting, running and later jobs once closed', async () => {
    const closing = createRenderer();
    const jobs = [closing.renderPdf(job('a')), closing.renderPdf(job('b'))];
    const settled = Promise.allSettled(jobs);
    await closing.close();
    for (const result of await settled)
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'closed' } });
    await expect(closing.renderPdf(job('c'))).rejects.toMatchObject({ code: 'closed' });
  });

  it('says so when a font folder is missing, instead of waiting for ever', async () => {
    const broken = createRenderer({ fontDirs: ['/nonexistent/fonts'] });
    await expect(broken.renderPdf(job('a'))).rejects.toMatchObject({ code: 'failed' });
    await broken.close();
  });
});
