import type { FastifyReply } from 'fastify';
import { isUuid } from '../../../core/ids/uuid.ts';
import { AppError, errorText } from '../../../platform/errors/app-error.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import { words } from '../../../platform/messages/words.ts';
import { type PageAt, type PortalService, type SendPage, visitorOf } from '../../onestop/portal/index.ts';
import { readFollow } from '../../onestop/portal/rules/follow-facts.ts';
import type { PageProblem } from '../../onestop/portal/rules/page-context.ts';
import { READ } from './form-service.ts';
import { resultView, surveyView } from './page-views.ts';
import { resultFiles, sendResultFile } from './result-files.ts';
import type { SurveyService } from './service.ts';

type Fields = Readonly<Record<string, unknown>>;

const textOf = (fields: Fields, name: string, max: number): string => {
  const value = fields[name];
  return typeof value === 'string' ? value.slice(0, max) : '';
};
/**
 * One screen for everybody who comes: the browser of a counter keeps no page, so that whoever goes back sees nothing of
 * who was there before. Elsewhere what somebody has typed is still there when they come back.
 */
const keepNothing = ({ reply }: PageAt): void => void reply.header('cache-control', 'private, no-store');
const readKiosk = (fields: Fields): string => /^[2-9a-z]{8}$/.exec(textOf(fields, 'quay', 20))?.[0] ?? '';

/** Why there is nothing to answer, in the words of the error; undefined for errors of another kind. */
function refusalOf(error: unknown): { readonly text: string; readonly status: number } | undefined {
  if (!(error instanceof AppError)) return undefined;
  switch (error.code) {
    case 'survey/used':
    case 'survey/over':
    case 'survey/not-open':
    case 'survey/not-in-sample':
      return { text: errorText(error.code, error.details.params), status: error.status };
    case 'row/missing':
      return { text: words('server.survey-unknown'), status: error.status };
    default:
      return undefined;
  }
}

/** Pages of surveys for citizens: all without an account, without script, drawn by the portal; and how staff preview them. */
export function registerSurveyPages(
  app: HttpApp,
  {
    surveys,
    portal,
    send,
  }: { readonly surveys: SurveyService; readonly portal: PortalService; readonly send: SendPage },
): void {
  const open = { method: 'GET', access: 'public' } as const;
  const post = { method: 'POST', access: 'public' } as const;

  async function refused<T>(at: PageAt, kiosk: string, work: () => Promise<T>): Promise<T | FastifyReply> {
    try {
      return await work();
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      return send(at, 'survey-note', { kind: 'refused', text: refusal.text, kiosk }, refusal.status);
    }
  }

  app.page({ ...open, path: '/khao-sat' }, async (at) =>
    send(at, 'surveys', await surveys.open.closed((at.request.query ?? {}) as Fields)),
  );

  app.page({ ...open, path: '/khao-sat/:ticket' }, (at) => {
    const { ticket } = at.request.params as { ticket: string };
    return refused(at, '', async () => {
      const asked = await surveys.open.questions(ticket);
      return send(at, 'survey', surveyView(asked, ticket, '', {}, []));
    });
  });

  app.page({ ...post, path: '/khao-sat/:ticket' }, (at) => {
    const { ticket } = at.request.params as { ticket: string };
    const fields = (at.request.body ?? {}) as Fields;
    const kiosk = readKiosk(fields);
    if (kiosk) keepNothing(at);
    return refused(at, kiosk, async () => {
      await portal.admitSurvey(visitorOf(at.actor, at.request.ip));
      const asked = await surveys.open.questions(ticket);
      const given = Object.fromEntries(asked.form.questions.map(({ id }) => [id, fields[`q-${id}`]]));
      try {
        await surveys.open.answer(ticket, given, kiosk ? 'kiosk' : 'link');
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'survey/answers') throw error;
        return send(at, 'survey', surveyView(asked, ticket, kiosk, given, error.details.fields ?? []), error.status);
      }
      return at.reply.redirect(`/khao-sat/cam-on${kiosk ? `?quay=${kiosk}` : ''}`, 303);
    });
  });

  app.page({ ...open, path: '/khao-sat/cam-on' }, async (at) => {
    const kiosk = readKiosk((at.request.query ?? {}) as Fields);
    if (kiosk) keepNothing(at);
    return send(at, 'survey-note', { kind: 'thanks', text: '', kiosk });
  });

  const kioskPage = async (
    at: PageAt,
    code: string,
    dossierCode: string,
    problems: readonly PageProblem[],
    status = 200,
  ): Promise<FastifyReply> => {
    const survey = await surveys.open.kiosk(code);
    return send(at, 'survey-kiosk', { code, name: survey.name, dossierCode, problems }, status);
  };

  app.page({ ...open, path: '/khao-sat/quay/:code' }, (at) => {
    const { code } = at.request.params as { code: string };
    keepNothing(at);
    return refused(at, '', () => kioskPage(at, code, '', []));
  });

  app.page({ ...post, path: '/khao-sat/quay/:code' }, (at) => {
    const { code } = at.request.params as { code: string };
    const fields = (at.request.body ?? {}) as Fields;
    const typed = textOf(fields, 'ma', 60);
    keepNothing(at);
    return refused(at, code, async () => {
      await surveys.open.kiosk(code);
      const visitor = visitorOf(at.actor, at.request.ip);
      const input = readFollow(typed, fields['doi-chieu']);
      if (!input.ok) {
        const problems = input.problems.map((id): PageProblem => ({ id, key: `portal.tracking.bad-${id}` }));
        return kioskPage(at, code, typed, problems, 422);
      }
      await portal.admitSurvey(visitor);
      // The same check, and the same limits on guesses, as following a dossier.
      const found = await portal.browse.follow(input.code, input.digits, visitor).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'follow/whole-number') throw error;
        return error;
      });
      if (found instanceof AppError)
        return kioskPage(at, code, typed, [{ id: 'doi-chieu', text: errorText(found.code) }], found.status);
      if (!found) return kioskPage(at, code, typed, [{ id: 'ma', key: 'portal.survey.kiosk.no-match' }], 404);
      const ticket = await surveys.open.admitAtKiosk(code, found.code);
      return send(at, 'survey', surveyView(await surveys.open.questions(ticket), ticket, code, {}, []));
    });
  });

  // For staff, drawn like the citizens' own page.
  const preview = { method: 'GET', access: { permission: READ } } as const;
  app.page({ ...preview, path: '/api/surveys/forms/:id/preview' }, async (at) => {
    const { id } = at.request.params as { id: string };
    const { definition: form } = await surveys.form(at.actor, id);
    return send(at, 'survey', surveyView({ name: form.name, form, openTo: null }, undefined, '', {}, []));
  });
  app.page({ ...preview, path: '/api/surveys/:id/preview' }, async (at) => {
    const { id } = at.request.params as { id: string };
    if (!isUuid(id)) throw new AppError('row/missing');
    return send(at, 'survey', surveyView(await surveys.get(at.actor, id), undefined, '', {}, []));
  });

  app.page({ ...open, path: '/khao-sat/ket-qua/:code' }, async (at) => {
    const { code } = at.request.params as { code: string };
    const [results, satisfied] = await Promise.all([surveys.open.results(code), surveys.open.scale(code)]);
    return send(at, 'survey-results', resultView(results, satisfied));
  });

  for (const file of resultFiles) {
    app.page({ ...open, path: `/khao-sat/ket-qua/:code/ket-qua.${file.ending}` }, async ({ request, reply }) => {
      const { code } = request.params as { code: string };
      return sendResultFile(reply, file, await surveys.open.results(code), 'anybody');
    });
  }
}
