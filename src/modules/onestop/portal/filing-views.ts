import type { FormError } from '../../../core/forms/evaluate.ts';
import { printForm } from '../../../core/forms/print.ts';
import { toIso } from '../../../core/time/index.ts';
import { computeFees } from '../procedures/rules/fees.ts';
import { limitText, resolveTimeLimit } from '../procedures/rules/time-limit.ts';
import type { Visitor } from './context.ts';
import type { OpenDraft } from './draft-service.ts';
import { type Filling, sectionOf } from './filling.ts';
import type { CheckView, PapersView, WizardFrame } from './rules/filing-views.ts';
import type { FormPageView } from './rules/form-views.ts';
import type { PageProblem } from './rules/page-context.ts';
import type { Revealed } from './rules/revealed.ts';
import { groupId, stepBefore, stepHref, stepStates, type WizardStep } from './rules/wizard.ts';

/** What a page has to tell besides its content. */
export type Told = {
  readonly problems: readonly PageProblem[];
  readonly errors: readonly FormError[];
  readonly notice: WizardFrame['notice'];
  /** Questions an answer has just added to the page. */
  readonly revealed?: readonly Revealed[];
  /** The guest's secret, shown at the foot. */
  readonly secret: string | undefined;
};

const MAX_MB = 10;

function titleOf(step: WizardStep): string | { key: string } {
  switch (step.kind) {
    case 'section':
      return step.title;
    case 'papers':
      return { key: 'portal.papers.heading' };
    case 'check':
      return { key: 'portal.check.heading' };
  }
}

/** Frame of a page of the wizard. */
export function frameOf(
  { draft, filling }: OpenDraft,
  step: WizardStep,
  told: Told,
  training: boolean,
  done: ReadonlySet<string>,
): WizardFrame {
  const before = stepBefore(filling.steps, step.id);
  return {
    draftId: draft.id,
    procedureCode: draft.procedureCode,
    procedureName: filling.procedure.definition.name,
    steps: stepStates(filling.steps, step.id, done).map(({ step: one, state }) => ({
      id: one.id,
      title: titleOf(one),
      state,
      href: stepHref(draft.id, one.id),
    })),
    action: stepHref(draft.id, step.id),
    backHref: before ? stepHref(draft.id, before.id) : null,
    savedAt: toIso(draft.savedAt),
    notice: told.notice,
    problems: told.problems,
    revealed: told.revealed ?? [],
    resumeCode: draft.accountId === null ? (told.secret ?? null) : null,
    version: draft.version,
    training,
  };
}

/** A section of a form as a page. */
export function formView(
  frame: WizardFrame,
  { filling }: OpenDraft,
  step: Extract<WizardStep, { kind: 'section' }>,
  errors: readonly FormError[],
  visitor: Visitor,
): FormPageView {
  const isContact = step.form === 'applicant' && visitor.kind === 'citizen';
  return {
    frame,
    section: sectionOf(filling, step),
    errors,
    unitsUrl: '/api/public/units',
    filedAs: isContact ? visitor.fullName : null,
  };
}

/** The page of papers. */
export function papersView(frame: WizardFrame, { draft, filling }: OpenDraft): PapersView {
  return {
    frame,
    maxMb: MAX_MB,
    components: filling.papers.map((component) => ({
      id: component.id,
      name: component.name,
      required: component.required,
      hint: component.hint ?? '',
      files: (draft.papers[component.id] ?? []).map((file) => ({
        id: file.fileId,
        name: file.name,
        sizeBytes: file.sizeBytes,
      })),
    })),
  };
}

/** Everything once more. */
export function checkView(frame: WizardFrame, open: OpenDraft, deskName: string): CheckView {
  const { filling } = open;
  const { definition } = filling.procedure;
  const at = { caseId: filling.caseId, channel: 'online' as const };
  const limit = resolveTimeLimit(definition, at);
  const fees = computeFees(definition, { ...at, values: filling.evaluations.procedure.values });
  // The desk knows the amount the province has set; our own figure would be read as “free”.
  const waitsForProvince = new Set(definition.fees.filter((fee) => fee.setByProvince).map((fee) => fee.id));
  return {
    frame,
    groups: filling.steps.flatMap((step) => {
      if (step.kind === 'check') return [];
      return [
        {
          id: groupId(step.id),
          title: titleOf(step),
          changeHref: stepHref(open.draft.id, step.id),
          lines: linesOf(open, step),
        },
      ];
    }),
    fees: fees.ok
      ? fees.lines.map((line) => ({
          name: line.name,
          amountVnd: waitsForProvince.has(line.feeId) && line.exemptedBy === null ? null : line.amountVnd,
        }))
      : definition.fees.map(({ name }) => ({ name, amountVnd: null })),
    limitText: limit.ok ? limitText(limit.limit) : '',
    deskName,
  };
}

function linesOf(
  { draft, filling }: OpenDraft,
  step: Exclude<WizardStep, { kind: 'check' }>,
): { label: string; value: string }[] {
  if (step.kind === 'papers') {
    return filling.papers.map((component) => ({
      label: component.name,
      value: (draft.papers[component.id] ?? []).map((file) => file.name).join('; '),
    }));
  }
  return sectionLines(filling, step);
}

function sectionLines(
  filling: Filling,
  step: Extract<WizardStep, { kind: 'section' }>,
): { label: string; value: string }[] {
  const form = filling.compiled[step.form];
  if (!form) return [];
  // The printed form has its sections in the order of the visible ones, each begun by a line of its own.
  const lines = printForm(form, filling.evaluations[step.form].values, filling.context);
  const at = filling.evaluations[step.form].visible.findIndex(({ section }) => section.id === step.sectionId);
  const starts = lines.flatMap((line, index) => (line.kind === 'section' ? [index] : []));
  const from = starts[at];
  if (from === undefined) return [];
  return lines
    .slice(from + 1, starts[at + 1])
    .filter((line) => line.kind !== 'note')
    .map(({ label, value }) => ({ label, value }));
}
