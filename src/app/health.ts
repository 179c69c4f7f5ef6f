import { sql } from 'kysely';
import client from 'prom-client';
import type { HttpApp } from '../platform/http/app.ts';
import type { System } from './system.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * `/suc-khoe/song` (the process answers), `/suc-khoe/san-sang` (it can work: database reachable, not shutting down) and
 * `/metrics` for Prometheus, the last only from this machine.
 */
export function registerHealth(app: HttpApp, system: System, state: { readonly closing: boolean }): client.Registry {
  const registry = new client.Registry();
  client.collectDefaultMetrics({ register: registry });
  const duration = new client.Histogram({
    name: 'motcua_http_seconds',
    help: 'Thời gian trả lời theo tuyến, giây',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  new client.Gauge({
    name: 'motcua_outbox_pending',
    help: 'Sự kiện chờ phát và phát lỗi',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const { rows } = await sql<{ pending: number; failed: number; dead: number }>`select
        (select count(*) from (select 1 from platform.event where pending limit 100000) x) pending,
        (select count(*) from platform.delivery where not dead) failed, (select count(*) from platform.delivery where dead) dead`.execute(
        system.db,
      );
      for (const [name, value] of Object.entries(rows[0] ?? {})) this.set({ state: name }, value);
    },
  });
  app.fastify.addHook('onResponse', async (request, reply) => {
    // The route's pattern, never the address: addresses would make a label per dossier.
    duration.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
  });
  app.page({ method: 'GET', path: '/suc-khoe/song', access: 'public' }, async () => ({ ok: true }));
  app.page({ method: 'GET', path: '/suc-khoe/san-sang', access: 'public' }, async ({ reply }) => {
    if (state.closing) return reply.status(503).send({ ok: false, reason: 'closing' });
    try {
      await sql`select 1`.execute(system.db);
      return { ok: true };
    } catch {
      return reply.status(503).send({ ok: false, reason: 'database' });
    }
  });
  app.page({ method: 'GET', path: '/metrics', access: 'public' }, async ({ request, reply }) => {
    // The peer itself, not what a header says; and nothing that a proxy on this machine passes on from outside.
    const proxied = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
    if (proxied || !LOOPBACK.has(request.socket.remoteAddress ?? '')) return reply.status(404).send();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
  return registry;
}
