import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { DEFAULT_CITIZENS } from './simulator-citizens.ts';
import { alterTokenAnswer, interceptBody, type Keys, type SimulatorBehaviour } from './simulator-lies.ts';
import { SIMULATOR_STYLE, STYLE_PATH, simulatorErrorPage, simulatorPage } from './simulator-page.ts';
import { createProvider, type SimulatorOptions } from './simulator-provider.ts';

export type OidcSimulator = {
  readonly issuer: string;
  /** How it behaves from now on, for tests. */
  behave(behaviour: SimulatorBehaviour, delayMs?: number): void;
  close(): Promise<void>;
};

/**
 * Stands in for the national identity: a real OpenID provider on a port of its own, with a page to choose one of the
 * invented citizens, or to refuse. Only for demo and tests; it knows nobody real and remembers nothing.
 */
export async function startOidcSimulator(options: SimulatorOptions): Promise<OidcSimulator> {
  const citizens = options.citizens ?? DEFAULT_CITIZENS;
  const host = options.host ?? '127.0.0.1';
  const pair = await generateKeyPair('RS256', { extractable: true });
  const keys: Keys = { own: pair.privateKey, foreign: (await generateKeyPair('RS256')).privateKey, kid: 'mo-phong' };
  let behaviour: SimulatorBehaviour = 'none';
  let delayMs = 0;
  let usedCode: string | undefined;

  // The issuer needs the port, so the server listens before there is a provider.
  let handle: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => {
    response.writeHead(503).end();
  };
  const server = http.createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, () => resolve());
  });
  const port = (server.address() as AddressInfo).port;
  const issuer = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const provider = createProvider(issuer, options, citizens, await exportJWK(pair.privateKey), () => behaviour);
  const answer = provider.callback();
  const formTargets = options.redirectUris.map((uri) => new URL(uri).origin).join(' ');

  function secure(response: ServerResponse): void {
    // Browsers apply form-action to the redirects after the form too: back to the installation must be allowed.
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; style-src 'self'; form-action 'self' ${formTargets}; base-uri 'none'; frame-ancestors 'none'`,
    );
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'same-origin');
  }

  function page(response: ServerResponse, status: number, html: string): void {
    secure(response);
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  }

  async function interact(request: IncomingMessage, response: ServerResponse, uid: string): Promise<void> {
    let details: Awaited<ReturnType<typeof provider.interactionDetails>>;
    try {
      details = await provider.interactionDetails(request, response);
    } catch {
      return page(response, 400, simulatorErrorPage());
    }
    if (details.uid !== uid) return page(response, 400, simulatorErrorPage());
    if (request.method !== 'POST') return page(response, 200, simulatorPage(uid, citizens));
    const form = new URLSearchParams(await readBody(request));
    if (form.get('action') === 'refuse') {
      const refusal = { error: 'access_denied', error_description: 'The citizen did not consent.' };
      return provider.interactionFinished(request, response, refusal, { mergeWithLastSubmission: false });
    }
    const citizen = citizens.find((each) => each.subject === form.get('subject'));
    if (!citizen) return page(response, 422, simulatorPage(uid, citizens, 'Hãy chọn một người trong danh sách.'));
    const login = { accountId: citizen.subject, acr: citizen.level, amr: ['pwd'], remember: false };
    return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  }

  /** The way back to the installation, as a faulty provider would send it. */
  function alterRedirect(response: ServerResponse): void {
    const setHeader = response.setHeader.bind(response);
    response.setHeader = (name, value) => {
      if (name.toLowerCase() !== 'location' || typeof value !== 'string') return setHeader(name, value);
      const target = new URL(value, issuer);
      const code = target.searchParams.get('code');
      if (code === null) return setHeader(name, value);
      if (behaviour === 'wrong-state') target.searchParams.set('state', 'mot-lan-khac');
      if (behaviour === 'repeat-code' && usedCode !== undefined) target.searchParams.set('code', usedCode);
      usedCode = code;
      return setHeader(name, target.href);
    };
  }

  handle = (request, response) => {
    const path = new URL(request.url ?? '/', issuer).pathname;
    if (path === STYLE_PATH) {
      response.writeHead(200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' });
      response.end(SIMULATOR_STYLE);
      return;
    }
    const uid = /^\/interaction\/([\w-]+)$/.exec(path)?.[1];
    if (uid !== undefined) {
      interact(request, response, uid).catch(() => {
        if (!response.headersSent) page(response, 400, simulatorErrorPage());
      });
      return;
    }
    if (path.startsWith('/auth')) alterRedirect(response);
    if (path === '/token' && behaviour === 'down') {
      response.writeHead(503).end();
      return;
    }
    if (path === '/token' && behaviour === 'slow') {
      setTimeout(() => answer(request, response), delayMs).unref();
      return;
    }
    if (path === '/token' && behaviour !== 'none') {
      interceptBody(response, (body) => alterTokenAnswer(body, behaviour, keys));
    }
    if (path === '/me' && behaviour === 'wrong-subject') {
      interceptBody(response, async (body) => JSON.stringify({ ...JSON.parse(body), sub: 'nguoi-khac' }));
    }
    answer(request, response);
  };

  return {
    issuer,
    behave(next, delay = 0) {
      behaviour = next;
      delayMs = delay;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 10_000) throw new Error('form too large');
  }
  return text;
}
