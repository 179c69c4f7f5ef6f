import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { DocumentError } from './document-error.ts';
import type { TypstJob, TypstReply } from './typst-job.ts';

export type RendererOptions = {
  /** Typst processes at most; started one by one when jobs wait. Default 1. */
  readonly workers?: number;
  /** Folders with further `.ttf`/`.otf` fonts. */
  readonly fontDirs?: readonly string[];
  /** A job that runs longer is given up, its process killed and replaced. Default 15,000. */
  readonly timeoutMs?: number;
  /** A process without work is ended after this, which gives its memory back. Default 60,000. */
  readonly idleMs?: number;
  /** Jobs that may wait; one more is refused as `busy`. Default 500. */
  readonly maxWaiting?: number;
};

export type RenderJob = {
  /** Typst source, written by us or an installation, never by a user. Data reaches it as `json(bytes(sys.inputs.data))`. */
  readonly template: string;
  /** Further Typst sources the template imports, by plain file name, e.g. `{'layout.typ': '…'}`. */
  readonly sources?: Readonly<Record<string, string>>;
  /** Plain JSON data. Its strings are printed letter by letter, never read as Typst. */
  readonly data: unknown;
  /** Title of the PDF, shown by readers and read aloud first. */
  readonly title: string;
  /** Date inside the PDF, to the second. Equal jobs give equal bytes. */
  readonly createdAt: Date;
};

export type RenderedDocument = {
  readonly pdf: Buffer;
  readonly pages: number;
  /** Signs no font could draw, printed as □. Empty for all Vietnamese text. */
  readonly unprintable: readonly string[];
};

export type Renderer = {
  /** PDF/A-2b in Vietnamese, tagged (on linux-arm64 the Typst binary is older and leaves the tags out). @throws DocumentError */
  renderPdf(job: RenderJob): Promise<Buffer>;
  /** As `renderPdf`, with the number of pages and what could not be printed. @throws DocumentError */
  renderDocument(job: RenderJob): Promise<RenderedDocument>;
  /** Ends the processes; waiting and running jobs fail with `closed`. */
  close(): Promise<void>;
};

type Waiting = {
  readonly job: TypstJob;
  readonly resolve: (document: RenderedDocument) => void;
  readonly reject: (error: Error) => void;
};
type Lane = { readonly child: ChildProcess; current: Waiting | undefined; timer: NodeJS.Timeout | undefined };

const PROGRAM = fileURLToPath(new URL('./typst-process.ts', import.meta.url));
/** A process this big after a job is replaced; an ordinary one has about 150 MiB. */
const RECYCLE_MIB = 300;

/** Typst packages come from the network (`#import "@preview/…"`); an office must print without it. */
const PACKAGE_IMPORT = /@(preview|local)\b|"@[a-z0-9_-]+\//i;

/** Makes PDFs from Typst templates in processes of their own that start with the first job. Cheap to create, safe to keep. */
export function createRenderer(options: RendererOptions = {}): Renderer {
  const { fontDirs = [], timeoutMs = 15_000, idleMs = 60_000, maxWaiting = 500 } = options;
  const maxLanes = Math.max(1, Math.min(options.workers ?? 1, availableParallelism()));
  const lanes = new Set<Lane>();
  const queue: Waiting[] = [];
  let closed = false;
  let lastId = 0;

  function startLane(): Lane {
    const child = fork(PROGRAM, [...fontDirs], {
      serialization: 'advanced',
      // Neither flags of the host (a test runner's loaders, say) nor its secrets are meant for this process.
      execArgv: [],
      env: {},
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const lane: Lane = { child, current: undefined, timer: undefined };
    child.on('message', (reply: TypstReply) => settle(lane, reply));
    child.on('error', (error) => dropLane(lane, new DocumentError('failed', [error.message])));
    child.on('exit', () => dropLane(lane, new DocumentError('failed', ['The Typst process ended.'])));
    child.unref();
    child.channel?.unref();
    lanes.add(lane);
    return lane;
  }

  function dropLane(lane: Lane, error: DocumentError): void {
    if (!lanes.delete(lane)) return;
    clearTimeout(lane.timer);
    lane.current?.reject(error);
    lane.child.kill('SIGKILL');
    pump();
  }

  function settle(lane: Lane, reply: TypstReply): void {
    const done = lane.current;
    if (done === undefined || done.job.id !== reply.id) return;
    clearTimeout(lane.timer);
    lane.current = undefined;
    lane.child.channel?.unref();
    if (reply.ok) {
      const pdf = Buffer.from(reply.pdf.buffer, reply.pdf.byteOffset, reply.pdf.byteLength);
      done.resolve({ pdf, pages: reply.pages, unprintable: reply.unprintable });
      if (reply.memoryMib > RECYCLE_MIB) {
        dropLane(lane, new DocumentError('closed'));
        return;
      }
    } else done.reject(new DocumentError('failed', reply.problems));
    lane.timer = setTimeout(() => dropLane(lane, new DocumentError('closed')), idleMs).unref();
    pump();
  }

  function pump(): void {
    while (queue.length > 0) {
      const free = [...lanes].find((lane) => lane.current === undefined);
      if (free === undefined && lanes.size >= maxLanes) return;
      const next = queue.shift();
      if (next === undefined) return;
      assign(free ?? startLane(), next);
    }
  }

  function assign(lane: Lane, next: Waiting): void {
    clearTimeout(lane.timer);
    lane.current = next;
    lane.child.channel?.ref();
    lane.timer = setTimeout(() => dropLane(lane, new DocumentError('timeout')), timeoutMs);
    lane.child.send(next.job);
  }

  function renderDocument(input: RenderJob): Promise<RenderedDocument> {
    if (closed) return Promise.reject(new DocumentError('closed'));
    const sources = input.sources ?? {};
    if ([input.template, ...Object.values(sources)].some((text) => PACKAGE_IMPORT.test(text))) {
      return Promise.reject(new DocumentError('template-refused', ['Packages from the network are not allowed.']));
    }
    if (queue.length >= maxWaiting) return Promise.reject(new DocumentError('busy'));
    const job: TypstJob = {
      id: ++lastId,
      template: input.template,
      sources,
      data: JSON.stringify(input.data ?? null),
      title: input.title,
      createdAtSeconds: Math.floor(input.createdAt.getTime() / 1000),
    };
    return new Promise((resolve, reject) => {
      queue.push({ job, resolve, reject });
      pump();
    });
  }

  async function close(): Promise<void> {
    closed = true;
    for (const waiting of queue.splice(0)) waiting.reject(new DocumentError('closed'));
    for (const lane of lanes) dropLane(lane, new DocumentError('closed'));
  }

  return { renderPdf: async (job) => (await renderDocument(job)).pdf, renderDocument, close };
}
