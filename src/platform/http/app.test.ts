import { expect, test } from 'vitest';
import { createLog } from '../log/log.ts';
import { createHttpApp } from './app.ts';

async function addressSeen(trustProxy: boolean, forwarded: string): Promise<string> {
  const app = await createHttpApp({
    log: createLog('silent'),
    authenticate: async (_token, address) => ({ kind: 'guest', assurance: 'none', address }),
    trustProxy,
    secure: false,
  });
  app.page({ method: 'GET', path: '/who', access: 'public' }, async ({ request }) => ({ ip: request.ip }));
  const reply = await app.fastify.inject({ url: '/who', headers: { 'x-forwarded-for': forwarded } });
  await app.fastify.close();
  return (reply.json() as { ip: string }).ip;
}

test('behind the proxy the address is the one the proxy added, not what the client wrote before it', async () => {
  expect(await addressSeen(true, '127.0.0.1, 203.0.113.9')).toBe('203.0.113.9');
});

test('without a proxy the header counts for nothing', async () => {
  expect(await addressSeen(false, '203.0.113.9')).toBe('127.0.0.1');
});
