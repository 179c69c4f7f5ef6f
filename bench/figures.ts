import type { App } from './app-process.ts';
import type { Job, Measured } from './jobs.ts';
import { putLoad } from './load.ts';
import { signIn } from './sign-in.ts';

export type FigureId =
  | 'metrics.dashboard'
  | 'metrics.filtered'
  | 'metrics.split'
  | 'metrics.rows'
  | 'metrics.leader'
  | 'metrics.report';
export const FIGURE_IDS: readonly FigureId[] = [
  'metrics.dashboard',
  'metrics.filtered',
  'metrics.split',
  'metrics.rows',
  'metrics.leader',
  'metrics.report',
];
/** Reads the figures of all units below the city. */
const READER = 'kiemsoat.danang';
/** Every two seconds, until the sums are made. */
const TRIES = 300;

/** Pages of figures: every metric over units and periods, with trend and units below, as the screen asks for them. */
type FigureOptions = {
  readonly metrics: readonly { id: string; fact: string; dimensions: readonly string[] }[];
  readonly units: readonly { id: string }[];
  readonly fields: readonly { code: string }[];
  readonly procedures: readonly { code: string }[];
  readonly steps: readonly { id: string }[];
};

/** What may be asked for; after a bulk load the sums are made first, for which this waits up to ten minutes. */
async function figureOptions(port: number, cookie: string): Promise<FigureOptions> {
  const year = new Date().getFullYear();
  for (let tries = 0; tries < TRIES; tries++) {
    const value = await fetch(`http://127.0.0.1:${port}/api/metrics`, { headers: { cookie } });
    const options = (await value.json()) as Partial<FigureOptions>;
    const { metrics, units, fields = [], procedures = [], steps = [] } = options;
    if (metrics && units?.[0]) {
      const asked = new URLSearchParams({ metricId: metrics[0]?.id ?? '', unitId: units[0].id, period: `${year}` });
      const first = await fetch(`http://127.0.0.1:${port}/api/metrics/value?${asked}`, { headers: { cookie } });
      await first.arrayBuffer();
      if (first.ok) return { metrics, units, fields, procedures, steps };
    } else if (value.status < 500) throw new Error(`figures: ${JSON.stringify(options)}`);
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  throw new Error('the sums of figures were not made within ten minutes');
}

const dashboardJob = async (port: number, cookie: string): Promise<Job> =>
  pagesOf('/api/metrics/value', await figureOptions(port, cookie));

const CHANNELS = ['desk', 'online', 'post'];

/** The same narrowed: by field, procedure, step, channel, or two of them. */
async function filteredJob(port: number, cookie: string): Promise<Job> {
  const options = await figureOptions(port, cookie);
  const { fields, procedures, steps } = options;
  return pagesOf('/api/metrics/value', options, ({ fact }, n) => {
    const [field = '', procedureCode = '', stepId = '', channel = ''] = [
      fields[n % fields.length]?.code,
      procedures[n % procedures.length]?.code,
      steps[n % steps.length]?.id,
      CHANNELS[n % CHANNELS.length],
    ];
    const narrowed: readonly Record<string, string>[] =
      fact === 'visit'
        ? [{ stepId }, { field }, { procedureCode }, { stepId, channel }, { stepId, procedureCode }]
        : [{ field }, { procedureCode }, { channel }, { field, channel }, { procedureCode, channel }];
    return narrowed[n % narrowed.length] ?? {};
  });
}

/** The same told apart, by what each metric can be told apart by. */
async function splitJob(port: number, cookie: string): Promise<Job> {
  const options = await figureOptions(port, cookie);
  return pagesOf('/api/metrics/split', options, ({ dimensions }, n) => {
    const ways = ['unit', ...dimensions.filter((one) => one !== 'received-unit' && one !== 'person')];
    return { by: ways[n % ways.length] ?? '' };
  });
}

/** The dossiers behind figures. Visits are left out: `spread` moves them by a view, which no index serves. */
async function rowsJob(port: number, cookie: string): Promise<Job> {
  const { metrics, units } = await figureOptions(port, cookie);
  return pagesOf('/api/metrics/rows', { metrics: metrics.filter((one) => one.fact === 'dossier'), units });
}

type Metric = FigureOptions['metrics'][number];

function pagesOf(
  address: string,
  { metrics, units }: Pick<FigureOptions, 'metrics' | 'units'>,
  more: (metric: Metric, n: number) => Record<string, string> = () => ({}),
): Job {
  const year = new Date().getFullYear();
  const periods = [`${year}-10`, `${year}-Q3`, `${year}`, `${year - 1}`, `${year}-11`];
  const paths = Array.from({ length: 2000 }, (_, n) => {
    const metric = metrics[n % metrics.length];
    if (!metric) throw new Error('there are metrics');
    const asked = new URLSearchParams({
      // Of each metric another one every time it comes up.
      ...more(metric, n + Math.floor(n / metrics.length)),
      metricId: metric.id,
      unitId: units[(n * 7) % units.length]?.id ?? '',
      period: periods[n % periods.length] ?? '',
      cutoff: n % 3 === 0 ? 'nd09' : 'calendar',
    });
    return `${address}?${asked}`;
  });
  return { kind: 'get', paths };
}

/** The leader's page of the city and of units below it, month and year. */
async function leaderJob(port: number, cookie: string): Promise<Job> {
  const year = new Date().getFullYear();
  const { units } = (await ask(port, cookie, '/api/overview')) as { units: readonly { id: string }[] };
  const some = units.slice(0, 20);
  const paths = some.flatMap(({ id }) =>
    [`${year}-11`, `${year}-10`, `${year}`].map((period) => `/api/overview?unitId=${id}&period=${period}`),
  );
  return { kind: 'get', paths };
}

/** Reports of the city over all its communes, nothing sent yet: every cell is counted when it is opened. */
async function reportJob(port: number, cookie: string): Promise<Job> {
  const { units } = await figureOptions(port, cookie);
  const cityId = units[0]?.id ?? '';
  const year = new Date().getFullYear();
  const paths: string[] = [];
  for (const [reportId, periodId] of [
    ['II.06a', `${year}-Q3`],
    ['II.06c', `${year}-H1`],
    ['II.07b', `${year}-Q3`],
    ['II.06a', `${year}-Q2`],
  ]) {
    const reply = await fetch(`http://127.0.0.1:${port}/api/reports`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', origin: `http://127.0.0.1:${port}` },
      body: JSON.stringify({ reportId, periodId, unitId: cityId }),
    });
    const made = (await reply.json()) as { ids?: readonly string[] };
    if (!made.ids?.[0]) throw new Error(`report ${reportId} ${periodId}: ${JSON.stringify(made).slice(0, 300)}`);
    paths.push(`/api/reports/${made.ids[0]}`);
  }
  return { kind: 'get', paths };
}

async function ask(port: number, cookie: string, path: string): Promise<unknown> {
  const reply = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { cookie } });
  const body: unknown = await reply.json();
  if (!reply.ok) throw new Error(`${path}: ${JSON.stringify(body).slice(0, 300)}`);
  return body;
}

const JOBS = {
  'metrics.dashboard': dashboardJob,
  'metrics.filtered': filteredJob,
  'metrics.split': splitJob,
  'metrics.rows': rowsJob,
  'metrics.leader': leaderJob,
  'metrics.report': reportJob,
} as const;

/** 95th percentiles of pages of figures of a province of 250 units at 16 connections without a pause; see `spread`. */
export async function measureFigures(
  app: App,
  ids: readonly FigureId[],
  seconds: number,
): Promise<Map<FigureId, Measured>> {
  const cookie = await signIn(app.port, READER);
  const measured = new Map<FigureId, Measured>();
  for (const id of ids) {
    const load = { host: '127.0.0.1', port: app.port, cookie, connections: 16, job: await JOBS[id](app.port, cookie) };
    await putLoad({ ...load, seconds: 2 });
    const result = await putLoad({ ...load, seconds });
    if (result.failed > 0) throw new Error(`${id}: ${result.failed} of ${result.count} failed: ${result.firstFailure}`);
    measured.set(id, result);
  }
  return measured;
}
