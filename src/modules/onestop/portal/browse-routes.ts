import type { FastifyReply } from 'fastify';
import { AppError, errorText } from '../../../platform/errors/app-error.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import { sendMade } from '../../../platform/http/send-made.ts';
import { boardCsv, boardXlsx } from './board-files.ts';
import { visitorOf } from './context.ts';
import { DISPLAY_COOKIE, type PageAt, type PortalPageOptions, readDisplay, type SendPage } from './page-reply.ts';
import { textOf } from './posted.ts';
import { readFollow } from './rules/follow-facts.ts';
import type { PageProblem } from './rules/page-context.ts';
import { safeReturnTo } from './rules/return-to.ts';
import type { PortalService } from './service.ts';

type Query = Readonly<Record<string, unknown>>;

function pageOf(query: Query): number {
  const page = Number(textOf(query, 'trang', 6));
  return Number.isSafeInteger(page) && page > 0 && page < 100_000 ? page : 1;
}

function apologyQuery(query: Query): { unitId: string; month: string; page: number } {
  return {
    unitId: textOf(query, 'don-vi', 40),
    month: textOf(query, 'thang', 10),
    page: pageOf(query),
  };
}

/** Pages anybody may read. */
export function registerBrowseRoutes(
  app: HttpApp,
  { browse, apologies }: PortalService,
  options: PortalPageOptions,
  send: SendPage,
): void {
  const open = { method: 'GET', access: 'public' } as const;

  app.page({ ...open, path: '/' }, async (at) => send(at, 'home', await browse.home()));

  app.page({ ...open, path: '/thu-tuc' }, async (at) => {
    const query = at.request.query as Query;
    const view = await browse.procedures({
      q: textOf(query, 'q', 200).trim(),
      fieldCode: textOf(query, 'linh-vuc', 80),
      level: textOf(query, 'cap', 20),
      page: pageOf(query),
    });
    return send(at, 'procedures', view);
  });

  app.page({ ...open, path: '/thu-tuc/:code' }, async (at) => {
    const { code } = at.request.params as { code: string };
    return send(at, 'procedure', await browse.procedure(code));
  });

  const boardAsked = ({ request }: Pick<PageAt, 'request'>): [month: string, order: string] => [
    textOf(request.query as Query, 'thang', 10),
    textOf(request.query as Query, 'xep', 20),
  ];

  app.page({ ...open, path: '/tinh-hinh' }, async (at) =>
    send(at, 'board', await browse.boardPage(...boardAsked(at), pageOf(at.request.query as Query))),
  );

  app.page({ ...open, path: '/tinh-hinh.csv' }, async (at) => {
    const view = await browse.board(...boardAsked(at));
    return sendMade(at.reply, `tinh-hinh-${view.month}.csv`, boardCsv(view), { open: true });
  });

  app.page({ ...open, path: '/tinh-hinh.xlsx' }, async (at) => {
    const view = await browse.board(...boardAsked(at));
    return sendMade(at.reply, `tinh-hinh-${view.month}.xlsx`, await boardXlsx(view), { open: true });
  });

  app.page({ ...open, path: '/xin-loi' }, async (at) =>
    send(at, 'apologies', await apologies.list(apologyQuery(at.request.query as Query))),
  );

  app.page({ ...open, path: '/xin-loi.csv' }, async ({ request, reply }) =>
    sendMade(reply, 'xin-loi.csv', await apologies.csv(apologyQuery(request.query as Query)), { open: true }),
  );

  const tracking = (at: PageAt, code: string, problems: readonly PageProblem[], status = 200): FastifyReply =>
    send(at, 'tracking', { code, example: browse.codeExample(), problems }, status);

  app.page({ ...open, path: '/tra-cuu' }, async (at) => tracking(at, '', []));

  app.page({ method: 'POST', path: '/tra-cuu', access: 'public' }, async (at) => {
    const body = (at.request.body ?? {}) as Query;
    const code = textOf(body, 'ma', 60);
    const input = readFollow(code, body['doi-chieu']);
    // The home page asks for the code alone: the next page asks for the second fact, without a reproach.
    const isFirst = !Object.hasOwn(body, 'doi-chieu');
    if (!input.ok) {
      const problems = isFirst
        ? []
        : input.problems.map((id): PageProblem => ({ id, key: `portal.tracking.bad-${id}` }));
      return tracking(at, code, problems, isFirst ? 200 : 422);
    }
    const visitor = visitorOf(at.actor, at.request.ip);
    const found = await browse.follow(input.code, input.digits, visitor).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'follow/whole-number') throw error;
      return error;
    });
    // The form again, for the whole number to be typed into it.
    if (found instanceof AppError) {
      at.reply.header('retry-after', String(found.details.params?.['seconds'] ?? 86_400));
      return tracking(at, input.code, [{ id: 'doi-chieu', text: errorText(found.code) }], found.status);
    }
    if (found) return send(at, 'tracked', found);
    return tracking(at, code, [{ id: 'ma', key: 'portal.tracking.no-match' }], 404);
  });

  app.page({ ...open, path: '/kiem-tra/:code' }, async (at) => {
    const { code } = at.request.params as { code: string };
    const view = await browse.checkCode(code);
    return send(at, 'check-code', view, view.found ? 200 : 404);
  });

  app.page({ ...open, path: '/tro-nang' }, async (at) => send(at, 'accessibility', browse.accessibility()));

  app.page({ ...open, path: '/hien-thi' }, async (at) => {
    const choice = readDisplay(at.request.cookies[DISPLAY_COOKIE]);
    const back = safeReturnTo(textOf(at.request.query as Query, 've', 500));
    return send(at, 'display', {
      theme: choice.theme ?? '',
      size: choice.size ?? '',
      contrast: choice.contrast ?? '',
      back,
    });
  });

  app.page({ method: 'POST', path: '/hien-thi', access: 'public' }, async ({ request, reply }) => {
    const body = (request.body ?? {}) as Query;
    const words = ['theme', 'size', 'contrast']
      .map((name) => textOf(body, name, 10))
      .filter((word) => /^(light|dark|large|high)$/.test(word));
    reply.setCookie(DISPLAY_COOKIE, words.join('.'), {
      path: '/',
      sameSite: 'lax',
      secure: options.secure,
      httpOnly: true,
      maxAge: 365 * 86_400,
    });
    return reply.redirect(safeReturnTo(textOf(body, 've', 500)), 303);
  });
}
