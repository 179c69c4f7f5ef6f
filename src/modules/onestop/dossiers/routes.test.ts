import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../../core/access/actor.ts';
import { createHttpApp, type HttpApp } from '../../../platform/http/app.ts';
import { type DossierRouteDeps, registerDossierRoutes } from './routes.ts';
import { ACTOR, citizen, createWorld, GUEST, intakeBody, staff, UNIT, unknownId, type World } from './testing/world.ts';

let world: World;
let app: HttpApp;
const PEOPLE: Readonly<Record<string, Actor>> = {
  ...ACTOR,
  citizen: citizen(1),
  /** Staff without any right. */
  nobody: { ...staff(70, UNIT.office, {}), unitsByPermission: new Map() },
};

beforeAll(async () => {
  world = await createWorld();
  app = await createHttpApp({
    log: pino({ level: 'silent' }),
    authenticate: async (token) => PEOPLE[token ?? ''] ?? GUEST,
    trustProxy: false,
    secure: false,
  });
  // Files and the renderer have tests of their own; no route of these tests reaches them.
  const unused = {} as Pick<DossierRouteDeps, 'files' | 'renderer'>;
  registerDossierRoutes(app, { ...unused, service: world.service, db: world.db, publicUrl: 'http://localhost' });
});
afterAll(async () => {
  await app.fastify.close();
  await world.drop();
});

type Answer = { readonly status: number; readonly type: string; readonly body: Record<string, unknown> };
async function ask(
  who: string | null,
  method: 'GET' | 'POST',
  url: string,
  payload?: object | string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const reply = await app.fastify.inject({
    method,
    url,
    headers: { 'sec-fetch-site': 'same-origin', ...headers },
    ...(who ? { cookies: { motcua_session: who } } : {}),
    ...(payload === undefined ? {} : { payload }),
  });
  const type = String(reply.headers['content-type']);
  return { status: reply.statusCode, type, body: type.includes('json') ? reply.json() : {} };
}
const commands = (id: string): string => `/api/dossiers/${id}/commands`;

describe('every refusal is problem+json with a code and a Vietnamese sentence', () => {
  const received = async (): Promise<string> => (await world.receive()).id;
  test.each([
    ['not signed in', 401, 'access/sign-in', () => ask(null, 'POST', '/api/dossiers', intakeBody())],
    [
      'a citizen at the desk’s door',
      403,
      'access/forbidden',
      () => ask('citizen', 'POST', '/api/dossiers', intakeBody()),
    ],
    ['staff without the right', 403, 'access/forbidden', () => ask('nobody', 'GET', '/api/dossiers')],
    ['an officer at intake', 403, 'access/forbidden', () => ask('officer', 'POST', '/api/dossiers', intakeBody())],
    [
      'a payment by who does not collect',
      403,
      'access/forbidden',
      async () =>
        ask('officer', 'POST', `/api/dossiers/${await received()}/payments`, {
          kind: 'paid',
          feeId: 'le-phi',
          amountVnd: 1,
          method: 'cash',
        }),
    ],
    ['a foreign dossier', 404, 'row/missing', async () => ask('otherDesk', 'GET', `/api/dossiers/${await received()}`)],
    ['a missing dossier', 404, 'row/missing', () => ask('desk', 'GET', `/api/dossiers/${unknownId()}`)],
    [
      'a slip of no kind',
      404,
      'row/missing',
      async () => ask('desk', 'GET', `/api/dossiers/${await received()}/slips/X.pdf`),
    ],
    [
      'an old version',
      409,
      'row/stale',
      async () => ask('officer', 'POST', commands(await received()), { version: 1, command: { kind: 'open' } }),
    ],
    [
      'an illegal act',
      409,
      'dossier/illegal-action',
      async () => ask('officer', 'POST', commands(await received()), { version: 3, command: { kind: 'approve' } }),
    ],
    [
      'a pause without a reason',
      422,
      'dossier/reason-needed',
      async () => ask('officer', 'POST', commands(await received()), { version: 3, command: { kind: 'suspend' } }),
    ],
    [
      'a form with errors',
      422,
      'dossier/form-invalid',
      () => ask('desk', 'POST', '/api/dossiers', intakeBody({ formValues: {} })),
    ],
    [
      'missing papers',
      422,
      'dossier/components-missing',
      () => ask('desk', 'POST', '/api/dossiers', intakeBody({ components: [] })),
    ],
    [
      'the desk taking an online filing as its own',
      422,
      'dossier/channel-closed',
      () => ask('desk', 'POST', '/api/dossiers', intakeBody({ channel: 'online' })),
    ],
    [
      'a body that is no JSON',
      400,
      'request/invalid',
      () => ask('desk', 'POST', '/api/dossiers', '{"a":', { 'content-type': 'application/json' }),
    ],
    ['no body', 400, 'request/invalid', () => ask('desk', 'POST', '/api/dossiers')],
    ['an id that is none', 404, 'row/missing', () => ask('desk', 'GET', '/api/dossiers/abc')],
    ['a view that is none', 400, 'request/invalid', () => ask('desk', 'GET', '/api/inbox?view=all')],
    ['a day that is none', 400, 'request/invalid', () => ask('desk', 'GET', '/api/dossiers?from=2023-02-30')],
    ['a limit beyond the largest', 400, 'request/invalid', () => ask('desk', 'GET', '/api/dossiers?limit=201')],
    [
      'a register of no days',
      400,
      'request/invalid',
      () => ask('desk', 'GET', `/api/registers/dossiers.pdf?unitId=${UNIT.desk}&from=x`),
    ],
    ['NUL in a search', 400, 'request/invalid', () => ask('desk', 'POST', '/api/dossiers/search', { q: 'a\u0000' })],
    [
      'another site',
      403,
      'request/cross-site',
      () => ask('desk', 'POST', '/api/dossiers', intakeBody(), { 'sec-fetch-site': 'cross-site' }),
    ],
  ] as const)('%s: %i %s', async (_, status, code, run) => {
    const answer = await run();
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(answer.type).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({ status, type: `urn:motcua:${code}`, requestId: expect.any(String) });
    expect(String(answer.body['detail'])).toMatch(/[à-ỹ]/i);
  });

  test.each([
    ['a number for a text', { subject: 5 }],
    ['an unknown channel', { channel: 'fax' }],
    ['nobody', { parties: [] }],
    [
      'a name too long',
      { parties: [{ role: 'owner', snapshot: { fullName: 'x'.repeat(201), subjectType: 'citizen' } }] },
    ],
    ['an empty name', { parties: [{ role: 'owner', snapshot: { fullName: '', subjectType: 'citizen' } }] }],
    ['a list for the form', { formValues: [] }],
    ['half a copy', { copies: 1.5 }],
    ['a unit that is no id', { unitId: 'desk' }],
  ])('an intake with %s is a 400 that names the field', async (_, more) => {
    const answer = await ask('desk', 'POST', '/api/dossiers', { ...intakeBody(), ...more });
    expect([answer.status, answer.body['code']]).toEqual([400, 'request/invalid']);
    const [name = ''] = Object.keys(more);
    expect((answer.body['fields'] as { path: string }[]).some((field) => field.path.startsWith(`body.${name}`))).toBe(
      true,
    );
  });
});

test('a stale answer tells version and state as they are now', async () => {
  const { id } = await world.receive();
  const answer = await ask('officer', 'POST', commands(id), { version: 2, command: { kind: 'open' } });
  expect(answer.body).toMatchObject({ currentVersion: 3, currentStatus: 'processing' });
});

test('an intake answers 201, and the same key again the same', async () => {
  const send = (): Promise<Answer> => ask('desk', 'POST', '/api/dossiers', intakeBody(), { 'idempotency-key': 'http' });
  const [one, two] = [await send(), await send()];
  expect(one.status).toBe(201);
  expect(two.body).toEqual(one.body);
  const other = await ask('desk', 'POST', '/api/dossiers', intakeBody({ copies: 3 }), { 'idempotency-key': 'http' });
  expect([other.status, other.body['code']]).toEqual([409, 'request/repeated-differently']);
});

test('a dossier goes over HTTP from the desk to the officer and is read there', async () => {
  const made = await ask('desk', 'POST', '/api/dossiers', intakeBody({ forward: false }));
  const id = String(made.body['id']);
  const forwarded = await ask('desk', 'POST', commands(id), { version: 2, command: { kind: 'forward' } });
  expect(forwarded).toMatchObject({ status: 200, body: { version: 3, status: 'processing', number: null } });
  const inbox = await ask('officer', 'GET', '/api/inbox?view=role&limit=200');
  expect((inbox.body['rows'] as { id: string }[]).map((row) => row.id)).toContain(id);
  const page = await ask('officer', 'GET', `/api/dossiers/${id}`);
  expect(page.body).toMatchObject({
    version: 3,
    clockStatus: 'running',
    fees: [{ id: 'le-phi', amountVnd: 15_000, paidVnd: 0 }],
  });
  expect((page.body['commands'] as { kind: string }[]).map((c) => c.kind)).toContain('draft-result');
});

test('switches in the address are read as what they say', async () => {
  world.clock.set(new Date('2023-09-20T08:00:00+07:00'));
  const { id } = await world.receive();
  const idsOf = async (query: string): Promise<string[]> =>
    ((await ask('desk', 'GET', `/api/dossiers?limit=200&${query}`)).body['rows'] as { id: string }[]).map(
      (row) => row.id,
    );
  expect(await idsOf('late=false')).toContain(id);
  expect(await idsOf('late=true')).not.toContain(id);
  expect((await idsOf('late=true')).length).toBeGreaterThan(0);
  expect((await ask('desk', 'GET', '/api/dossiers?late=maybe')).status).toBe(400);
});

test('every route of the module declares who may call it', () => {
  expect(app.routes.length).toBeGreaterThan(12);
  for (const route of app.routes) expect(route.access === 'staff' || typeof route.access === 'object').toBe(true);
});
