import type { FastifyReply } from 'fastify';
import type { Actor } from '../../../core/access/actor.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import { contentDisposition } from '../../foundation/files/index.ts';
import { visitorOf } from './context.ts';
import type { DossierAnswer, DossierQuestion } from './dossier-service.ts';
import { guestSecret, readSeq } from './filing-routes.ts';
import type { PageAt, SendPage } from './page-reply.ts';
import type { OpenedContent } from './ports.ts';
import { readPosted, textOf } from './posted.ts';
import type { MyDossierView } from './rules/dossier-views.ts';
import type { PortalService } from './service.ts';
import type { PageSubject, SessionEnded } from './session-ended.ts';

const MAX_POST_BYTES = 25 * 1024 * 1024;

/** Pages of one's own dossiers. Guests come with the secret of exactly one dossier. */
export function registerDossierRoutes(
  app: HttpApp,
  { dossiers, files, drafts }: PortalService,
  send: SendPage,
  ended: SessionEnded,
): void {
  const open = { method: 'GET', access: 'public' } as const;
  const act = { method: 'POST', access: 'public' } as const;

  app.page({ method: 'GET', path: '/ho-so', access: 'citizen' }, async (at) => {
    const actor = citizen(at.actor);
    const cursor = textOf(at.request.query as Record<string, unknown>, 'sau', 200);
    return send(at, 'dossiers', await dossiers.list(actor, cursor === '' ? undefined : cursor));
  });

  app.page({ method: 'GET', path: '/tai-khoan', access: 'citizen' }, async (at) =>
    send(at, 'account', dossiers.account(citizen(at.actor))),
  );

  app.page({ ...open, path: '/ho-so/khach' }, async ({ reply }) => reply.redirect('/nop-ho-so/tiep-tuc', 303));

  app.page({ ...open, path: '/ho-so/:id' }, async (at) => {
    const done = textOf(at.request.query as Record<string, unknown>, 'xong', 20);
    const asked = question(at);
    const { visitor, id, secret } = asked;
    const held = await ended.find(at, dossierOf(id), () => drafts.accessTo(visitor, id, secret));
    const notice = NOTICES.get(done) ?? null;
    return send(at, 'dossier', held ? await dossiers.viewHeld(asked, held) : await dossiers.view(asked, notice));
  });

  /** An act of the owner: who is not signed in any more finds the words again after signing in. */
  const acts = (what: string, bodyLimit: number | undefined, run: (at: PageAt) => Promise<DossierAnswer>): void => {
    app.page({ ...act, path: `/ho-so/:id/${what}`, ...(bodyLimit ? { bodyLimit } : {}) }, async (at) => {
      const { visitor, id, secret } = question(at);
      const subject = dossierOf(id);
      // Looked at first, so that a stranger's files are not even taken in.
      const refused = await ended.answer(at, subject, { place: what, returnTo: subject.path }, () =>
        drafts.accessTo(visitor, id, secret),
      );
      if (refused) return at.reply;
      const answer = await run(at);
      await ended.forget(at, subject);
      return answered(at, send, answer, what);
    });
  };
  acts('bo-sung', MAX_POST_BYTES, async (at) => dossiers.answer(question(at), await readPosted(at.request, files)));
  acts('rut', undefined, async (at) => dossiers.withdraw(question(at), body(at)));
  acts('danh-gia', undefined, async (at) => dossiers.rate(question(at), body(at)));

  app.page({ ...open, path: '/ho-so/:id/tep/:fileId' }, async (at) => {
    const { fileId } = at.request.params as { fileId: string };
    return sendContent(at.reply, await dossiers.openFile(question(at), fileId));
  });

  app.page({ ...open, path: '/ho-so/:id/phieu/:seq' }, async (at) => {
    const { seq } = at.request.params as { seq: string };
    return sendContent(at.reply, await dossiers.openSlip(question(at), readSeq(seq)));
  });

  app.page({ ...open, path: '/ho-so/:id/ket-qua' }, async (at) =>
    sendContent(at.reply, await dossiers.openResult(question(at))),
  );
}

const NOTICES: ReadonlyMap<string, MyDossierView['notice']> = new Map([
  ['bo-sung', 'supplemented'],
  ['rut', 'withdrawn'],
  ['danh-gia', 'rated'],
]);

function citizen(actor: Actor) {
  if (actor.kind !== 'citizen') throw new AppError('access/sign-in');
  return actor;
}

const dossierOf = (id: string): PageSubject => ({ id, path: `/ho-so/${id}` });

function question({ actor, request }: PageAt): DossierQuestion {
  const { id } = request.params as { id: string };
  return { visitor: visitorOf(actor, request.ip), id, secret: guestSecret(request) };
}

function body({ request }: PageAt): Readonly<Record<string, unknown>> {
  return (request.body ?? {}) as Record<string, unknown>;
}

/** After an act: back to the page by a redirect, or the page again with what to mend. */
function answered(at: PageAt, send: SendPage, answer: DossierAnswer, what: string): FastifyReply {
  if (!answer.ok) return send(at, 'dossier', answer.view, 422);
  const { id } = at.request.params as { id: string };
  return at.reply.redirect(`/ho-so/${id}?xong=${what}`, 303);
}

/** A file to keep: never shown as a page, never kept by a shared cache. */
function sendContent(reply: FastifyReply, { name, mime, size, content }: OpenedContent): FastifyReply {
  return reply
    .header('content-type', mime)
    .header('content-length', size)
    .header('content-disposition', contentDisposition(name, 'attachment'))
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .send(content);
}
