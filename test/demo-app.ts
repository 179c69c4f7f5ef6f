import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { demoAccounts } from '../src/app/demo/accounts.ts';
import { loadDemo } from '../src/app/demo/load.ts';
import { createApp } from '../src/app/http.ts';
import { openSystem, type System } from '../src/app/system.ts';
import type { CitizenIdentityProvider } from '../src/modules/foundation/identity/ports.ts';
import { readConfig } from '../src/platform/config/config.ts';
import { createLog } from '../src/platform/log/log.ts';
import { createTestDatabase } from '../src/platform/testing/database.ts';
import { exampleIntake } from './example-intake.ts';

export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  /** `motcua_session=…`; left out: a guest. */
  readonly cookie?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Reply = { readonly status: number; readonly text: string; readonly headers: Record<string, unknown> };

/** The real application over a database of the test's own, filled with the demo of one era. Nothing listens. */
export async function openDemoApp(era: '2023' | '2026') {
  const database = await createTestDatabase();
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-app-'));
  const env = {
    MOTCUA_DEMO: '1',
    MOTCUA_ERA: era,
    MOTCUA_DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    MOTCUA_OIDC_ISSUER: 'http://127.0.0.1:9/',
    MOTCUA_POOL_SIZE: '6',
  };
  const shift = era === '2023' ? Date.parse('2023-08-31T08:30:00+07:00') - Date.now() : 0;
  const system: System = await openSystem({ ...readConfig(env), clockShiftMs: shift }, createLog('silent'));
  await loadDemo(system);
  const state = { closing: false };
  const app = await createApp(system, state);
  await app.fastify.ready();

  const call = async ({ method, url, cookie, body, headers }: Call): Promise<Reply> => {
    const reply = await app.fastify.inject({
      method,
      url,
      headers: { ...headers, ...(cookie ? { cookie } : {}) },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    return { status: reply.statusCode, text: reply.body, headers: reply.headers as Record<string, unknown> };
  };
  const password = demoAccounts(era)[0]?.password ?? '';
  const units = await system.organisation.unitIdsByKey();

  return {
    system,
    app,
    state,
    call,
    accounts: demoAccounts(era),
    /** Id of a unit by its key in `content/units`. @throws Error where there is none. */
    unitId: (key: string): string => {
      const id = units.get(key);
      if (!id) throw new Error(`no unit ${key}`);
      return id;
    },
    /** Cookie of a member of staff. @throws Error with the reply's text. */
    signIn: async (login: string): Promise<string> => {
      const reply = await call({ method: 'POST', url: '/api/session', body: { login, password } });
      if (reply.status !== 200) throw new Error(`${login}: ${reply.status} ${reply.text}`);
      return String(reply.headers['set-cookie']).split(';')[0] ?? '';
    },
    /** Cookie of a citizen vouched for by a provider that is always content. */
    signInCitizen: async (fullName: string, idNumber: string): Promise<string> => {
      const claims = { LoaiTaiKhoan: '1', HoVaTen: fullName, SoDinhDanh: idNumber, loAs: 'LoA2' };
      const provider: CitizenIdentityProvider = {
        name: 'thử',
        start: async () => ({ url: 'http://127.0.0.1:9/', state: 's', nonce: 'n', codeVerifier: 'v' }),
        finish: async () => ({ ok: true, issuer: 'http://127.0.0.1:9/', subject: idNumber, claims }),
      };
      const started = await system.identity.startCitizenSignIn(provider, 'http://127.0.0.1/tra-ve', '/');
      const browser = { sealed: started?.sealed, address: '127.0.0.1', userAgent: 'test' };
      const done = await system.identity.finishCitizenSignIn(provider, new URL('http://127.0.0.1/tra-ve'), browser);
      if (!done.ok) throw new Error(done.problem);
      return `motcua_session=${done.session.token}`;
    },
    /** Takes in a dossier at a desk over HTTP; the reply of the endpoint. */
    receive: async (
      cookie: string,
      unitId: string,
      key: string,
    ): Promise<{ id: string; code: string; version: number }> => {
      const reply = await call({
        method: 'POST',
        url: '/api/dossiers',
        cookie,
        headers: { 'idempotency-key': key },
        body: exampleIntake(unitId, key),
      });
      if (reply.status !== 201) throw new Error(`${reply.status} ${reply.text}`);
      return JSON.parse(reply.text);
    },
    close: async (): Promise<void> => {
      await app.fastify.close();
      await system.close();
      await database.drop();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type DemoApp = Awaited<ReturnType<typeof openDemoApp>>;
