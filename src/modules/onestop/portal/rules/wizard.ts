import type { FormError, VisibleSection } from '../../../../core/forms/evaluate.ts';

/** One page of the wizard: a section of the applicant's form, of the procedure's form, of the hand-over form, the papers, the last look. */
export type WizardStep =
  | {
      readonly kind: 'section';
      readonly id: string;
      readonly form: FormPart;
      readonly sectionId: string;
      readonly title: string;
    }
  | { readonly kind: 'papers'; readonly id: 'giay-to' }
  | { readonly kind: 'check'; readonly id: 'kiem-tra' };

/** The three forms of a filing: who files, what is asked, how the result comes back. */
export type FormPart = 'applicant' | 'procedure' | 'result';

const PREFIX: Readonly<Record<FormPart, string>> = { applicant: 'nguoi-nop', procedure: 'to-khai', result: 'ket-qua' };

/**
 * The pages of a filing in order, from what is visible now: a section that a choice hides has no page. Papers are
 * left out where the procedure asks for none.
 */
export function wizardSteps(
  visible: Readonly<Record<FormPart, readonly VisibleSection[]>>,
  hasPapers: boolean,
): WizardStep[] {
  const sectionsOf = (form: FormPart): WizardStep[] =>
    visible[form].map(({ section }) => ({
      kind: 'section',
      id: `${PREFIX[form]}.${section.id}`,
      form,
      sectionId: section.id,
      title: section.title,
    }));
  return [
    ...sectionsOf('applicant'),
    ...sectionsOf('procedure'),
    ...(hasPapers ? [{ kind: 'papers', id: 'giay-to' } as const] : []),
    ...sectionsOf('result'),
    { kind: 'check', id: 'kiem-tra' },
  ];
}

/** Whether the page with this id shows a form; the others show papers and the last look. */
export function isForm(stepId: string): boolean {
  return Object.values(PREFIX).some((prefix) => stepId.startsWith(`${prefix}.`));
}

/** Ids of the fields and lists a section shows; errors elsewhere are not its own. */
export function idsOfSection({ section }: Pick<VisibleSection, 'section'>): ReadonlySet<string> {
  return new Set([section.id, ...section.fields.map((field) => field.id)]);
}

/** Errors that belong to a section: their path begins with one of its fields or lists. */
export function errorsOfSection(section: Pick<VisibleSection, 'section'>, errors: readonly FormError[]): FormError[] {
  const ids = idsOfSection(section);
  return errors.filter((error) => ids.has(error.path.split('.')[0] ?? ''));
}

/**
 * Which pages count as done: those the person has left by "continue" and that have no error now. The first page that
 * is not done is where a resumed draft opens.
 */
export function stepStates(
  steps: readonly WizardStep[],
  currentId: string,
  visited: ReadonlySet<string>,
): { readonly step: WizardStep; readonly state: 'done' | 'current' | 'ahead' }[] {
  return steps.map((step) => ({
    step,
    state: step.id === currentId ? 'current' : visited.has(step.id) ? 'done' : 'ahead',
  }));
}

/** The page after the given one; undefined after the last or for an unknown page. */
export function stepAfter(steps: readonly WizardStep[], id: string): WizardStep | undefined {
  const at = steps.findIndex((step) => step.id === id);
  return at < 0 ? undefined : steps[at + 1];
}

/** The page before the given one. */
export function stepBefore(steps: readonly WizardStep[], id: string): WizardStep | undefined {
  const at = steps.findIndex((step) => step.id === id);
  return at <= 0 ? undefined : steps[at - 1];
}

/** Where a resumed draft opens: the first page not left by "continue" yet. */
export function firstOpenStep(steps: readonly WizardStep[], visited: ReadonlySet<string>): WizardStep | undefined {
  return steps.find((step) => !visited.has(step.id)) ?? steps.at(-1);
}

/** Address of a page of the wizard. */
export function stepHref(draftId: string, stepId: string): string {
  return `/nop-ho-so/${draftId}/${stepId}`;
}

/** Id of a page's group on the last page; problems of that page link to it. */
export function groupId(stepId: string): string {
  return `nhom-${stepId.replaceAll('.', '-')}`;
}
