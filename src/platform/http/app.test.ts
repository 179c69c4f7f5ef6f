import Type, { type TSchema } from 'typebox';
import { expect, test } from 'vitest';
import { endpoint } from '../../core/contract/endpoint.ts';
import { AppError } from '../errors/app-error.ts';
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

test.each([
  '/api/rows/khong-phai-ma',
  '/api/rows/%00',
  '/api/rows/%zz',
  '/api/rows/019af000-0000-7000-8000-00000000ffff',
])('%s is answered like any row that is missing', async (url) => {
  const app = await createHttpApp({
    log: createLog('silent'),
    authenticate: async (_token, address) => ({ kind: 'guest', assurance: 'none', address }),
    trustProxy: false,
    secure: false,
  });
  const getRow = endpoint({
    id: 'getRow',
    module: 'test',
    method: 'GET',
    path: '/api/rows/:id',
    summary: 'Row',
    access: 'public',
    params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
    query: Type.Object({ page: Type.Optional(Type.Integer()) }),
    reply: Type.Object({ id: Type.String() }),
  });
  app.handle(getRow, async () => {
    throw new AppError('row/missing');
  });
  const reply = await app.fastify.inject({ url });
  const problem = reply.json() as { code: string; detail: string };
  expect([reply.statusCode, problem.code]).toEqual([404, 'row/missing']);
  expect((await app.fastify.inject({ url: `${url.slice(0, 10)}/x?page=0.5` })).statusCode).toBe(404);
  await app.fastify.close();
});

/** What the fields of a refused body say, by their paths. */
async function faultsOf(body: TSchema, payload: unknown): Promise<{ status: number; fields: Record<string, string> }> {
  const app = await createHttpApp({
    log: createLog('silent'),
    authenticate: async (_token, address) => ({ kind: 'guest', assurance: 'none', address }),
    trustProxy: false,
    secure: false,
  });
  const write = endpoint({
    id: 'write',
    module: 'test',
    method: 'POST',
    path: '/api/words',
    summary: 'Words',
    access: 'public',
    body,
    reply: Type.Object({}),
  });
  app.handle(write, async () => ({}));
  const headers = { 'content-type': 'application/json' };
  const sent = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const reply = await app.fastify.inject({ method: 'POST', url: '/api/words', headers, payload: sent });
  await app.fastify.close();
  const { fields = [] } = reply.json() as { fields?: { path: string; message: string }[] };
  expect(new Set(fields.map((f) => f.path)).size).toBe(fields.length);
  return { status: reply.statusCode, fields: Object.fromEntries(fields.map((f) => [f.path, f.message])) };
}

test('a text that had to be written and is empty is told in words that help', async () => {
  const body = Type.Object({ reason: Type.String({ minLength: 1 }) });
  expect((await faultsOf(body, { reason: '' })).fields).toEqual({ 'body.reason': 'chưa điền' });
});

test.each([[' '], ['\n\t '], ['\u00a0\u3000']])(
  'a text that had to be written and is all blanks %j is as good as empty',
  async (name) => {
    const Line = Type.Object({ name: Type.String({ minLength: 1 }), note: Type.String() });
    const body = Type.Object({ lines: Type.Array(Line), unit: Type.Union([Line, Type.Null()]) });
    const refused = await faultsOf(body, {
      lines: [
        { name: 'có', note: name },
        { name, note: '' },
      ],
      unit: null,
    });
    expect(refused).toEqual({ status: 400, fields: { 'body.lines.1.name': 'chưa điền' } });
    expect((await faultsOf(body, { lines: [{ name: ' có ', note: name }], unit: null })).status).toBe(200);
  },
);

test('of what may have several shapes only the faults of the one meant are told', async () => {
  const Rule = Type.Union([
    Type.Object({ kind: Type.Literal('manual') }, { additionalProperties: false }),
    Type.Object({ kind: Type.Literal('text'), expression: Type.String({ minLength: 1 }) }),
    Type.Object(
      { kind: Type.Literal('formula'), expression: Type.String({ minLength: 1 }) },
      { additionalProperties: false },
    ),
  ]);
  const body = Type.Object({ rules: Type.Array(Type.Union([Rule, Type.Null()])) });
  const told = (rules: unknown[]) => faultsOf(body, { rules }).then(({ fields }) => fields);
  expect(await told([{ kind: 'formula', expression: '' }])).toEqual({ 'body.rules.0.expression': 'chưa điền' });
  expect(await told([{ kind: 'formula', expression: ' ' }])).toEqual({ 'body.rules.0.expression': 'chưa điền' });
  expect(await told([null, { kind: 'khác' }])).toEqual({ 'body.rules.1': 'không thuộc các giá trị cho phép' });
  expect(await told([5, { kind: 'formula' }])).toEqual({
    'body.rules.0': 'không thuộc các giá trị cho phép',
    'body.rules.1': 'thiếu expression',
  });
});

test.each([['{"n": NaN}'], ['{"n": 1'], ['']])('a body that is no JSON says so: %j', async (payload) => {
  const refused = await faultsOf(Type.Object({ n: Type.Number() }), payload);
  expect(refused).toEqual({ status: 400, fields: { body: 'Không phải JSON hợp lệ.' } });
});
