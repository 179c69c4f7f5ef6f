/**
 * The process that runs Typst, started only by `renderer.ts`. A process and not a thread, measured on Node 24: Typst works
 * synchronously in native code, which no thread can be stopped in; and what it allocated (254 MB for a register of 300
 * rows, 700 MB for 2,000) stays with the process for good, which would be the server.
 */
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';
import type { LoadedFonts } from './fonts.ts';
import { loadFonts } from './fonts.ts';
import { toPrintable, toPrintableData } from './printable-text.ts';
import type { TypstJob, TypstReply } from './typst-job.ts';

/** A root that can never exist, so that a template reads no file but the sources handed over with it. */
const ROOT = '/dev/null/motcua';
/** Results Typst may remember, in compilations ago; keeps fonts warm and memory flat. */
const CACHE_AGE = 2;
/** Same for every document. The date is the job's `createdAt`, so equal input gives equal bytes. */
const PREAMBLE =
  '#set document(title: sys.inputs.title, date: auto); #set text(lang: "vi", region: "VN", font: ("Tinos",))\n';

const fontDirs = process.argv.slice(2);
let tools: { readonly fonts: LoadedFonts; readonly compiler: NodeCompiler } | undefined;

process.on('message', (job: TypstJob) => process.send?.(run(job)));
// The server is gone, perhaps killed: nobody waits for us any more.
process.on('disconnect', () => process.exit());

function run(job: TypstJob): TypstReply {
  try {
    return compile(job);
  } catch (error) {
    // A font that cannot be read, or the export refuses what PDF/A forbids; the message is all there is.
    return { id: job.id, ok: false, problems: [error instanceof Error ? error.message : String(error)] };
  }
}

function compile(job: TypstJob): TypstReply {
  tools ??= createTools();
  const { fonts, compiler } = tools;
  const missing = new Set<string>();
  const data = toPrintableData(JSON.parse(job.data), fonts.covered, missing);
  const inputs = { title: toPrintable(job.title, fonts.covered, missing), data: JSON.stringify(data) };
  for (const [name, text] of Object.entries(job.sources)) compiler.mapShadow(`${ROOT}/${name}`, Buffer.from(text));
  try {
    const compiled = compiler.compile({ mainFileContent: PREAMBLE + job.template, inputs });
    const document = compiled.result;
    if (document === null) return { id: job.id, ok: false, problems: readProblems(compiler, compiled.takeError()) };
    const pdf = compiler.pdf(document, { pdfStandard: PdfStandard.A_2b, creationTimestamp: job.createdAtSeconds });
    const memoryMib = process.memoryUsage.rss() / 2 ** 20;
    return { id: job.id, ok: true, pdf, pages: document.numOfPages, unprintable: [...missing], memoryMib };
  } finally {
    compiler.resetShadow();
    compiler.evictCache(CACHE_AGE);
  }
}

function createTools(): { fonts: LoadedFonts; compiler: NodeCompiler } {
  const fonts = loadFonts(fontDirs);
  const compiler = NodeCompiler.create({ workspace: ROOT, fontArgs: [{ fontBlobs: [...fonts.blobs] }] });
  return { fonts, compiler };
}

function readProblems(compiler: NodeCompiler, error: Parameters<NodeCompiler['fetchDiagnostics']>[0] | null): string[] {
  if (error === null) return ['Typst gave no reason.'];
  return compiler.fetchDiagnostics(error).map((found: unknown) => {
    if (typeof found === 'object' && found !== null && 'message' in found) return String(found.message);
    return String(found);
  });
}
