import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpApp } from '../../../platform/http/app.ts';
import { CITIZEN_FLOW_MINUTES, type CitizenSignInProblem } from './citizen-service.ts';
import { clearSessionCookie, sessionToken, setSessionCookie, userAgentOf } from './cookies.ts';
import type { CitizenIdentityProvider } from './ports.ts';
import { safeReturnTo } from './rules/return-to.ts';
import type { IdentityService } from './service.ts';
import { type RenderSignInPage, renderPlainSignInPage } from './sign-in-page.ts';

const FLOW_COOKIE = 'motcua_dang_nhap';
const START = '/dang-nhap/oidc';

/** Path of the callback; registered with the provider as `<publicUrl>/dang-nhap/tra-ve`. */
export const CALLBACK_PATH = '/dang-nhap/tra-ve';

export type CitizenRouteOptions = {
  /** Address people type, without a slash at the end. */
  readonly publicUrl: string;
  readonly secure: boolean;
  readonly provider: CitizenIdentityProvider;
  readonly renderPage?: RenderSignInPage;
};

const queryOf = (request: FastifyRequest): Record<string, unknown> => request.query as Record<string, unknown>;

/** Citizens' sign-in and everybody's sign-out, as pages that need no script. */
export function registerCitizenSignInRoutes(
  app: HttpApp,
  service: IdentityService,
  options: CitizenRouteOptions,
): void {
  const { provider, secure, publicUrl } = options;
  const render = options.renderPage ?? renderPlainSignInPage;
  const redirectUri = publicUrl + CALLBACK_PATH;
  const flowCookie = { httpOnly: true, sameSite: 'lax', path: '/dang-nhap', secure } as const;

  async function show(reply: FastifyReply, returnTo: string, problem?: CitizenSignInProblem): Promise<FastifyReply> {
    const html = await render({ returnTo, problem, providerName: provider.name });
    const status = problem === undefined ? 200 : problem === 'unreachable' ? 503 : 403;
    return reply.status(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html);
  }

  app.page({ method: 'GET', path: '/dang-nhap', access: 'public' }, async ({ actor, request, reply }) => {
    const returnTo = safeReturnTo(queryOf(request)['tiep']);
    if (actor.kind === 'citizen') return reply.redirect(returnTo, 303);
    return show(reply, returnTo);
  });

  app.page({ method: 'GET', path: START, access: 'public' }, async ({ request, reply }) => {
    const query = queryOf(request);
    const returnTo = safeReturnTo(query['tiep']);
    // The callback comes to the public address: a cookie set under another name of this machine would be missing there.
    if (request.host !== new URL(publicUrl).host && query['lai'] === undefined) {
      return reply.redirect(`${publicUrl}${START}?lai=1&tiep=${encodeURIComponent(returnTo)}`, 302);
    }
    const started = await service.startCitizenSignIn(provider, redirectUri, returnTo);
    if (!started) return show(reply, returnTo, 'unreachable');
    reply.setCookie(FLOW_COOKIE, started.sealed, { ...flowCookie, maxAge: CITIZEN_FLOW_MINUTES * 60 });
    return reply.header('cache-control', 'no-store').redirect(started.url, 302);
  });

  app.page({ method: 'GET', path: CALLBACK_PATH, access: 'public' }, async ({ request, reply }) => {
    // Built from the public address, not from the Host header, which the browser chooses.
    const callback = new URL(redirectUri);
    callback.search = new URL(request.url, publicUrl).search;
    const result = await service.finishCitizenSignIn(provider, callback, {
      sealed: request.cookies[FLOW_COOKIE],
      address: request.ip,
      userAgent: userAgentOf(request),
      previousToken: sessionToken(request),
    });
    reply.clearCookie(FLOW_COOKIE, flowCookie);
    if (!result.ok) return show(reply, result.returnTo, result.problem);
    setSessionCookie(reply, result.session.token, secure);
    return reply.header('cache-control', 'no-store').redirect(result.returnTo, 303);
  });

  app.page({ method: 'POST', path: '/dang-xuat', access: 'public' }, async ({ actor, request, reply }) => {
    await service.signOut(actor, sessionToken(request));
    clearSessionCookie(reply, secure);
    const body = request.body as Record<string, unknown> | null | undefined;
    return reply.redirect(safeReturnTo(body?.['tiep']), 303);
  });
}
