import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../../core/access/actor.ts';
import type { Access } from '../../../core/contract/endpoint.ts';
import { type AppError, errorText } from '../../../platform/errors/app-error.ts';
import type { ErrorAnswer } from '../../../platform/http/problem.ts';
import type { StatusView } from './rules/dossier-views.ts';
import type { DisplayChoice, PageContext } from './rules/page-context.ts';
import type { PageName, PortalPages, RenderPage } from './rules/pages.ts';
import type { PortalService } from './service.ts';

export const DISPLAY_COOKIE = 'motcua_hien_thi';

/** What the composition root gives for drawing pages. */
export type PortalPageOptions = {
  readonly render: RenderPage;
  /** Addresses from dist/portal/assets.json. */
  readonly assets: PageContext['assets'];
  /** Cookies are `Secure` where people come by https. */
  readonly secure: boolean;
};

/** Reads the reader's switches from their cookie; anything unknown is left out. */
export function readDisplay(cookie: string | undefined): DisplayChoice {
  const words = new Set((cookie ?? '').split('.'));
  return {
    ...(words.has('dark') ? { theme: 'dark' as const } : words.has('light') ? { theme: 'light' as const } : {}),
    ...(words.has('large') ? { size: 'large' as const } : {}),
    ...(words.has('high') ? { contrast: 'high' as const } : {}),
  };
}

/** Context of a page from its request. */
export function contextOf(
  service: PortalService,
  options: PortalPageOptions,
  actor: Actor | undefined,
  request: FastifyRequest,
): PageContext {
  const site = service.site();
  return {
    assets: options.assets,
    path: request.url.split('?')[0] ?? '/',
    siteName: site.name,
    banners: site.banners,
    contact: site.contact,
    display: readDisplay(request.cookies[DISPLAY_COOKIE]),
    ...(actor?.kind === 'citizen' ? { account: { fullName: actor.fullName } } : {}),
  };
}

/** A request for a page: who asks, what came and the answer to be given. */
export type PageAt = { readonly actor: Actor; readonly request: FastifyRequest; readonly reply: FastifyReply };

export type SendPage = <N extends PageName>(
  at: PageAt,
  name: N,
  props: PortalPages[N],
  status?: number,
) => FastifyReply;

/**
 * Makes the function that answers with a page. Pages are never kept by shared caches: they may name the reader. A page
 * that is to leave no trace in the browser either comes with its own `cache-control`.
 */
export function createSendPage(service: PortalService, options: PortalPageOptions): SendPage {
  return ({ actor, request, reply }, name, props, status = 200) =>
    reply
      .status(status)
      .header('cache-control', reply.getHeader('cache-control') ?? 'private, no-cache')
      .type('text/html; charset=utf-8')
      .send(options.render(name, props, contextOf(service, options, actor, request)));
}

function kindOf(error: AppError | undefined): StatusView['kind'] {
  switch (error?.status) {
    case 401:
      return 'sign-in';
    case 403:
    case 404:
      return 'not-found';
    case 409:
      return 'conflict';
    case 429:
      return 'too-many';
    case 503:
      return 'maintenance';
    case undefined:
      return 'error';
    default:
      return error && error.status >= 500 ? 'error' : 'bad-request';
  }
}

/** A stranger at an address of the interface that staff read signs in at the console, which comes back here. */
function staffSignIn(error: AppError | undefined, request: FastifyRequest): string | undefined {
  if (error?.code !== 'access/sign-in' || !request.url.startsWith('/api/')) return undefined;
  const { access } = request.routeOptions.config as { access?: Access };
  return access === 'citizen' ? undefined : `/can-bo/dang-nhap?ve=${encodeURIComponent(request.url)}`;
}

/** The portal's answer to a failed request of a person; the composition root gives it to `setErrorPage`. */
export function createErrorPage(service: PortalService, options: PortalPageOptions) {
  return async (error: AppError | undefined, request: FastifyRequest): Promise<ErrorAnswer> => {
    if (request.url.startsWith('/can-bo')) return undefined;
    const signIn = staffSignIn(error, request);
    if (signIn !== undefined) return { goTo: signIn };
    const kind = kindOf(error);
    const actor = (request as unknown as { actor?: Actor }).actor;
    const forStaff = actor?.kind === 'staff' && request.url.startsWith('/api/');
    const tellsMore =
      error !== undefined && (forStaff || kind === 'bad-request' || kind === 'too-many' || kind === 'conflict');
    const props: StatusView = {
      kind,
      ...(forStaff ? { forStaff } : {}),
      ...(tellsMore ? { detail: errorText(error.code, error.details.params) } : {}),
      ...(kind === 'error' ? { reference: request.id } : {}),
    };
    return options.render('status', props, contextOf(service, options, actor, request));
  };
}
