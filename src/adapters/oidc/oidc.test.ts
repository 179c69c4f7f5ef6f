import net from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registerCitizenSignInRoutes } from '../../modules/foundation/identity/citizen-routes.ts';
import { registerIdentityRoutes } from '../../modules/foundation/identity/routes.ts';
import { createTestIdentity } from '../../modules/foundation/identity/testing.ts';
import { createHttpApp, type HttpApp } from '../../platform/http/app.ts';
import { createLog } from '../../platform/log/log.ts';
import { createTestDatabase } from '../../platform/testing/database.ts';
import { createOidcProvider } from './client.ts';
import { type OidcSimulator, startOidcSimulator } from './simulator.ts';
import type { SimulatorBehaviour } from './simulator-lies.ts';

const CLIENT = { clientId: 'motcua', clientSecret: 'bi-mat-cua-bo-thu-nghiem' };

let test: Awaited<ReturnType<typeof createTestDatabase>>;
let simulator: OidcSimulator;
let publicUrl: string;
let app: HttpApp;
/** A second process of the same installation. */
let second: HttpApp;

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function build(): Promise<HttpApp> {
  const { service } = createTestIdentity(test.db, { realClock: { now: () => new Date() } });
  const { authenticate } = service;
  const built = await createHttpApp({ log: createLog('silent'), authenticate, trustProxy: false, secure: false });
  registerIdentityRoutes(built, service, { secure: false });
  const provider = createOidcProvider({
    issuer: simulator.issuer,
    ...CLIENT,
    name: 'VNeID (mô phỏng)',
    timeoutSeconds: 2,
  });
  registerCitizenSignInRoutes(built, service, { publicUrl, secure: false, provider });
  return built;
}

beforeAll(async () => {
  test = await createTestDatabase();
  const port = await freePort();
  publicUrl = `http://127.0.0.1:${port}`;
  simulator = await startOidcSimulator({ port: 0, ...CLIENT, redirectUris: [`${publicUrl}/dang-nhap/tra-ve`] });
  app = await build();
  second = await build();
  await app.fastify.listen({ port, host: '127.0.0.1' });
});
afterAll(async () => {
  await app.fastify.close();
  await second.fastify.close();
  await simulator.close();
  await test.drop();
});
beforeEach(() => simulator.behave('none'));

/** A browser without JavaScript: cookies per path as the flow needs them, redirects step by step. */
function createBrowser() {
  const jar = new Map<string, string>();
  async function visit(url: string, form?: Record<string, string>): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        'sec-fetch-site': 'same-origin',
      },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      if (/expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, pair.slice(pair.indexOf('=') + 1));
    }
    return response;
  }
  /** Follows redirects until a page, or until an address of the installation's callback when asked to stop there. */
  async function follow(first: Response, at: string, stop?: string): Promise<{ response: Response; url: string }> {
    let response = first;
    let url = at;
    for (let hop = 0; hop < 10 && response.headers.has('location'); hop++) {
      url = new URL(response.headers.get('location') ?? '', url).href;
      if (stop !== undefined && url.includes(stop)) return { response, url };
      response = await visit(url);
    }
    return { response, url };
  }
  return { jar, visit, follow };
}
type Browser = ReturnType<typeof createBrowser>;

async function toLoginPage(browser: Browser, returnTo = '/ho-so') {
  const start = `${publicUrl}/dang-nhap/oidc?tiep=${encodeURIComponent(returnTo)}`;
  return browser.follow(await browser.visit(start), start);
}

/** Chooses a citizen; returns the address of the callback without visiting it. */
async function toCallback(
  browser: Browser,
  subject = 'sim-cong-dan-1',
  action = 'login',
  returnTo = '/ho-so',
): Promise<string> {
  const page = await toLoginPage(browser, returnTo);
  const posted = await browser.visit(page.url, { action, subject });
  return (await browser.follow(posted, page.url, '/dang-nhap/tra-ve')).url;
}

const me = async (browser: Browser) =>
  (await (await browser.visit(`${publicUrl}/api/me`)).json()) as Record<string, string>;

describe('a citizen', () => {
  it('signs in through the simulator and comes back to where they were', async () => {
    const browser = createBrowser();
    const back = await browser.visit(await toCallback(browser, 'sim-cong-dan-1', 'login', '/ho-so/1?tab=2'));
    expect([back.status, back.headers.get('location')]).toEqual([303, '/ho-so/1?tab=2']);
    expect(back.headers.getSetCookie().find((line) => line.startsWith('motcua_session'))).toMatch(
      /; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(await me(browser)).toEqual({ kind: 'citizen', assurance: 'loa2', displayName: 'Trần Thị Mẫu Một' });
    expect([...browser.jar.keys()]).not.toContain('motcua_dang_nhap');
  });

  it('has one account, however often and wherever they sign in, with the claims as last told', async () => {
    const browsers = [createBrowser(), createBrowser(), createBrowser()];
    await Promise.all(browsers.map(async (browser) => browser.visit(await toCallback(browser, 'sim-cong-dan-2'))));
    const rows = await test.db
      .selectFrom('identity.citizen')
      .selectAll()
      .where('subject', '=', 'sim-cong-dan-2')
      .execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ issuer: simulator.issuer, id_number: '999095000022', birth_date: '1995-11-05' });
    expect(rows[0]?.claims).toMatchObject({ LoaiTaiKhoan: '1', loAs: 'LoA1' });
  });

  it('may be an organisation', async () => {
    const browser = createBrowser();
    await browser.visit(await toCallback(browser, 'sim-to-chuc-1'));
    const row = await test.db
      .selectFrom('identity.citizen')
      .selectAll()
      .where('subject', '=', 'sim-to-chuc-1')
      .executeTakeFirst();
    expect([row?.account_type, row?.id_number]).toEqual(['business', '9990000033']);
  });

  it('is asked anew by the provider at each sign-in, for shared computers', async () => {
    const browser = createBrowser();
    await browser.visit(await toCallback(browser));
    expect((await toLoginPage(browser)).url).toContain('/interaction/');
  });

  it('may begin at one process and finish at another', async () => {
    const browser = createBrowser();
    const callback = new URL(await toCallback(browser));
    const reply = await second.fastify.inject({
      method: 'GET',
      url: callback.pathname + callback.search,
      headers: { cookie: `motcua_dang_nhap=${browser.jar.get('motcua_dang_nhap')}` },
    });
    expect(reply.statusCode).toBe(303);
  });

  it('signs out by a form and is a guest again', async () => {
    const browser = createBrowser();
    await browser.visit(await toCallback(browser));
    const out = await browser.visit(`${publicUrl}/dang-xuat`, { tiep: '//evil.vn' });
    expect([out.status, out.headers.get('location')]).toEqual([303, '/']);
    expect((await me(browser)).kind).toBe('guest');
  });

  it('is not led to another site afterwards', async () => {
    const browser = createBrowser();
    const back = await browser.visit(await toCallback(browser, 'sim-cong-dan-1', 'login', 'https://evil.vn/'));
    expect(back.headers.get('location')).toBe('/');
  });

  it('who came by another name of the machine goes on at the public address', async () => {
    const reply = await app.fastify.inject({
      method: 'GET',
      url: '/dang-nhap/oidc?tiep=/a',
      headers: { host: 'localhost:1' },
    });
    expect(reply.headers.location).toBe(`${publicUrl}/dang-nhap/oidc?lai=1&tiep=%2Fa`);
  });
});

describe('a sign-in that goes wrong ends as a guest with a page that says so', () => {
  async function ends(browser: Browser, callback: string): Promise<[number, string]> {
    const response = await browser.visit(callback);
    const text = await response.text();
    expect((await me(browser)).kind).toBe('guest');
    expect(response.headers.get('content-type')).toContain('text/html');
    return [response.status, /role="alert"><p>([^<]*)/.exec(text)?.[1] ?? ''];
  }

  it('when the citizen refuses', async () => {
    const browser = createBrowser();
    const [status, text] = await ends(browser, await toCallback(browser, '', 'refuse'));
    expect(status).toBe(403);
    expect(text).toContain('từ chối');
  });

  it.each<[SimulatorBehaviour, number, string]>([
    ['wrong-nonce', 403, 'không hợp lệ'],
    ['wrong-issuer', 403, 'không hợp lệ'],
    ['wrong-audience', 403, 'không hợp lệ'],
    ['outlived-token', 403, 'không hợp lệ'],
    ['wrong-signature', 403, 'không hợp lệ'],
    ['no-token', 403, 'không hợp lệ'],
    ['wrong-subject', 403, 'không hợp lệ'],
    ['wrong-state', 403, 'không hợp lệ'],
    ['no-name', 403, 'họ tên'],
    ['down', 503, 'không trả lời'],
  ])('when the provider does %s', async (behaviour, status, text) => {
    simulator.behave(behaviour);
    const browser = createBrowser();
    const ended = await ends(browser, await toCallback(browser));
    expect(ended[0]).toBe(status);
    expect(ended[1]).toContain(text);
  });

  it('when the provider answers too late', async () => {
    simulator.behave('slow', 20_000);
    const browser = createBrowser();
    expect((await ends(browser, await toCallback(browser)))[0]).toBe(503);
  });

  it('when a code is used a second time', async () => {
    const victim = createBrowser();
    await victim.visit(await toCallback(victim));
    simulator.behave('repeat-code');
    const browser = createBrowser();
    expect((await ends(browser, await toCallback(browser)))[0]).toBe(403);
  });

  it('when the callback is opened again', async () => {
    const browser = createBrowser();
    const callback = await toCallback(browser);
    const flow = browser.jar.get('motcua_dang_nhap') ?? '';
    expect((await browser.visit(callback)).status).toBe(303);
    const again = createBrowser();
    again.jar.set('motcua_dang_nhap', flow);
    expect((await ends(again, callback))[0]).toBe(403);
  });

  it('when somebody else’s browser opens the callback', async () => {
    const callback = await toCallback(createBrowser());
    const [status, text] = await ends(createBrowser(), callback);
    expect(status).toBe(403);
    expect(text).toContain('trình duyệt khác');
  });

  it('when the cookie of the flow was forged or cut', async () => {
    const callback = await toCallback(createBrowser());
    for (const value of ['', 'x', 'A'.repeat(400)]) {
      const browser = createBrowser();
      browser.jar.set('motcua_dang_nhap', value);
      expect((await ends(browser, callback))[0]).toBe(403);
    }
  });

  it('is recorded without claims or tokens', async () => {
    simulator.behave('wrong-nonce');
    const browser = createBrowser();
    await browser.visit(await toCallback(browser));
    const row = await test.db
      .selectFrom('audit.entry')
      .select(['action', 'payload'])
      .where('action', '=', 'identity.fail-citizen-sign-in')
      .orderBy('id', 'desc')
      .executeTakeFirst();
    expect(row?.payload).toEqual({ problem: 'invalid', detail: expect.stringMatching(/^[A-Z_]+$/) });
  });
});

describe('the simulator’s login page', () => {
  it('needs no script, fits a telephone, speaks Vietnamese, and says that it is none', async () => {
    const page = await toLoginPage(createBrowser());
    const html = await page.response.text();
    expect(page.response.status).toBe(200);
    expect(html).toContain('<html lang="vi">');
    expect(html).toContain('width=device-width');
    expect(html).toContain('không phải VNeID');
    expect(html).not.toMatch(/<script|\sstyle=|\son\w+=/);
  });

  it('allows itself nothing but its style sheet and its form, which may lead back', async () => {
    const { response } = await toLoginPage(createBrowser());
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`form-action 'self' ${publicUrl}`);
    const style = await fetch(`${simulator.issuer}/mo-phong.css`);
    expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
  });

  it('asks again where nobody was chosen', async () => {
    const browser = createBrowser();
    const page = await toLoginPage(browser);
    const again = await browser.visit(page.url, { action: 'login' });
    expect(again.status).toBe(422);
    expect(await again.text()).toContain('Hãy chọn một người');
  });

  it('opened out of turn says what to do', async () => {
    const response = await fetch(`${simulator.issuer}/interaction/khong-co`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('quay về trang của cơ quan');
  });
});

describe('the adapter', () => {
  it('speaks plain http with this machine only', () => {
    expect(() => createOidcProvider({ issuer: 'http://sso.example.vn', ...CLIENT, name: 'x' })).toThrow('https');
  });

  it('finds a provider again that was out of reach at first', async () => {
    const port = await freePort();
    const issuer = `http://127.0.0.1:${port}`;
    const provider = createOidcProvider({ issuer, ...CLIENT, name: 'x', timeoutSeconds: 2 });
    await expect(provider.start(`${publicUrl}/dang-nhap/tra-ve`)).rejects.toThrow();
    const late = await startOidcSimulator({ port, ...CLIENT, redirectUris: [`${publicUrl}/dang-nhap/tra-ve`] });
    expect((await provider.start(`${publicUrl}/dang-nhap/tra-ve`)).url).toContain('code_challenge_method=S256');
    await late.close();
  });
});
