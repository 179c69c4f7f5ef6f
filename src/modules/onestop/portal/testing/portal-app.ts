import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createFolderStore } from '../../../../adapters/storage/folder.ts';
import type { Actor, CitizenActor } from '../../../../core/access/actor.ts';
import type { FormDefinition } from '../../../../core/forms/definition.ts';
import { foldVietnamese } from '../../../../core/text/fold.ts';
import { createFixedClock } from '../../../../platform/config/config.ts';
import { createHttpApp } from '../../../../platform/http/app.ts';
import { setErrorPage } from '../../../../platform/http/problem.ts';
import { createLog } from '../../../../platform/log/log.ts';
import { createTestDatabase } from '../../../../platform/testing/database.ts';
import { createFilesService } from '../../../foundation/files/index.ts';
import { readProcedureContent } from '../../procedures/content.ts';
import { createErrorPage } from '../page-reply.ts';
import type { ApologyPort, BoardPort, PortalProcedure } from '../ports.ts';
import { registerPortalRoutes } from '../routes.ts';
import type { ChannelRegime } from '../rules/filing-offer.ts';
import { readLimits } from '../rules/limits.ts';
import type { PageName, PortalPages } from '../rules/pages.ts';
import { createPortalService } from '../service.ts';
import { createDossierStandIn } from './dossier-stand-in.ts';

export const DESK = '019af000-0000-7000-8000-0000000000d1';

export const citizen: CitizenActor = {
  kind: 'citizen',
  accountId: '019af000-0000-7000-8000-0000000000c1',
  subject: 's1',
  fullName: 'Trần Thị Mẫu',
  idNumber: '999000000012',
  birthDate: '1990-09-05',
  email: 'mau@example.vn',
  phone: '0900000001',
  assurance: 'loa2',
  address: '127.0.0.1',
};
export const stranger: CitizenActor = {
  ...citizen,
  accountId: '019af000-0000-7000-8000-0000000000c2',
  fullName: 'Lê Văn Thử',
  idNumber: '999000000013',
};

/** Revisions of 2025 from the content, by code. */
function contentProcedures(): Map<string, PortalProcedure> {
  const { definitions } = readProcedureContent();
  const latest = definitions.filter((definition) => definition.validTo === undefined);
  return new Map(
    latest.map((definition, index) => {
      const id = `019af000-0000-7000-8000-00000000a0${String(index).padStart(2, '0')}`;
      return [definition.code, { id, definition, form: (definition.form as FormDefinition | undefined) ?? null }];
    }),
  );
}

/** A page as the tests read it: which one, with what. */
export type ShownPage<N extends PageName = PageName> = { readonly name: N; readonly props: PortalPages[N] };

/** The portal over real HTTP, database and files; pages come as their props, dossiers are kept by a stand-in. */
export async function createPortalApp() {
  const test = await createTestDatabase();
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-portal-'));
  const clock = createFixedClock(new Date('2026-11-20T02:00:00Z'));
  const files = createFilesService({ db: test.db, store: createFolderStore({ dir }), clock });
  const procedures = contentProcedures();
  const dossiers = createDossierStandIn(clock, test.db);
  const settings = {
    training: true,
    regime: { onlineFiling: 'national-portal', trainingMode: true, guestFiling: true } as ChannelRegime | undefined,
    procedures,
    limits: undefined as unknown,
    board: [] as Awaited<ReturnType<BoardPort['monthly']>>,
    apologies: [] as Awaited<ReturnType<ApologyPort['list']>>['rows'],
  };
  const service = createPortalService({
    db: test.db,
    clock,
    files,
    ports: {
      catalogue: {
        async search({ q, offset, limit }) {
          const words = foldVietnamese(q).split(/\s+/).filter(Boolean);
          const rows = [...settings.procedures.values()].filter((one) =>
            words.every((word) => foldVietnamese(one.definition.name).includes(word)),
          );
          return { rows: rows.slice(offset, offset + limit), total: rows.length };
        },
        fields: async () => [{ code: 'G15-TP07', name: 'Hộ tịch', count: 1 }],
        popular: async () => [...settings.procedures.values()],
        find: async (code) => settings.procedures.get(code),
      },
      place: {
        desksFor: async () => [{ id: DESK, name: 'Trung tâm Phục vụ hành chính công xã Hiệp Đức' }],
        channelRegime: () => settings.regime,
        codeExample: () => 'H17.32.05-260202-0001',
        limits: () => readLimits(settings.limits),
        site: () => ({ name: 'UBND xã Hiệp Đức', banners: [], contact: {}, training: settings.training, demo: true }),
      },
      dossiers: dossiers.port,
      board: { minimumOn: () => 5, monthly: async () => settings.board, firstMonth: async () => undefined },
      apologies: {
        list: async ({ offset, limit }) => ({
          rows: settings.apologies.slice(offset, offset + limit),
          total: settings.apologies.length,
          units: [],
          firstMonth: undefined,
        }),
        ofDossier: async () => [],
      },
    },
  });
  const actors = new Map<string, Actor>([
    ['citizen', citizen],
    ['stranger', stranger],
  ]);
  const app = await createHttpApp({
    log: createLog('silent'),
    authenticate: async (token, address) => actors.get(token ?? '') ?? { kind: 'guest', assurance: 'none', address },
    trustProxy: false,
    secure: false,
  });
  const options = {
    render: <N extends PageName>(name: N, props: PortalPages[N]): string => JSON.stringify({ name, props }),
    assets: { css: '/c.css', js: '/j.js' },
    secure: false,
  };
  registerPortalRoutes(app, service, options);
  setErrorPage(createErrorPage(service, options));
  return {
    service,
    clock,
    files,
    db: test.db,
    settings,
    dossiers,
    browser: (session?: 'citizen' | 'stranger') => createBrowser(app.fastify, session),
    close: async () => {
      setErrorPage(undefined);
      await app.fastify.close();
      await test.drop();
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}

export type PortalApp = Awaited<ReturnType<typeof createPortalApp>>;
type Fastify = Awaited<ReturnType<typeof createHttpApp>>['fastify'];
type Answer = {
  status: number;
  location: string | undefined;
  page: ShownPage | undefined;
  json: unknown;
  headers: Record<string, unknown>;
};
export type Upload = { field: string; name: string; content: Buffer };

/** A browser without script: keeps cookies with their paths, posts forms. */
function createBrowser(fastify: Fastify, session: string | undefined) {
  const jar: { name: string; value: string; path: string }[] = session
    ? [{ name: 'motcua_session', value: session, path: '/' }]
    : [];

  function drop(name: string, path?: string): void {
    const kept = jar.filter((one) => one.name !== name || (path !== undefined && one.path !== path));
    jar.splice(0, jar.length, ...kept);
  }

  async function send(
    method: 'GET' | 'POST',
    url: string,
    body?: { payload: string | Buffer; type: string },
    extra: Record<string, string> = {},
  ): Promise<Answer> {
    const at = url.split('?')[0] ?? '/';
    const cookies = Object.fromEntries(
      jar.filter((c) => c.path === '/' || at === c.path || at.startsWith(`${c.path}/`)).map((c) => [c.name, c.value]),
    );
    const response = await fastify.inject({
      method,
      url,
      cookies,
      headers: { accept: 'text/html', ...(body ? { 'content-type': body.type } : {}), ...extra },
      ...(body ? { payload: body.payload } : {}),
    });
    for (const cookie of response.cookies)
      if (cookie.value === '') drop(cookie.name, cookie.path ?? '/');
      else jar.push({ name: cookie.name, value: cookie.value, path: cookie.path ?? '/' });
    const json = parse(response.body);
    const location = response.headers.location;
    return {
      status: response.statusCode,
      location: typeof location === 'string' ? location : undefined,
      page: isPage(json) ? json : undefined,
      json,
      headers: response.headers,
    };
  }

  const form = (fields: Record<string, string>) => ({
    payload: new URLSearchParams(fields).toString(),
    type: 'application/x-www-form-urlencoded',
  });
  return {
    jar,
    /** The cookie is lost, as when it ends. */
    forget: (name: string) => drop(name),
    signOut: () => drop('motcua_session'),
    signIn(as: 'citizen' | 'stranger') {
      drop('motcua_session');
      jar.push({ name: 'motcua_session', value: as, path: '/' });
    },
    get: (url: string) => send('GET', url),
    post: (url: string, fields: Record<string, string>, headers?: Record<string, string>) =>
      send('POST', url, form(fields), headers),
    upload: (url: string, fields: Record<string, string>, uploads: readonly Upload[]) =>
      send('POST', url, multipart(fields, uploads)),
  };
}

export type Browser = ReturnType<typeof createBrowser>;

function multipart(fields: Record<string, string>, uploads: readonly Upload[]): { payload: Buffer; type: string } {
  const boundary = '----motcua-test';
  const parts: Buffer[] = [];
  for (const [name, value] of Object.entries(fields)) {
    parts.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`));
  }
  for (const { field, name, content } of uploads) {
    parts.push(
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
      ),
    );
    parts.push(content, Buffer.from('\r\n'));
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { payload: Buffer.concat(parts), type: `multipart/form-data; boundary=${boundary}` };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPage(value: unknown): value is ShownPage {
  return typeof value === 'object' && value !== null && 'name' in value && 'props' in value;
}
