import { connect } from './http-connection.ts';
import { type Load, type Measured, nextRequest } from './jobs.ts';

/** Puts load on the server from a process of its own: so many connections, each asking again as soon as it is answered. */
async function run(load: Load): Promise<Measured> {
  const took: number[] = [];
  let failed = 0;
  let firstFailure: string | null = null;
  let serial = load.job.kind === 'intake' ? Math.floor(Math.random() * 50_000_000) : 0;
  const begunMs = performance.now();
  const until = begunMs + load.seconds * 1000;
  await Promise.all(
    Array.from({ length: load.connections }, async () => {
      const connection = await connect(load.host, load.port, load.cookie ? { cookie: load.cookie } : {});
      while (performance.now() < until) {
        const request = nextRequest(load.job, serial++);
        if (!request) break;
        const askedMs = performance.now();
        const answer = await connection.ask(request);
        took.push(performance.now() - askedMs);
        if (answer.status < 400) continue;
        failed++;
        firstFailure ??= `${answer.status} ${answer.body.toString('utf8').slice(0, 400)}`;
      }
      connection.close();
    }),
  );
  const seconds = (performance.now() - begunMs) / 1000;
  took.sort((a, b) => a - b);
  const share = (of: number): number =>
    Math.round((took[Math.min(took.length - 1, Math.floor(took.length * of))] ?? 0) * 100) / 100;
  return {
    count: took.length,
    failed,
    firstFailure,
    perSecond: Math.round((took.length - failed) / seconds),
    p50: share(0.5),
    p95: share(0.95),
    p99: share(0.99),
  };
}

process.on('message', (load: Load) => {
  run(load).then(
    (measured) => process.send?.(measured, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
