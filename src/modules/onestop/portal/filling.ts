import { type CompiledForm, compileForm } from '../../../core/forms/compile.ts';
import type { FormDefinition } from '../../../core/forms/definition.ts';
import { type Evaluation, evaluateForm, type FormError, type VisibleSection } from '../../../core/forms/evaluate.ts';
import type { Day } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { componentsFor, findCase, type NeededComponent } from '../procedures/rules/conditions.ts';
import type { Draft } from './draft-store.ts';
import type { PortalProcedure } from './ports.ts';
import { applicantForm, resultForm, type SubjectKind, subjectKinds } from './rules/applicant-form.ts';
import { errorsOfSection, type FormPart, type WizardStep, wizardSteps } from './rules/wizard.ts';

/** A draft looked at with the forms of its procedure: what is visible, what is wrong, which pages there are. */
export type Filling = {
  readonly procedure: PortalProcedure;
  readonly kinds: readonly SubjectKind[];
  readonly definitions: Readonly<Record<FormPart, FormDefinition | null>>;
  readonly compiled: Readonly<Record<FormPart, CompiledForm | null>>;
  readonly evaluations: Readonly<Record<FormPart, Evaluation>>;
  readonly caseId: string | undefined;
  /** Papers that are asked as files; those filled in online are not among them. */
  readonly papers: readonly NeededComponent[];
  /** All papers of the case, for the dossier. */
  readonly components: readonly NeededComponent[];
  readonly steps: readonly WizardStep[];
  readonly context: FillingContext;
};

export type FillingContext = { readonly today: Day; readonly demo: boolean; readonly signedIn: boolean };

const NOTHING: Evaluation = { values: {}, visible: [], errors: [], unknown: [] };
const compiledForms = new WeakMap<FormDefinition, CompiledForm>();
const applicantForms = new Map<string, FormDefinition>();

function compile(definition: FormDefinition): CompiledForm {
  const known = compiledForms.get(definition);
  if (known) return known;
  const result = compileForm(definition);
  if (!result.ok)
    throw new AppError('procedure/invalid', { params: { reason: result.findings[0]?.message ?? 'tờ khai sai' } });
  compiledForms.set(definition, result.form);
  return result.form;
}

/** Id of the person field that says whose dossier it is (`semanticKey: applicant`), where the form has one. */
export function ownerFieldOf(form: FormDefinition | null): string | undefined {
  for (const section of form?.sections ?? []) {
    if (section.repeat) continue;
    const field = section.fields.find((one) => one.type === 'person' && one.semanticKey === 'applicant');
    if (field) return field.id;
  }
  return undefined;
}

/** The form “who files” for a procedure; made once per variant, so that it is compiled once. */
export function applicantFormFor(procedure: PortalProcedure, signedIn: boolean): FormDefinition {
  const kinds = subjectKinds(procedure.definition.subjectTypes.map((subject) => subject.code));
  const asksOwner = ownerFieldOf(procedure.form) === undefined;
  const key = `${signedIn} ${asksOwner} ${kinds.join()}`;
  const known = applicantForms.get(key);
  if (known) return known;
  const form = applicantForm(kinds, { signedIn, asksOwner });
  applicantForms.set(key, form);
  return form;
}

/** Looks at a draft with the forms of the given revision. Pure but for caches of compiled forms. */
export function look(
  draft: Pick<Draft, 'applicant' | 'answers' | 'resultChoice' | 'caseId'>,
  procedure: PortalProcedure,
  ctx: FillingContext,
): Filling {
  const definitions = {
    applicant: applicantFormFor(procedure, ctx.signedIn),
    procedure: procedure.form,
    result: resultForm,
  };
  const compiled = {
    applicant: compile(definitions.applicant),
    procedure: procedure.form ? compile(procedure.form) : null,
    result: compile(resultForm),
  };
  const context = { today: ctx.today, demo: ctx.demo, mode: 'submit' } as const;
  const evaluations = {
    applicant: evaluateForm(compiled.applicant, draft.applicant, context),
    procedure: compiled.procedure ? evaluateForm(compiled.procedure, draft.answers, context) : NOTHING,
    result: evaluateForm(compiled.result, draft.resultChoice, context),
  };
  const inputs = { channel: 'online' as const, values: evaluations.procedure.values, today: ctx.today };
  const caseId = draft.caseId ?? findCase(procedure.definition, inputs)?.id;
  const components = componentsFor(procedure.definition, { ...inputs, caseId });
  const papers = components.filter((component) => component.form === undefined);
  const visible = {
    applicant: evaluations.applicant.visible,
    procedure: evaluations.procedure.visible,
    result: evaluations.result.visible,
  };
  return {
    procedure,
    kinds: subjectKinds(procedure.definition.subjectTypes.map((subject) => subject.code)),
    definitions,
    compiled,
    evaluations,
    caseId,
    papers,
    components,
    steps: wizardSteps(visible, papers.length > 0),
    context: ctx,
  };
}

/** The visible section a page shows. */
export function sectionOf(filling: Filling, step: Extract<WizardStep, { kind: 'section' }>): VisibleSection {
  const found = filling.evaluations[step.form].visible.find(({ section }) => section.id === step.sectionId);
  if (!found) throw new AppError('row/missing');
  return found;
}

/** Errors a page shows when one wants to go on. */
export function errorsOfStep(filling: Filling, step: WizardStep): readonly FormError[] {
  return step.kind === 'section'
    ? errorsOfSection(sectionOf(filling, step), filling.evaluations[step.form].errors)
    : [];
}

/** Required papers without a file. */
export function missingPapers(filling: Filling, papers: Draft['papers']): readonly NeededComponent[] {
  return filling.papers.filter((component) => component.required && (papers[component.id]?.length ?? 0) === 0);
}

/** Pages left by “continue” that still stand without error. */
export function doneSteps(filling: Filling, draft: Pick<Draft, 'visited' | 'papers'>): ReadonlySet<string> {
  const visited = new Set(draft.visited);
  const done = filling.steps.filter((step) => {
    if (!visited.has(step.id)) return false;
    if (step.kind === 'papers') return missingPapers(filling, draft.papers).length === 0;
    return errorsOfStep(filling, step).length === 0;
  });
  return new Set(done.map((step) => step.id));
}
