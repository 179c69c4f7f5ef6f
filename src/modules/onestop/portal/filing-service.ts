import { evaluateForm, type FormError, type FormValues } from '../../../core/forms/evaluate.ts';
import { parseFormPost } from '../../../core/forms/post.ts';
import type { FileValue } from '../../../core/forms/read-file.ts';
import { AppError, errorText } from '../../../platform/errors/app-error.ts';
import { type PortalDeps, today, type Visitor } from './context.ts';
import { type DraftService, type OpenDraft, readVersion } from './draft-service.ts';
import type { Draft, DraftChange } from './draft-store.ts';
import { submitFiling } from './filing-submit.ts';
import { checkView, formView, frameOf, papersView, type Told } from './filing-views.ts';
import { doneSteps, errorsOfStep, type Filling, missingPapers, sectionOf } from './filling.ts';
import type { HeldPost } from './held-post-service.ts';
import { discardFiles, type Posted, textOf } from './posted.ts';
import type { PageProblem } from './rules/page-context.ts';
import type { PortalPages } from './rules/pages.ts';
import { type Revealed, revealedIn, withoutRevealed } from './rules/revealed.ts';
import { type FormPart, firstOpenStep, stepAfter, stepHref, type WizardStep } from './rules/wizard.ts';
import { admitVisitor } from './visit-guard.ts';

/** What to answer a request in the wizard: a page to show, or where to go. */
export type WizardAnswer =
  | { readonly kind: 'page'; readonly page: WizardPage; readonly failed: boolean }
  | { readonly kind: 'go'; readonly to: string }
  | { readonly kind: 'saved'; readonly version: number };

export type WizardPage = {
  readonly [N in 'form' | 'papers' | 'check']: { readonly name: N; readonly props: PortalPages[N] };
}['form' | 'papers' | 'check'];

/** Most files one draft takes in all, those taken out again counted: a guest is not to fill the disk. */
const MAX_DRAFT_FILES = 60;

export type FilingService = ReturnType<typeof createFilingService>;

/** The filing wizard: shows pages, takes what is posted, files. Every post saves, whatever else is wrong. */
export function createFilingService(deps: PortalDeps, drafts: DraftService) {
  const { db, files, ports } = deps;

  /** A page of the wizard as it stands, with what is to be told on it. */
  async function pageOf(visitor: Visitor, open: OpenDraft, step: WizardStep, told: Told): Promise<WizardPage> {
    const frame = frameOf(open, step, told, ports.place.site().training, doneSteps(open.filling, open.draft));
    switch (step.kind) {
      case 'section':
        return { name: 'form', props: formView(frame, open, step, told.errors, visitor) };
      case 'papers':
        return { name: 'papers', props: papersView(frame, open) };
      case 'check': {
        const desks = await ports.place.desksFor(open.filling.procedure, today(deps));
        return {
          name: 'check',
          props: checkView(frame, open, desks.find((desk) => desk.id === open.draft.deskUnitId)?.name ?? ''),
        };
      }
    }
  }

  /** Takes a post into the draft; nothing is checked for completeness here. */
  async function take(
    visitor: Visitor,
    open: OpenDraft,
    step: WizardStep,
    given: Posted,
  ): Promise<{ change: DraftChange; problems: PageProblem[]; stays: boolean }> {
    const posted = await withinLimit(visitor, open.draft, given);
    if (step.kind === 'section') return takeSection(visitor, open, step, posted);
    if (step.kind === 'papers') return takePapers(visitor, open, posted);
    await discardFiles(posted);
    return { change: {}, problems: [], stays: false };
  }

  /** The same post; where the draft has no room for its files, they are thrown away and told as refused. */
  async function withinLimit(visitor: Visitor, draft: Draft, posted: Posted): Promise<Posted> {
    if (posted.files.length === 0) return posted;
    try {
      await admitVisitor(deps, visitor, 'guestFile', posted.files.length);
    } catch (error) {
      await discardFiles(posted);
      if (!(error instanceof AppError)) throw error;
      return { ...posted, files: posted.files.map(({ field }) => ({ ok: false, field, error })) };
    }
    const kept = await files.listOf(db, { type: 'portal-draft', id: draft.id });
    if (kept.length + posted.files.length <= MAX_DRAFT_FILES) return posted;
    await discardFiles(posted);
    const error = new AppError('request/too-large', { params: { limit: `${MAX_DRAFT_FILES} tệp` } });
    return { ...posted, files: posted.files.map(({ field }) => ({ ok: false, field, error })) };
  }

  async function takeSection(
    visitor: Visitor,
    open: OpenDraft,
    step: Extract<WizardStep, { kind: 'section' }>,
    posted: Posted,
  ) {
    const definition = open.filling.definitions[step.form];
    if (!definition) throw new AppError('row/missing');
    const column = COLUMN[step.form];
    const { values, operation } = parseFormPost(definition, posted.fields, open.draft[column]);
    const problems: PageProblem[] = [];
    for (const file of posted.files) {
      const path = file.field.startsWith('f.') ? file.field.slice(2) : '';
      const known = definition.sections.some(
        (section) => !section.repeat && section.fields.some((field) => field.type === 'file' && field.id === path),
      );
      if (!file.ok) problems.push({ id: `f-${path}`, text: errorText(file.error.code, file.error.details.params) });
      else if (!known) await file.upload.discard();
      else values[path] = [...filesIn(values[path]), await keep(visitor, open.draft, file.upload)];
    }
    return {
      change: { [column]: cleaned(open.filling, step.form, values) } as DraftChange,
      problems,
      stays: operation !== undefined,
    };
  }

  async function takePapers(visitor: Visitor, open: OpenDraft, posted: Posted) {
    const papers: Record<string, readonly FileValue[]> = { ...open.draft.papers };
    const problems: PageProblem[] = [];
    const [op, componentId = '', fileId = ''] = textOf(posted.fields, 'op', 300).split(':');
    const known = new Set(open.filling.papers.map((component) => component.id));
    if (op === 'remove' && known.has(componentId))
      papers[componentId] = (papers[componentId] ?? []).filter((file) => file.fileId !== fileId);
    for (const file of posted.files) {
      const id = file.field.startsWith('file.') ? file.field.slice(5) : '';
      if (!file.ok) problems.push({ id: `file-${id}`, text: errorText(file.error.code, file.error.details.params) });
      else if (!known.has(id)) await file.upload.discard();
      else papers[id] = [...(papers[id] ?? []), await keep(visitor, open.draft, file.upload)];
    }
    return { change: { papers }, problems, stays: op === 'remove' };
  }

  /** Makes a checked upload a file of the draft. */
  async function keep(
    visitor: Visitor,
    draft: Draft,
    upload: Extract<Posted['files'][number], { ok: true }>['upload'],
  ): Promise<FileValue> {
    const reference = await db
      .transaction()
      .execute((trx) => files.attach(trx, visitor, upload, { type: 'portal-draft', id: draft.id }, 'component'));
    return { fileId: reference.id, name: reference.name, mediaType: reference.mime, sizeBytes: reference.size };
  }

  function stepOf(filling: Filling, stepId: string): WizardStep {
    const step = filling.steps.find((one) => one.id === stepId);
    if (!step) throw new AppError('row/missing');
    return step;
  }

  return {
    /** Where a draft is taken up again. */
    async resumeAt(visitor: Visitor, id: string, secret: string | undefined): Promise<string> {
      const { draft, filling } = await drafts.open(visitor, id, secret);
      if (draft.dossierId !== null) return `/nop-ho-so/${id}/xong`;
      const step = firstOpenStep(filling.steps, doneSteps(filling, draft));
      return stepHref(id, step?.id ?? 'kiem-tra');
    },

    async show(
      visitor: Visitor,
      id: string,
      stepId: string,
      secret: string | undefined,
      isSaved: boolean,
    ): Promise<WizardAnswer> {
      const open = await drafts.open(visitor, id, secret);
      if (open.draft.dossierId !== null) return { kind: 'go', to: `/nop-ho-so/${id}/xong` };
      // A page that a choice has hidden meanwhile leads to the first page that is still to be filled in.
      const step =
        open.filling.steps.find((one) => one.id === stepId) ??
        firstOpenStep(open.filling.steps, doneSteps(open.filling, open.draft));
      if (!step) throw new AppError('row/missing');
      if (step.id !== stepId) return { kind: 'go', to: stepHref(id, step.id) };
      const notice = open.isNewRevision ? 'new-revision' : isSaved ? 'saved' : null;
      return {
        kind: 'page',
        page: await pageOf(visitor, open, step, { problems: [], errors: [], notice, secret }),
        failed: false,
      };
    },

    /**
     * Takes what this browser typed on the page before the session ended. Where the draft was saved elsewhere meanwhile
     * it is only shown. @returns undefined where the page is gone or the draft is filed.
     */
    async restore(
      visitor: Visitor,
      id: string,
      held: HeldPost,
      secret: string | undefined,
    ): Promise<{ answer: WizardAnswer; isSaved: boolean } | undefined> {
      const open = await drafts.open(visitor, id, secret);
      const step = open.filling.steps.find((one) => one.id === held.place);
      return step && open.draft.dossierId === null ? restore(visitor, open, step, held, secret) : undefined;
    },

    /** Takes a posted page. `autosave` saves quietly and tells nothing. */
    async post(
      visitor: Visitor,
      id: string,
      stepId: string,
      secret: string | undefined,
      posted: Posted,
      autosave: boolean,
    ): Promise<WizardAnswer> {
      const open = await drafts.open(visitor, id, secret);
      if (open.draft.dossierId !== null) {
        await discardFiles(posted);
        return { kind: 'go', to: `/nop-ho-so/${id}/xong` };
      }
      const step = stepOf(open.filling, stepId);
      const taken = await take(visitor, open, step, posted);
      const op = textOf(posted.fields, 'op', 300);
      const isStale = readVersion(posted.fields.version) !== open.draft.version;
      if (isStale) return stale(visitor, open, step, taken.change, secret, autosave);
      const visited = new Set(open.draft.visited);
      if (op === 'next') visited.add(step.id);
      const saved = await drafts.save(open.draft, { ...taken.change, visited: [...visited] }, !autosave);
      if (!saved) return stale(visitor, open, step, taken.change, secret, autosave);
      if (autosave) return { kind: 'saved', version: saved.version };
      const now: OpenDraft = {
        draft: saved,
        filling: drafts.fill(saved, open.filling.procedure),
        isNewRevision: open.isNewRevision,
      };
      return answer(visitor, now, step, op, taken, posted, secret);
    },
  };

  /** What was typed before the session ended, saved now; the page is shown again and leads on as always. */
  async function restore(
    visitor: Visitor,
    open: OpenDraft,
    step: WizardStep,
    held: HeldPost,
    secret: string | undefined,
  ): Promise<{ answer: WizardAnswer; isSaved: boolean }> {
    const { change } = await take(visitor, open, step, { fields: held.fields, files: [] });
    const isStale = readVersion(held.fields['version']) !== open.draft.version;
    const saved = isStale ? undefined : await drafts.save(open.draft, change, true);
    if (!saved) return { answer: await stale(visitor, open, step, change, secret, false), isSaved: false };
    const now: OpenDraft = { draft: saved, filling: drafts.fill(saved, open.filling.procedure), isNewRevision: false };
    const notice = held.hadFiles ? 'restored-without-files' : 'restored';
    const page = await pageOf(visitor, now, step, { problems: [], errors: [], notice, secret });
    return { answer: { kind: 'page', page, failed: false }, isSaved: true };
  }

  async function answer(
    visitor: Visitor,
    open: OpenDraft,
    step: WizardStep,
    op: string,
    taken: { problems: PageProblem[]; stays: boolean },
    posted: Posted,
    secret: string | undefined,
  ): Promise<WizardAnswer> {
    const id = open.draft.id;
    const showAgain = async (
      problems: readonly PageProblem[],
      errors: readonly FormError[],
      failed: boolean,
      revealed: readonly Revealed[] = [],
    ): Promise<WizardAnswer> => ({
      kind: 'page',
      page: await pageOf(visitor, open, step, { problems, errors, notice: null, revealed, secret }),
      failed,
    });
    if (taken.problems.length > 0) return showAgain(taken.problems, [], true);
    if (taken.stays) return showAgain([], [], false);
    if (op === 'save')
      return { kind: 'go', to: visitor.kind === 'citizen' ? '/ho-so' : `${stepHref(id, step.id)}?da-luu=1` };
    if (step.kind === 'section') {
      const stands = open.filling.steps.some((one) => one.id === step.id);
      const revealed = stands ? revealedIn(sectionOf(open.filling, step), posted.fields) : [];
      const errors = stands ? withoutRevealed(errorsOfStep(open.filling, step), revealed) : [];
      if (errors.length > 0 || revealed.length > 0) return showAgain([], errors, errors.length > 0, revealed);
    }
    if (step.kind === 'papers') {
      const missing = missingPapers(open.filling, open.draft.papers);
      if (missing.length > 0) {
        const problems = missing.map((one) => ({
          id: `file-${one.id}`,
          key: 'portal.papers.missing',
          params: { name: one.name },
        }));
        return showAgain(problems, [], true);
      }
    }
    if (step.kind === 'check') {
      const result = await submitFiling(deps, visitor, open, textOf(posted.fields, 'cam-ket') === '1');
      return result.ok ? { kind: 'go', to: `/nop-ho-so/${id}/xong` } : showAgain(result.problems, [], true);
    }
    const next = stepAfter(open.filling.steps, step.id);
    return { kind: 'go', to: stepHref(id, next?.id ?? 'kiem-tra') };
  }

  /** Another window saved meanwhile: what was typed here is shown with the new version, to be sent again. */
  async function stale(
    visitor: Visitor,
    open: OpenDraft,
    step: WizardStep,
    change: DraftChange,
    secret: string | undefined,
    autosave: boolean,
  ): Promise<WizardAnswer> {
    if (autosave) throw new AppError('row/stale');
    const current = await drafts.getDraft(visitor, open.draft.id, secret);
    const draft = { ...current, ...change };
    const shown: OpenDraft = { draft, filling: drafts.fill(draft, open.filling.procedure), isNewRevision: false };
    const problems = [{ id: 'main', key: 'portal.filing.stale' }];
    return {
      kind: 'page',
      page: await pageOf(visitor, shown, step, { problems, errors: [], notice: null, secret }),
      failed: true,
    };
  }
}

const COLUMN = { applicant: 'applicant', procedure: 'answers', result: 'resultChoice' } as const satisfies Record<
  FormPart,
  keyof Draft
>;

function filesIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Values as they are kept: normalised, hidden ones gone, what cannot be read kept as typed. */
function cleaned(filling: Filling, part: FormPart, values: FormValues): FormValues {
  const form = filling.compiled[part];
  return form ? evaluateForm(form, values, { ...filling.context, mode: 'draft' }).values : {};
}
