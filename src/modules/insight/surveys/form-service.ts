import crypto from 'node:crypto';
import { type Actor, actorRef, holds, unitsFor } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { isUuid, uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf } from '../../../core/time/index.ts';
import { isDuplicate } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { canonicalJson } from '../../foundation/audit/rules/canonical-json.ts';
import { contentForms } from './content.ts';
import type { SurveyContext } from './context.ts';
import type * as contract from './contract.ts';
import * as store from './form-store.ts';
import { record } from './record.ts';
import { lintQuestionnaire, type Questionnaire } from './rules/questionnaire.ts';

export const READ = 'surveys.read';
export const EDIT = 'surveys.edit';

/** SHA-256 of a questionnaire's canonical text. */
export const formDigest = (form: Questionnaire): string =>
  crypto.createHash('sha256').update(canonicalJson(form)).digest('hex');

/** The least a questionnaire may be: one question on a scale of five. */
const emptyForm = (today: string): Questionnaire => ({
  id: 'phieu',
  name: words('server.survey-form.name'),
  kind: 'free',
  validFrom: today,
  source: words('server.survey-form.source'),
  verified: true,
  scale: [1, 2, 3, 4, 5].map((step) => words(`server.survey-form.scale-${step}`)),
  satisfiedFrom: 4,
  index: 'share',
  factors: [],
  questions: [{ id: 'q1', kind: 'scale', text: words('server.survey-form.question') }],
});

type Line = ReplyOf<typeof contract.listSurveyForms>['rows'][number];

function lineOf(definition: Questionnaire, row: store.StoredForm | undefined, actor: Actor): Line {
  return {
    id: row?.id ?? definition.id,
    code: row?.code ?? definition.id,
    no: row?.no ?? 0,
    name: definition.name,
    kind: definition.kind,
    status: row?.status ?? 'content',
    version: row?.version ?? 0,
    questions: definition.questions.length,
    verified: definition.verified,
    validFrom: definition.validFrom,
    validTo: definition.validTo ?? null,
    mayEdit: row?.status === 'draft' && holds(actor, EDIT, row.unitId),
  };
}

/** Questionnaires shipped, published ones, and drafts of the reader's units. */
export async function listForms(ctx: SurveyContext, actor: Actor): Promise<ReplyOf<typeof contract.listSurveyForms>> {
  const rows = await store.listForms(ctx.db, unitsFor(actor, READ));
  const today = dayOf(ctx.clock.now());
  const directory = await ctx.ports.directory();
  return {
    units: unitsFor(actor, EDIT).flatMap((id) => {
      const unit = directory.unitOn(id, today);
      return unit?.type === 'administrative' ? [{ id, name: unit.name, parentId: unit.parentId }] : [];
    }),
    rows: [
      ...contentForms().map((form) => lineOf(form, undefined, actor)),
      ...rows.map((row) => lineOf(row.definition, row, actor)),
    ],
  };
}

/** A questionnaire by the code of a shipped one or the id of a row. @throws row/missing */
export async function getForm(
  ctx: SurveyContext,
  actor: Actor,
  id: string,
): Promise<{ readonly definition: Questionnaire; readonly row: store.StoredForm | undefined }> {
  const shipped = contentForms().find((form) => form.id === id);
  if (shipped) return { definition: shipped, row: undefined };
  const row = isUuid(id) ? await store.findForm(ctx.db, unitsFor(actor, READ), id) : undefined;
  if (!row) throw new AppError('row/missing');
  return { definition: row.definition, row };
}

export async function readForm(
  ctx: SurveyContext,
  actor: Actor,
  id: string,
): Promise<ReplyOf<typeof contract.getSurveyForm>> {
  const { definition, row } = await getForm(ctx, actor, id);
  return { ...lineOf(definition, row, actor), definition, findings: lintQuestionnaire(definition) };
}

/** A draft of the actor's unit: a copy, or begun from nothing. @throws row/missing, row/duplicate (there is a draft already) */
export async function makeForm(
  ctx: SurveyContext,
  actor: Actor,
  body: BodyOf<typeof contract.makeSurveyForm>,
): Promise<ReplyOf<typeof contract.makeSurveyForm>> {
  if (!holds(actor, EDIT, body.unitId)) throw new AppError('row/missing');
  const at = ctx.clock.now();
  const begun = body.fromId === undefined ? emptyForm(dayOf(at)) : (await getForm(ctx, actor, body.fromId)).definition;
  const id = uuidv7(at);
  const definition: Questionnaire = { ...begun, id: body.code };
  try {
    await ctx.db.transaction().execute(async (trx) => {
      await store.insertForm(trx, {
        id,
        code: body.code,
        unitId: body.unitId,
        definition,
        by: actorRef(actor),
        at,
      });
      await record(trx, actor, 'survey.form-save', { id, unitId: body.unitId }, at, { code: body.code });
    });
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('row/duplicate');
    throw error;
  }
  return { id };
}

async function openDraft(ctx: SurveyContext, actor: Actor, id: string, version: number): Promise<store.StoredForm> {
  const { row } = await getForm(ctx, actor, id);
  if (!row || !holds(actor, EDIT, row.unitId)) throw new AppError('row/missing');
  if (row.status === 'published') throw new AppError('survey/form-final');
  if (row.version !== version) throw new AppError('row/stale', { extra: { currentVersion: row.version } });
  return row;
}

/** Keeps a draft as it is, finished or not. @throws row/missing, row/stale, survey/form-final */
export async function saveForm(
  ctx: SurveyContext,
  actor: Actor,
  id: string,
  body: BodyOf<typeof contract.saveSurveyForm>,
): Promise<ReplyOf<typeof contract.saveSurveyForm>> {
  const row = await openDraft(ctx, actor, id, body.version);
  const at = ctx.clock.now();
  // The code stays: it names the questionnaire through all its revisions.
  const definition = { ...body.definition, id: row.code };
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await store.saveForm(trx, id, body.version, definition))) throw new AppError('row/stale');
    await record(trx, actor, 'survey.form-save', row, at, { code: row.code });
  });
  return { id, version: body.version + 1 };
}

/** Publishes a sound draft; from then on it cannot be changed. @throws as `saveForm`, survey/form-unsound with the places */
export async function publishForm(
  ctx: SurveyContext,
  actor: Actor,
  id: string,
  version: number,
): Promise<ReplyOf<typeof contract.publishSurveyForm>> {
  const row = await openDraft(ctx, actor, id, version);
  const findings = lintQuestionnaire(row.definition);
  if (findings.length > 0) {
    const fields = findings.map(({ path, message }) => ({ path: `definition/${path}`, code: 'unsound', message }));
    throw new AppError('survey/form-unsound', { fields });
  }
  const at = ctx.clock.now();
  const digest = formDigest(row.definition);
  await ctx.db.transaction().execute(async (trx) => {
    const done = await store.publishForm(trx, id, version, { digest, at, by: actorRef(actor) });
    if (!done) throw new AppError('row/stale');
    await record(trx, actor, 'survey.form-publish', row, at, { code: row.code, digest });
  });
  return { id, version: version + 1 };
}

/** Throws a draft away; what it was called is free again. @throws as `saveForm` */
export async function discardForm(
  ctx: SurveyContext,
  actor: Actor,
  id: string,
  version: number,
): Promise<ReplyOf<typeof contract.discardSurveyForm>> {
  const row = await openDraft(ctx, actor, id, version);
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await store.deleteForm(trx, id, version))) throw new AppError('row/stale');
    await record(trx, actor, 'survey.form-discard', row, ctx.clock.now(), { code: row.code });
  });
  return { id };
}
