import { isUuid } from '../../../core/ids/uuid.ts';
import type { Renderer } from '../../../platform/documents/renderer.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import { sendMade } from '../../../platform/http/send-made.ts';
import * as contract from './contract.ts';
import { resultFiles, sendResultFile } from './result-files.ts';
import type { SurveyService } from './service.ts';

/** Binds the endpoints of surveys for staff. The citizens' pages are in `page-routes.ts`. */
export function registerSurveyRoutes(
  app: HttpApp,
  { service, renderer }: { readonly service: SurveyService; readonly renderer: Renderer },
): void {
  app.handle(contract.listSurveyForms, ({ actor }) => service.forms(actor));
  app.handle(contract.getSurveyForm, ({ actor, params }) => service.form(actor, params.id));
  app.handle(contract.makeSurveyForm, ({ actor, body }) => service.makeForm(actor, body));
  app.handle(contract.saveSurveyForm, ({ actor, params, body }) => service.saveForm(actor, params.id, body));
  app.handle(contract.publishSurveyForm, ({ actor, params, body }) =>
    service.publishForm(actor, params.id, body.version),
  );
  app.handle(contract.discardSurveyForm, ({ actor, params, body }) =>
    service.discardForm(actor, params.id, body.version),
  );
  app.handle(contract.listSurveys, ({ actor, query }) => service.list(actor, query));
  app.handle(contract.makeSurvey, ({ actor, body, idempotencyKey }) => service.make(actor, body, idempotencyKey));
  app.handle(contract.listSurveyRatings, ({ actor, query }) => service.ratings(actor, query));
  app.handle(contract.getSurvey, ({ actor, params }) => service.get(actor, params.id));
  app.handle(contract.actOnSurvey, ({ actor, params, body }) => service.act(actor, params.id, body));
  app.handle(contract.setSurveyDays, ({ actor, params, body }) => service.setDays(actor, params.id, body));
  app.handle(contract.discardSurvey, ({ actor, params, body }) => service.discard(actor, params.id, body.version));
  app.handle(contract.listSurveySample, ({ actor, params, query }) => service.sample(actor, params.id, query));
  app.handle(contract.enterSurveyAnswer, ({ actor, params, body }) => service.enter(actor, params.id, body));
  app.handle(contract.noteSurveyCall, ({ actor, params, body }) => service.noteCall(actor, params.id, body));
  app.handle(contract.listSurveyPapers, ({ actor, params }) => service.papers(actor, params.id));
  app.handle(contract.settleSurveyPaper, ({ actor, params, body }) =>
    service.settlePaper(actor, params.id, params.paperId, body),
  );
  for (const file of resultFiles) {
    app.page(
      { method: 'GET', path: `/api/surveys/:id/results.${file.ending}`, access: { permission: 'surveys.read' } },
      async ({ actor, request, reply }) => {
        const { id } = request.params as { id: string };
        if (!isUuid(id)) throw new AppError('row/missing');
        return sendResultFile(reply, file, await service.results(actor, id), 'staff');
      },
    );
  }
  app.page(
    { method: 'GET', path: '/api/surveys/:id/letters.pdf', access: { permission: 'surveys.enter' } },
    async ({ actor, request, reply }) => {
      const { id } = request.params as { id: string };
      const { page } = request.query as { page?: string };
      if (!isUuid(id)) throw new AppError('row/missing');
      const wanted = /^[1-9]\d{0,3}$/.test(page ?? '') ? Number(page) : 1;
      const letters = await service.letters(renderer, actor, id, wanted);
      return sendMade(reply, 'thu-moi-khao-sat.pdf', letters, { shown: true });
    },
  );
}
