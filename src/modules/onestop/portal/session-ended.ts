import type { FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/errors/app-error.ts';
import { visitorOf } from './context.ts';
import { HELD_MINUTES, type HeldPost } from './held-post-service.ts';
import type { PageAt, PortalPageOptions, SendPage } from './page-reply.ts';
import { readTexts } from './posted.ts';
import type { PortalService } from './service.ts';

/** Holds the key of a text that waits; bound to the path of the draft or dossier it was sent to. */
const HELD_COOKIE = 'motcua_giu_lai';

/** The draft or dossier a page belongs to. */
export type PageSubject = {
  readonly id: string;
  /** Address of the draft or dossier. */
  readonly path: string;
};

export type SessionEnded = ReturnType<typeof createSessionEnded>;

/** What the pages do about a session that ended while somebody was typing. */
export function createSessionEnded({ held }: PortalService, options: PortalPageOptions, send: SendPage) {
  const cookieOf = (path: string) => ({ path, httpOnly: true, sameSite: 'lax', secure: options.secure }) as const;
  const cookieIn = (request: FastifyRequest): string | undefined => request.cookies[HELD_COOKIE];

  async function forget({ request, reply }: PageAt, { path }: PageSubject): Promise<void> {
    if (cookieIn(request) === undefined) return;
    await held.drop(cookieIn(request));
    reply.clearCookie(HELD_COOKIE, cookieOf(path));
  }

  return {
    forget,

    /**
     * Runs `open`, which checks the right to a page somebody posts. Where nobody is signed in, the texts that came are
     * held and the page says how to go on. Also for drafts and dossiers that do not exist: the answers do not differ.
     * @param place undefined: nothing is typed on this page @returns true where the page was answered here;
     * not the reply itself: a reply is thenable, and waiting for it gives nothing
     */
    async answer(
      at: PageAt,
      subject: PageSubject,
      page: { readonly place: string | undefined; readonly returnTo: string },
      open: () => Promise<unknown>,
    ): Promise<boolean> {
      try {
        await open();
        return false;
      } catch (error) {
        const isQuiet = at.request.headers['x-autosave'] === '1';
        if (!(error instanceof AppError) || error.code !== 'access/sign-in' || isQuiet) throw error;
      }
      const { fields, hadFiles } = await readTexts(at.request);
      const common = { returnTo: page.returnTo, hadFiles, byCode: true };
      if (page.place === undefined) {
        send(at, 'session-ended', { ...common, kept: 'nothing-typed' }, 401);
        return true;
      }
      const post = { place: page.place, fields, hadFiles };
      const token = await held.hold(visitorOf(at.actor, at.request.ip), subject.id, post);
      if (token !== undefined)
        at.reply.setCookie(HELD_COOKIE, token, { ...cookieOf(subject.path), maxAge: HELD_MINUTES * 60 });
      send(at, 'session-ended', { ...common, kept: token === undefined ? 'not' : 'text' }, 401);
      return true;
    },

    /** What this browser left here; nearly always nothing. `open` is asked first whether the visitor may open the page. */
    async find({ request }: PageAt, { id }: PageSubject, open: () => Promise<unknown>): Promise<HeldPost | undefined> {
      if (cookieIn(request) === undefined) return undefined;
      await open();
      return held.find(cookieIn(request), id);
    },
  };
}
