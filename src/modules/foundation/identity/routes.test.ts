import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpApp, type HttpApp } from '../../../platform/http/app.ts';
import { createLog } from '../../../platform/log/log.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { registerIdentityRoutes } from './routes.ts';
import { CLERK, createTestIdentity, MANAGER, OFFICER, SYSTEM, UNIT_A } from './testing.ts';

const PASSWORD = 'bốn con mèo béo';

let test: Awaited<ReturnType<typeof createTestDatabase>>;
let identity: ReturnType<typeof createTestIdentity>;
let app: HttpApp;
beforeAll(async () => {
  test = await createTestDatabase();
  identity = createTestIdentity(test.db);
  app = await build(false);
  for (const [login, staffId] of [
    ['can.bo', CLERK],
    ['quan.ly', MANAGER],
  ] as const) {
    await identity.service.createAccountWithPassword(SYSTEM, { login, staffId, password: PASSWORD });
  }
});
afterAll(async () => {
  await app.fastify.close();
  await test.drop();
});

async function build(secure: boolean): Promise<HttpApp> {
  const { authenticate } = identity.service;
  const built = await createHttpApp({ log: createLog('silent'), authenticate, trustProxy: false, secure });
  registerIdentityRoutes(built, identity.service, { secure });
  return built;
}

type Call = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  cookie?: string;
  body?: object;
  headers?: Record<string, string>;
};
const call = ({ cookie, body, headers, ...rest }: Call, to = app) =>
  to.fastify.inject({
    ...rest,
    headers: { ...headers, ...(cookie === undefined ? {} : { cookie }) },
    ...(body === undefined ? {} : { payload: body }),
  });
async function signIn(login = 'can.bo', to = app) {
  const reply = await call({ method: 'POST', url: '/api/session', body: { login, password: PASSWORD } }, to);
  const set = String(reply.headers['set-cookie']);
  return { reply, set, cookie: set.split(';')[0] ?? '' };
}

describe('POST /api/session', () => {
  it('tells who signed in, and sets a cookie scripts cannot read', async () => {
    const { reply, set } = await signIn();
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({
      kind: 'staff',
      login: 'can.bo',
      permissions: { 'dossier.receive': [UNIT_A] },
    });
    expect(reply.body).not.toContain('token');
    expect(set).toMatch(/^motcua_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  it('sets it for https alone where the site is https', async () => {
    const secure = await build(true);
    const { set } = await signIn('can.bo', secure);
    expect(set).toContain('; Secure');
    await secure.fastify.close();
  });

  it('answers a wrong password with a Vietnamese problem and no cookie', async () => {
    const reply = await call({ method: 'POST', url: '/api/session', body: { login: 'can.bo', password: 'sai' } });
    expect([reply.statusCode, reply.json().code]).toEqual([401, 'sign-in/failed']);
    expect(reply.headers['set-cookie']).toBeUndefined();
  });

  it.each([
    { login: 'a' },
    { login: 1, password: 'x' },
    { login: 'a', password: '' },
    { login: 'a', password: 'x'.repeat(300) },
  ])('refuses the body %j', async (body) => {
    const reply = await call({ method: 'POST', url: '/api/session', body });
    expect(reply.statusCode).toBe(400);
  });

  it('is refused to another site', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    const reply = await call({
      method: 'POST',
      url: '/api/session',
      body: { login: 'can.bo', password: PASSWORD },
      headers,
    });
    expect(reply.statusCode).toBe(403);
  });
});

describe('being signed in', () => {
  it('GET /api/me knows a guest and a member of staff', async () => {
    expect((await call({ method: 'GET', url: '/api/me' })).json()).toEqual({ kind: 'guest', assurance: 'none' });
    const { cookie } = await signIn();
    expect((await call({ method: 'GET', url: '/api/me', cookie })).json()).toMatchObject({
      displayName: 'Cán bộ Mẫu',
      roles: ['receiver'],
      mustChangePassword: false,
      totpEnabled: false,
    });
  });

  it('ends with DELETE /api/session, which clears the cookie', async () => {
    const { cookie } = await signIn();
    const reply = await call({ method: 'DELETE', url: '/api/session', cookie });
    expect(String(reply.headers['set-cookie'])).toContain('Expires=Thu, 01 Jan 1970');
    expect((await call({ method: 'GET', url: '/api/me', cookie })).json().kind).toBe('guest');
  });

  it('with a one-time password reaches nothing but the own account, told why', async () => {
    const { oneTimePassword } = await identity.service.createAccount(SYSTEM, { login: 'moi', staffId: OFFICER });
    const reply = await call({
      method: 'POST',
      url: '/api/session',
      body: { login: 'moi', password: oneTimePassword },
    });
    const cookie = String(reply.headers['set-cookie']).split(';')[0] ?? '';
    expect(reply.json()).toMatchObject({ heldBack: 'password', permissions: {} });
    const search = await call({ method: 'POST', url: '/api/accounts/search', cookie, body: {} });
    expect([search.statusCode, search.json().code]).toEqual([403, 'access/change-password']);
    expect((await call({ method: 'GET', url: '/api/sessions', cookie })).statusCode).toBe(200);
  });

  it('lists sessions and ends one', async () => {
    const one = await signIn();
    const two = await signIn();
    const list = (await call({ method: 'GET', url: '/api/sessions', cookie: one.cookie })).json();
    const other = list.rows.find((row: { current: boolean }) => !row.current);
    expect(other.createdAt).toMatch(/\+07:00$/);
    await call({ method: 'DELETE', url: '/api/sessions', cookie: one.cookie });
    expect((await call({ method: 'GET', url: '/api/sessions', cookie: two.cookie })).statusCode).toBe(401);
    const gone = await call({ method: 'DELETE', url: `/api/sessions/${other.id}`, cookie: one.cookie });
    expect(gone.statusCode).toBe(404);
  });

  it('TOTP begins with the password and gives a QR code', async () => {
    const { cookie } = await signIn();
    const reply = await call({ method: 'POST', url: '/api/me/totp', cookie, body: { password: PASSWORD } });
    expect(reply.json().qrSvg).toMatch(/^<svg /);
    const wrong = await call({ method: 'POST', url: '/api/me/totp/confirmation', cookie, body: { code: '12345x' } });
    expect([wrong.statusCode, wrong.json().code]).toEqual([422, 'totp/wrong-code']);
  });

  it('a weak new password is told with its field', async () => {
    const { cookie } = await signIn();
    const reply = await call({
      method: 'PUT',
      url: '/api/me/password',
      cookie,
      body: { current: PASSWORD, next: 'ngắn' },
    });
    expect([reply.statusCode, reply.json().fields[0].path]).toEqual([422, 'next']);
  });
});

describe('accounts', () => {
  it('are closed to guests and to staff without the permission', async () => {
    const routes = app.routes.filter((route) => route.path.startsWith('/api/accounts'));
    expect(routes.length).toBe(7);
    const { cookie } = await signIn();
    for (const { method, path } of routes) {
      const url = path.replace(':id', CLERK);
      const body = { reason: 'x', login: 'abc', staffId: CLERK };
      expect((await call({ method: method as 'POST', url, body })).statusCode).toBe(401);
      expect((await call({ method: method as 'POST', url, body, cookie })).statusCode).toBe(403);
    }
  });

  it('are made, found, reset, closed and opened', async () => {
    const { cookie } = await signIn('quan.ly');
    const foreign = await call({
      method: 'POST',
      url: '/api/accounts',
      cookie,
      body: { login: 'cv', staffId: OFFICER },
    });
    expect(foreign.statusCode).toBe(400);
    const missing = await call({
      method: 'POST',
      url: '/api/accounts',
      cookie,
      body: { login: 'cvien', staffId: OFFICER },
    });
    expect(missing.statusCode).toBe(404);
    const list = await call({ method: 'POST', url: '/api/accounts/search', cookie, body: { q: 'can bo' } });
    const row = list.json().rows[0];
    expect(row).toMatchObject({ login: 'can.bo', displayName: 'Cán bộ Mẫu', disabledAt: null });
    expect(Object.keys(row)).not.toContain('passwordHash');
    const act = (what: string, body?: object) =>
      call({ method: 'POST', url: `/api/accounts/${row.id}/${what}`, cookie, ...(body ? { body } : {}) });
    expect((await act('password-reset')).json().oneTimePassword).toMatch(/^\w{4}-\w{4}-\w{4}$/);
    expect((await act('totp-reset')).json()).toEqual({ done: true });
    expect((await act('disabling', { reason: 'nghỉ' })).statusCode).toBe(200);
    expect((await act('enabling')).statusCode).toBe(200);
    expect((await call({ method: 'DELETE', url: `/api/accounts/${row.id}/sessions`, cookie })).statusCode).toBe(200);
  });
});
