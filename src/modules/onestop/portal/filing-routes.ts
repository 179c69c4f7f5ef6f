import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import { visitorOf } from './context.ts';
import type { PortalPageOptions, SendPage } from './page-reply.ts';
import { readPosted, textOf } from './posted.ts';
import { normaliseSecret } from './rules/secret-code.ts';
import { isForm, stepHref } from './rules/wizard.ts';
import type { PortalService } from './service.ts';
import type { PageSubject, SessionEnded } from './session-ended.ts';

/** Holds a guest's secret; one cookie per draft and per dossier, bound to its path. */
const GUEST_COOKIE = 'motcua_khach';
const COOKIE_DAYS = 30;
const MAX_POST_BYTES = 25 * 1024 * 1024;

/** Secret of the guest's cookie for the path asked for. */
export function guestSecret(request: FastifyRequest): string | undefined {
  return normaliseSecret(request.cookies[GUEST_COOKIE]);
}

/** Lets this browser open one draft or dossier; `path` keeps it from going anywhere else. */
export function setGuestSecret(reply: FastifyReply, path: string, secret: string, secure: boolean): void {
  reply.setCookie(GUEST_COOKIE, secret, {
    path,
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: COOKIE_DAYS * 86_400,
  });
}

/** Pages of filing: start, wizard, resume, arrival. Everything posts as plain HTML. */
export function registerFilingRoutes(
  app: HttpApp,
  { start, filing, files, drafts }: PortalService,
  options: PortalPageOptions,
  send: SendPage,
  ended: SessionEnded,
): void {
  app.page({ method: 'GET', path: '/nop-ho-so', access: 'public' }, async (at) => {
    const code = textOf(at.request.query as Record<string, unknown>, 'thu-tuc', 20);
    const offer = await start.offer(code);
    if (offer.kind === 'national') return at.reply.redirect(offer.url, 303);
    if (offer.kind === 'desk-only') return at.reply.redirect(`/thu-tuc/${encodeURIComponent(code)}`, 303);
    const query = at.request.query as Record<string, unknown>;
    const chosen = { deskId: textOf(query, 'noi-nhan', 60), caseId: textOf(query, 'truong-hop', 80) };
    return send(at, 'start', await start.view(visitorOf(at.actor, at.request.ip), code, chosen, []));
  });

  app.page({ method: 'POST', path: '/nop-ho-so', access: 'public' }, async (at) => {
    const body = (at.request.body ?? {}) as Record<string, unknown>;
    const input = {
      code: textOf(body, 'thu-tuc', 20),
      deskId: textOf(body, 'noi-nhan', 60),
      caseId: textOf(body, 'truong-hop', 80),
    };
    const begun = await start.begin(visitorOf(at.actor, at.request.ip), input).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'access/sign-in') return undefined;
      throw error;
    });
    if (!begun) {
      const chosen = { 'thu-tuc': input.code, 'noi-nhan': input.deskId, 'truong-hop': input.caseId };
      const query = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value !== ''));
      const view = { returnTo: `/nop-ho-so?${query}`, kept: 'text', hadFiles: false, byCode: false } as const;
      return send(at, 'session-ended', view, 401);
    }
    if (!begun.ok) return send(at, 'start', begun.view, 422);
    if (begun.secret !== null) setGuestSecret(at.reply, `/nop-ho-so/${begun.id}`, begun.secret, options.secure);
    return at.reply.redirect(`/nop-ho-so/${begun.id}`, 303);
  });

  app.page({ method: 'GET', path: '/nop-ho-so/tiep-tuc', access: 'public' }, async (at) =>
    send(at, 'resume', { value: '', problems: [] }),
  );

  app.page({ method: 'POST', path: '/nop-ho-so/tiep-tuc', access: 'public' }, async (at) => {
    const body = (at.request.body ?? {}) as Record<string, unknown>;
    const found = await start.resume(textOf(body, 'ma-bi-mat', 60));
    if (!found.ok) return send(at, 'resume', found.view, 422);
    const path = found.dossierId === null ? `/nop-ho-so/${found.draftId}` : `/ho-so/${found.dossierId}`;
    setGuestSecret(at.reply, path, found.secret, options.secure);
    return at.reply.redirect(path, 303);
  });

  app.page({ method: 'GET', path: '/nop-ho-so/:id', access: 'public' }, async (at) => {
    const { actor, request, reply } = at;
    const { id } = request.params as { id: string };
    const [visitor, secret] = [visitorOf(actor, request.ip), guestSecret(request)];
    const held = await ended.find(at, draftOf(id), () => drafts.getDraft(visitor, id, secret));
    return reply.redirect(held ? stepHref(id, held.place) : await filing.resumeAt(visitor, id, secret), 303);
  });

  app.page({ method: 'GET', path: '/nop-ho-so/:id/xong', access: 'public' }, async (at) => {
    const { id } = at.request.params as { id: string };
    const secret = guestSecret(at.request);
    const visitor = visitorOf(at.actor, at.request.ip);
    const view = await start.filed(visitor, id, secret);
    if (secret !== undefined && view.dossierHref !== null)
      setGuestSecret(at.reply, view.dossierHref, secret, options.secure);
    return send(at, 'filed', view);
  });

  app.page({ method: 'GET', path: '/nop-ho-so/:id/:step', access: 'public' }, async (at) => {
    const { id, step } = at.request.params as { id: string; step: string };
    const isSaved = textOf(at.request.query as Record<string, unknown>, 'da-luu', 1) === '1';
    const visitor = visitorOf(at.actor, at.request.ip);
    const secret = guestSecret(at.request);
    const held = await ended.find(at, draftOf(id), () => drafts.getDraft(visitor, id, secret));
    const restored = held?.place === step ? await filing.restore(visitor, id, held, secret) : undefined;
    if (restored?.isSaved) await ended.forget(at, draftOf(id));
    const answer = restored?.answer ?? (await filing.show(visitor, id, step, secret, isSaved));
    if (answer.kind === 'go') return at.reply.redirect(answer.to, 303);
    if (answer.kind !== 'page') throw new Error('a page that is shown is never only saved');
    return send(at, answer.page.name, answer.page.props);
  });

  app.page(
    { method: 'POST', path: '/nop-ho-so/:id/:step', access: 'public', bodyLimit: MAX_POST_BYTES },
    async (at) => {
      const { id, step } = at.request.params as { id: string; step: string };
      const visitor = visitorOf(at.actor, at.request.ip);
      const secret = guestSecret(at.request);
      const autosave = at.request.headers['x-autosave'] === '1';
      // Looked at first, so that a stranger's files are not even taken in.
      const page = { place: isForm(step) ? step : undefined, returnTo: stepHref(id, step) };
      const refused = await ended.answer(at, draftOf(id), page, () => drafts.getDraft(visitor, id, secret));
      if (refused) return at.reply;
      const posted = await readPosted(at.request, files);
      const answer = await filing.post(visitor, id, step, secret, posted, autosave);
      if (!autosave) await ended.forget(at, draftOf(id));
      switch (answer.kind) {
        case 'go':
          return at.reply.redirect(answer.to, 303);
        case 'saved':
          return at.reply.type('application/json; charset=utf-8').send({ version: answer.version });
        case 'page':
          return send(at, answer.page.name, answer.page.props, answer.failed ? 422 : 200);
      }
    },
  );
}

const draftOf = (id: string): PageSubject => ({ id, path: `/nop-ho-so/${id}` });

/** A number of a path, `phieu/:seq`. @throws row/missing */
export function readSeq(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new AppError('row/missing');
  return Number(text);
}
