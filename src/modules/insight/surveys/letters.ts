import fs from 'node:fs';
import path from 'node:path';
import type { Actor } from '../../../core/access/actor.ts';
import { formatDay } from '../../../core/time/index.ts';
import { DocumentError } from '../../../platform/documents/document-error.ts';
import { qrSvg } from '../../../platform/documents/qr.ts';
import type { Renderer } from '../../../platform/documents/renderer.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { authorityName } from '../../foundation/organisation/index.ts';
import { CONTENT_DIR } from '../../foundation/reference/index.ts';
import type { SurveyContext } from './context.ts';
import { listSample } from './entry-service.ts';
import { choicesOf } from './rules/questionnaire.ts';
import { getSurvey } from './survey-service.ts';
import { ticketOf } from './ticket.ts';
import { unitNamer } from './unit-namer.ts';

/**
 * Letters with the questionnaire for one page of the sample not yet answered: the way by QR, the code of the paper, the
 * questions to be ticked. No name: who gets which letter is told by the dossier's code.
 * @throws row/missing, survey/state (not open), service/unavailable
 */
export async function lettersPdf(
  ctx: SurveyContext,
  renderer: Renderer,
  actor: Actor,
  id: string,
  page: number,
): Promise<Buffer> {
  const survey = await getSurvey(ctx, actor, id);
  if (survey.state !== 'open') throw new AppError('survey/state');
  const { rows } = await listSample(ctx, actor, id, { page });
  if (rows.length === 0) throw new AppError('row/missing');
  const nameOf = unitNamer(await ctx.ports.directory(), survey.finishedTo);
  const data = {
    unit: authorityName(nameOf(survey.unitId)),
    name: survey.name,
    intro: survey.form.intro ?? '',
    until: formatDay(survey.openTo),
    questions: survey.form.questions.map((question) => ({
      text: question.text,
      optional: question.optional ?? false,
      choices: choicesOf(survey.form, question).map((choice) => choice.text),
    })),
    letters: rows.map(({ dossierId, dossierCode }) => {
      const ticket = ticketOf(ctx.secret, survey.id, dossierId);
      const url = `${ctx.publicUrl}/khao-sat/${ticket}`;
      return { code: dossierCode, ticket, url, qr: qrSvg(url) };
    }),
  };
  const template = await fs.promises.readFile(path.join(CONTENT_DIR, 'templates/surveys/letter.typ'), 'utf8');
  return renderer
    .renderPdf({ template, data, title: survey.name, createdAt: ctx.clock.now() })
    .catch((error: unknown) => {
      const refused = error instanceof DocumentError && (error.code === 'busy' || error.code === 'closed');
      throw refused ? new AppError('service/unavailable') : error;
    });
}
