import { type Actor, actorRef } from '../../../core/access/actor.ts';
import type { BodyOf, QueryOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { keyed } from '../../../platform/db/idempotency.ts';
import type { Renderer } from '../../../platform/documents/renderer.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import * as answers from './answer-service.ts';
import * as changes from './change-service.ts';
import { listClosed } from './closed-service.ts';
import type { SurveyContext } from './context.ts';
import type * as contract from './contract.ts';
import * as entries from './entry-service.ts';
import * as forms from './form-service.ts';
import * as index from './index-of.ts';
import { lettersPdf } from './letters.ts';
import * as results from './result-service.ts';
import type { SurveyResults } from './rules/result-document.ts';
import * as surveys from './survey-service.ts';

type Body<N extends keyof typeof contract> = BodyOf<(typeof contract)[N]>;
type Reply<N extends keyof typeof contract> = Promise<ReplyOf<(typeof contract)[N]>>;

/** The use cases of surveys. The first argument is who acts, but for what citizens do without a name. */
export type SurveyService = ReturnType<typeof createSurveyService>;

export function createSurveyService(ctx: SurveyContext) {
  return {
    forms: (actor: Actor): Reply<'listSurveyForms'> => forms.listForms(ctx, actor),
    form: (actor: Actor, id: string): Reply<'getSurveyForm'> => forms.readForm(ctx, actor, id),
    makeForm: (actor: Actor, body: Body<'makeSurveyForm'>) => forms.makeForm(ctx, actor, body),
    saveForm: (actor: Actor, id: string, body: Body<'saveSurveyForm'>) => forms.saveForm(ctx, actor, id, body),
    discardForm: (actor: Actor, id: string, version: number) => forms.discardForm(ctx, actor, id, version),
    publishForm: (actor: Actor, id: string, version: number) => forms.publishForm(ctx, actor, id, version),

    list: (actor: Actor, query: QueryOf<typeof contract.listSurveys>) => surveys.listSurveys(ctx, actor, query),
    make: (actor: Actor, body: Body<'makeSurvey'>, key?: string): Reply<'makeSurvey'> =>
      keyed(
        ctx.db,
        { operation: 'survey-make', actor: actorRef(actor), key, body },
        {
          run: (db) => surveys.makeSurvey({ ...ctx, db }, actor, body),
          keep: (made: { id: string }) => made,
          again: (kept: { id: string }) => kept,
        },
      ),
    get: (actor: Actor, id: string): Reply<'getSurvey'> => surveys.readSurvey(ctx, actor, id),
    act: (actor: Actor, id: string, body: Body<'actOnSurvey'>) => surveys.actOnSurvey(ctx, actor, id, body),
    setDays: (actor: Actor, id: string, body: Body<'setSurveyDays'>) => changes.setDays(ctx, actor, id, body),
    discard: (actor: Actor, id: string, version: number) => changes.discardSurvey(ctx, actor, id, version),

    sample: (actor: Actor, id: string, query: QueryOf<typeof contract.listSurveySample>) =>
      entries.listSample(ctx, actor, id, query),
    enter: (actor: Actor, id: string, body: Body<'enterSurveyAnswer'>) => entries.enterAnswer(ctx, actor, id, body),
    noteCall: (actor: Actor, id: string, body: Body<'noteSurveyCall'>) => entries.noteCall(ctx, actor, id, body),
    papers: (actor: Actor, id: string) => entries.listPapers(ctx, actor, id),
    settlePaper: (actor: Actor, id: string, paperId: string, body: Body<'settleSurveyPaper'>) =>
      entries.settlePaper(ctx, actor, id, paperId, body),
    letters: (renderer: Renderer, actor: Actor, id: string, page: number) => lettersPdf(ctx, renderer, actor, id, page),

    /** The frozen results, for files. @throws row/missing, survey/state while it is not closed */
    async results(actor: Actor, id: string): Promise<SurveyResults> {
      const found = results.readResults(await surveys.getSurvey(ctx, actor, id));
      if (!found) throw new AppError('survey/state');
      return found;
    },
    ratings: (actor: Actor, query: QueryOf<typeof contract.listSurveyRatings>) => results.ratings(ctx, actor, query),
    ratingShare: (of: Parameters<typeof results.ratingShare>[1]) => results.ratingShare(ctx, of),
    indexOf: (of: Parameters<typeof index.indexOf>[1]) => index.indexOf(ctx, of),
    /** Of which units an index is still being asked; nothing of its answers. */
    runningIndices: (of: Parameters<typeof index.runningIndices>[1]) => index.runningIndices(ctx, of),

    /** What the public pages need: nobody is signed in there. */
    open: {
      questions: (ticket: string) => answers.questionsOf(ctx, ticket),
      answer: (ticket: string, given: Readonly<Record<string, unknown>>, channel: 'link' | 'kiosk') =>
        answers.answer(ctx, ticket, given, channel),
      kiosk: (code: string) => answers.openKiosk(ctx, code),
      admitAtKiosk: (code: string, dossierCode: string) => answers.admitAtKiosk(ctx, code, dossierCode),
      closed: (query: Readonly<Record<string, unknown>>) => listClosed(ctx, query),
      results: (code: string) => results.publicResults(ctx, code),
      scale: (code: string) => results.publicScale(ctx, code),
    },
  };
}
