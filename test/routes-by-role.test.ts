import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Access } from '../src/core/contract/endpoint.ts';
import { type DemoApp, openDemoApp, type Reply } from './demo-app.ts';
import { addressOf, answeredRoutes, type Route, wellFormed } from './route-list.ts';
import { SAMPLE_DAY, UNKNOWN_ID } from './schema-sample.ts';

/**
 * Routes that need no declared access: files of the build (Fastify's tree names wildcards by their first folder only),
 * and the description of the interface itself.
 */
const FREE = new Set(['GET /*', 'GET /can-bo*', 'GET /api/openapi.json']);
/** A word no page or list says unless it shows the owner of the dossier received below. */
const MARK = 'Zyqora';
const HIEP_DUC = '20779-hiep-duc-2025/mot-cua';

type Person = { readonly name: string; readonly kind: 'guest' | 'citizen' | 'staff'; readonly cookie?: string };

let demo: DemoApp;
let people: Person[];
const permissionsOf = new Map<string, ReadonlySet<string>>();
let dossier: { id: string; code: string };

beforeAll(async () => {
  demo = await openDemoApp('2026');
  people = [
    { name: 'guest', kind: 'guest' },
    { name: 'citizen', kind: 'citizen', cookie: await demo.signInCitizen('Nguyễn Thị Công Dân', '999090000001') },
  ];
  for (const { login } of demo.accounts) {
    const cookie = await demo.signIn(login);
    const me = JSON.parse((await demo.call({ method: 'GET', url: '/api/me', cookie })).text);
    permissionsOf.set(login, new Set(Object.keys(me.permissions)));
    people.push({ name: login, kind: 'staff', cookie });
  }
  dossier = await demo.receive(cookieOf('motcua.hiepduc'), demo.unitId(HIEP_DUC), MARK);
});
afterAll(() => demo.close());

const cookieOf = (name: string): string => people.find((person) => person.name === name)?.cookie ?? '';
const routes = (): readonly (Route & { access: Access })[] => demo.app.routes as never;
const keyOf = ({ method, path }: Route): string => `${method} ${path}`;

/** What the door must say; undefined: the person may pass, and the service decides. */
function refusal(access: Access, person: Person): 401 | 403 | undefined {
  if (access === 'public') return undefined;
  if (person.kind === 'guest') return 401;
  if (access === 'citizen' || access === 'staff') return person.kind === access ? undefined : 403;
  if (person.kind !== 'staff') return 403;
  if (access === 'own-account') return undefined;
  return permissionsOf.get(person.name)?.has(access.permission) ? undefined : 403;
}

/** Signing out would end the walk; the sign-in page of a provider that is not there says 503. */
const LEFT_OUT = new Set(['DELETE /api/session', 'POST /dang-xuat']);
const MAY_BE_503 = new Set(['GET /dang-nhap/oidc']);

async function walk(person: Person, filler?: string): Promise<string[]> {
  const wrong: string[] = [];
  for (const route of routes()) {
    if (LEFT_OUT.has(keyOf(route))) continue;
    const { query, body } = wellFormed(demo, route, filler);
    const url = addressOf(route.path) + query;
    const reply = await demo.call({ method: route.method, url, cookie: person.cookie, body });
    const told = `${keyOf(route)} → ${reply.status} ${reply.text.slice(0, 100)}`;
    const expected = refusal(route.access, person);
    if (expected !== undefined && reply.status !== expected) wrong.push(`expected ${expected}: ${told}`);
    if (expected === undefined && reply.status >= 500 && !MAY_BE_503.has(keyOf(route))) wrong.push(told);
    // A public page may still ask a stranger to sign in: whose dossier it is, the service knows.
    if (expected === undefined && reply.status === 401 && route.access !== 'public') wrong.push(told);
  }
  return wrong;
}

describe('every route', () => {
  it('declares who may call it', () => {
    const declared = new Set(routes().map(keyOf));
    const undeclared = answeredRoutes(demo)
      .map(keyOf)
      .filter((key) => !declared.has(key) && !FREE.has(key));
    expect(undeclared).toEqual([]);
    expect(answeredRoutes(demo).length).toBeGreaterThanOrEqual(declared.size);
  });

  it('lets in whom it declares, keeps the others out, and never breaks', async () => {
    const wrong: string[] = [];
    for (const person of people) wrong.push(...(await walk(person)).map((line) => `${person.name}: ${line}`));
    expect(wrong).toEqual([]);
  }, 300_000);

  it.each([
    ['a zero byte', 'a\u0000b'],
    ['half a character', '\ud800x'],
    ['words of SQL', `'); drop schema dossiers cascade; --`],
  ])(
    'does not break on %s',
    async (_, filler) => {
      const wrong: string[] = [];
      for (const name of ['guest', 'citizen', 'motcua.hiepduc', 'quantri.hiepduc']) {
        const person = people.find((one) => one.name === name);
        if (person) wrong.push(...(await walk(person, filler)).map((line) => `${name}: ${line}`));
      }
      expect(wrong).toEqual([]);
    },
    300_000,
  );

  it.each([['2023-02-30'], ['2023-99-99'], ['0001-01-01'], ['9999-12-31']])(
    'does not break on the day %s',
    async (day) => {
      const broken: string[] = [];
      for (const route of routes()) {
        const { query, body } = wellFormed(demo, route);
        const asked = JSON.stringify([query, body ?? null]);
        if (!asked.includes(SAMPLE_DAY) || LEFT_OUT.has(keyOf(route))) continue;
        const [otherQuery, otherBody] = JSON.parse(asked.replaceAll(SAMPLE_DAY, day)) as [string, unknown];
        for (const name of ['chutich.hiepduc', 'kiemsoat.danang', 'motcua.hiepduc', 'quantri.hiepduc']) {
          const reply = await demo.call({
            method: route.method,
            url: addressOf(route.path) + otherQuery,
            cookie: cookieOf(name),
            body: otherBody ?? undefined,
          });
          if (reply.status >= 500) broken.push(`${name}: ${keyOf(route)} → ${reply.status}`);
        }
      }
      expect(broken).toEqual([]);
    },
    120_000,
  );

  it.each([['not-a-uuid'], [UNKNOWN_ID.toUpperCase()], ['\u0000'], ['../../etc/passwd'], ['💥'], ['a'.repeat(180)]])(
    'does not break on the id %j',
    async (id) => {
      const broken: string[] = [];
      for (const route of routes().filter((one) => one.path.includes(':'))) {
        for (const name of ['guest', 'citizen', 'motcua.hiepduc', 'quantri.hiepduc']) {
          const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
          const url = addressOf(route.path, Object.fromEntries(names.map((one) => [one, id])));
          const { query, body } = wellFormed(demo, route);
          const reply = await demo.call({ method: route.method, url: url + query, cookie: cookieOf(name), body });
          // An address that cannot be anybody's is answered like one that is missing, never as a wrong request.
          if (reply.status >= 500 || (id === 'not-a-uuid' && reply.status === 400))
            broken.push(`${name}: ${keyOf(route)} → ${reply.status} ${reply.text.slice(0, 200)}`);
        }
      }
      expect(broken).toEqual([]);
    },
    120_000,
  );
});

describe("another unit's dossier", () => {
  const OUTSIDERS = ['motcua.vietan', 'motcua.phuoctra'];
  const withoutId = (reply: Reply): string => reply.text.replace(/"requestId":"[^"]*"/, '');

  it('looks missing on every route of a dossier', async () => {
    const own = routes().filter((route) => /^\/api\/dossiers\/:id/.test(route.path));
    expect(own.length).toBeGreaterThanOrEqual(5);
    for (const login of OUTSIDERS) {
      for (const route of own) {
        const { query, body } = wellFormed(demo, route);
        const ask = (id: string): Promise<Reply> =>
          demo.call({
            method: route.method,
            url: addressOf(route.path, { id }) + query,
            cookie: cookieOf(login),
            body,
          });
        const [theirs, missing] = [await ask(dossier.id), await ask(UNKNOWN_ID)];
        expect([keyOf(route), theirs.status, withoutId(theirs)]).toEqual([keyOf(route), 404, withoutId(missing)]);
      }
    }
  });

  it('shows in no list and no search', async () => {
    const desk = demo.unitId(HIEP_DUC);
    const asks: { method: 'GET' | 'POST'; url: string; body?: object }[] = [
      { method: 'GET', url: '/api/dossiers?limit=200' },
      { method: 'GET', url: `/api/dossiers?unitId=${desk}` },
      ...['mine', 'role', 'unit', 'desk', 'return'].map((view) => ({
        method: 'GET' as const,
        url: `/api/inbox?view=${view}`,
      })),
      { method: 'GET', url: `/api/inbox?view=unit&unitId=${desk}` },
      ...[dossier.code, MARK, '0900000199'].map((q) => ({
        method: 'POST' as const,
        url: '/api/dossiers/search',
        body: { q },
      })),
      { method: 'POST', url: '/api/people/search', body: { q: MARK, unitId: desk } },
      { method: 'GET', url: `/api/registers/dossiers.pdf?unitId=${desk}` },
    ];
    for (const login of OUTSIDERS) {
      for (const ask of asks) {
        const reply = await demo.call({ ...ask, cookie: cookieOf(login) });
        expect([ask.url, reply.status < 500, reply.text.includes(MARK)]).toEqual([ask.url, true, false]);
        expect(reply.text).not.toContain(dossier.id);
      }
    }
    const inside = await demo.call({
      method: 'POST',
      url: '/api/dossiers/search',
      body: { q: MARK },
      cookie: cookieOf('motcua.hiepduc'),
    });
    expect(inside.text).toContain(MARK);
  });

  it('shows no name to strangers who know its code', async () => {
    for (const name of ['guest', 'citizen']) {
      const reply = await demo.call({ method: 'GET', url: `/kiem-tra/${dossier.code}`, cookie: cookieOf(name) });
      expect([reply.status, reply.text.includes(MARK)]).toEqual([200, false]);
      const page = await demo.call({ method: 'GET', url: `/ho-so/${dossier.id}`, cookie: cookieOf(name) });
      expect(page.status).not.toBe(200);
      expect(page.text).not.toContain(MARK);
    }
  });
});
