import { type CompiledForm, compileForm } from '../../../core/forms/compile.ts';
import { type Evaluation, evaluateForm } from '../../../core/forms/evaluate.ts';
import { type Day, dayOf } from '../../../core/time/index.ts';
import type { CompiledCalendar } from '../../../core/working-time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { componentsFor, findCase, type NeededComponent } from '../procedures/rules/conditions.ts';
import { type ComputedFees, computeFees } from '../procedures/rules/fees.ts';
import { type Circumstances, limitText, resolveTimeLimit, stepAllowance } from '../procedures/rules/time-limit.ts';
import type { DossierPorts, ProcedureRevision, RegimeFacts, UnitFacts } from './ports.ts';
import type { Limit, PlannedStep } from './rules/context.ts';

export type IntakeQuestion = {
  readonly procedureCode: string;
  readonly caseId?: string | null | undefined;
  readonly area?: 'normal' | 'difficult' | undefined;
  readonly channel: 'desk' | 'online' | 'post';
  /** The desk that receives. */
  readonly unitId: string;
  readonly formValues: Readonly<Record<string, unknown>>;
};

/** Everything the law and the organisation say about a dossier before it exists. */
export type Prepared = {
  readonly day: Day;
  readonly revision: ProcedureRevision;
  readonly desk: UnitFacts;
  readonly authority: UnitFacts;
  readonly regime: RegimeFacts;
  readonly circumstances: Circumstances;
  readonly limit: Limit;
  readonly limitText: string;
  readonly plan: readonly PlannedStep[];
  readonly calendar: CompiledCalendar;
  readonly calendarRevisionId: string;
  readonly form: Evaluation;
  readonly fees: ComputedFees;
  readonly components: readonly NeededComponent[];
};

const compiled = new WeakMap<object, CompiledForm>();

/** Forms are compiled once per revision. */
export function formOf(revision: ProcedureRevision): CompiledForm | null {
  if (!revision.form) return null;
  const known = compiled.get(revision.form);
  if (known) return known;
  const result = compileForm(revision.form);
  if (!result.ok) {
    throw new AppError('procedure/invalid', {
      params: { reason: result.findings[0]?.message ?? words('server.dossier.form-wrong') },
    });
  }
  compiled.set(revision.form, result.form);
  return result.form;
}

/** The workflow of a revision with the units that do each step on a day; the unit is empty where nobody does it. */
export async function findPlan(
  ports: DossierPorts,
  revision: ProcedureRevision,
  circumstances: Circumstances,
  desk: string,
  authority: string,
  day: Day,
): Promise<PlannedStep[]> {
  const plan: PlannedStep[] = [];
  for (const step of revision.definition.steps) {
    const unit = await ports.stepUnit(step, desk, authority, day);
    plan.push({
      id: step.id,
      name: step.name,
      kind: step.kind,
      role: step.role,
      unitId: unit?.id ?? '',
      allow: stepAllowance(step, circumstances),
    });
  }
  return plan;
}

/**
 * The plan of a dossier that is about to begin.
 * @throws AppError procedure/invalid where a step has no unit to do it.
 */
export async function planOf(
  ports: DossierPorts,
  revision: ProcedureRevision,
  circumstances: Circumstances,
  desk: string,
  authority: string,
  day: Day,
): Promise<PlannedStep[]> {
  const plan = await findPlan(ports, revision, circumstances, desk, authority, day);
  const orphan = plan.find((step) => step.unitId === '');
  if (!orphan) return plan;
  throw new AppError('procedure/invalid', {
    params: { reason: words('server.dossier.no-unit', { step: orphan.name, day }) },
  });
}

/** The limit that holds, with the supplement policy of the procedure or else of the regime. */
export function limitOf(
  revision: ProcedureRevision,
  circumstances: Circumstances,
  regime: RegimeFacts,
): { limit: Limit; text: string } {
  const resolved = resolveTimeLimit(revision.definition, circumstances);
  if (!resolved.ok) throw new AppError('procedure/invalid', { params: { reason: resolved.message } });
  const { allow, phases, supplementPolicy } = resolved.limit;
  const [first, second] = phases ?? [];
  const main = allow ?? first;
  if (!main) throw new AppError('procedure/invalid', { params: { reason: words('server.dossier.no-days') } });
  return {
    limit: {
      allow: main,
      ...(first && second ? { phases: [first, second] as const } : {}),
      supplementPolicy: supplementPolicy ?? regime.supplementPolicy,
    },
    text: limitText(resolved.limit),
  };
}

/**
 * Looks up and checks everything an intake needs on its day: unit in force, procedure in force for the unit's level,
 * channel open, limit, plan, calendar, form, fees, papers. Form errors are in the result, not thrown.
 * @throws AppError procedure/missing, unit/closed, unit/missing, dossier/channel-closed, procedure/invalid, calendar/invalid.
 */
export async function prepare(
  ports: DossierPorts,
  question: IntakeQuestion,
  now: Date,
  demo: boolean,
): Promise<Prepared> {
  const day = dayOf(now);
  const desk = await ports.findUnit(question.unitId, day);
  if (!desk) throw new AppError('unit/closed', { params: { day } });
  const own = await ports.authorityOf(desk.id, null, day);
  if (!own) throw new AppError('unit/closed', { params: { day } });
  const revision = await ports.findProcedure(question.procedureCode, own.level, day);
  if (!revision) throw new AppError('procedure/missing', { params: { code: question.procedureCode, day } });
  const { definition } = revision;
  if (!definition.channels[question.channel]) throw new AppError('dossier/channel-closed');
  const authority = definition.decidedAt ? await ports.authorityOf(desk.id, definition.decidedAt, day) : own;
  if (!authority) throw new AppError('unit/missing', { params: { code: definition.decidedAt ?? '' } });
  const regime = ports.regimeOn(day);
  const compiledForm = formOf(revision);
  const form: Evaluation = compiledForm
    ? evaluateForm(compiledForm, question.formValues, { today: day, demo, mode: 'submit' })
    : { values: {}, errors: [], visible: [], unknown: [] };
  const found = question.caseId ?? findCase(definition, { channel: question.channel, values: form.values })?.id;
  const circumstances: Circumstances = { caseId: found, area: question.area ?? 'normal', channel: question.channel };
  const { limit, text } = limitOf(revision, circumstances, regime);
  const plan = await planOf(ports, revision, circumstances, desk.id, authority.id, day);
  const { calendar, revisionId } = await ports.calendarFor(desk.id, day);
  const inputs = { caseId: found, channel: question.channel, values: form.values };
  return {
    day,
    revision,
    desk,
    authority,
    regime,
    circumstances,
    limit,
    limitText: text,
    plan,
    calendar,
    calendarRevisionId: revisionId,
    form,
    fees: computeFees(definition, inputs, await ports.localAmounts(definition.code, day)),
    components: componentsFor(definition, inputs),
  };
}
