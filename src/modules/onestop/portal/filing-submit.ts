import { addressText } from '../../../core/forms/print.ts';
import type { AddressValue } from '../../../core/forms/read-address.ts';
import { isRecord } from '../../../core/forms/reading.ts';
import { AppError, errorText } from '../../../platform/errors/app-error.ts';
import type { PortalDeps, Visitor } from './context.ts';
import type { OpenDraft } from './draft-service.ts';
import { alsoMarkFiled } from './draft-store.ts';
import { errorsOfStep, type Filling, missingPapers, ownerFieldOf } from './filling.ts';
import type { OnlineFiling } from './ports.ts';
import type { PageProblem } from './rules/page-context.ts';
import { type FilingParty, partiesOf, partiesOfOwner } from './rules/parties.ts';
import { groupId } from './rules/wizard.ts';
import { admitVisitor } from './visit-guard.ts';

/** How long a guest's secret opens the dossier that was made of the draft. */
const GUEST_YEARS = 5;

export type Submitted = { readonly ok: true } | { readonly ok: false; readonly problems: readonly PageProblem[] };

/**
 * Files a draft once everything is in order. The draft's id is the key that makes a double click one dossier; after
 * it the draft holds no personal data any more.
 */
export async function submitFiling(
  deps: PortalDeps,
  visitor: Visitor,
  open: OpenDraft,
  isDeclared: boolean,
): Promise<Submitted> {
  const problems = problemsOf(open);
  if (!isDeclared) problems.push({ id: 'cam-ket', key: 'portal.check.declare-first' });
  if (problems.length > 0) return { ok: false, problems };
  const { draft, filling } = open;
  await admitVisitor(deps, visitor, 'guestFiling');
  try {
    await deps.ports.dossiers.file(visitor, filingOf(visitor, open), draft.id, (filed) => {
      const expiresAt = new Date(filed.submittedAt);
      expiresAt.setUTCFullYear(expiresAt.getUTCFullYear() + GUEST_YEARS);
      return [alsoMarkFiled(draft.id, filed, expiresAt)];
    });
    await eraseLeft(deps, draft.id);
    return { ok: true };
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    const fields = error.details.fields ?? [];
    if (fields.length === 0)
      return { ok: false, problems: [{ id: 'main', text: errorText(error.code, error.details.params) }] };
    return { ok: false, problems: fields.map((field) => ({ id: placeOf(filling, field.path), text: field.message })) };
  }
}

/** What was uploaded and taken out again did not become the dossier's: nobody may keep it any longer. */
async function eraseLeft({ db, files }: PortalDeps, draftId: string): Promise<void> {
  for (const file of await files.listOf(db, { type: 'portal-draft', id: draftId })) await files.erase(db, file.id);
}

/** Errors of every page, each linked to its group. */
function problemsOf({ draft, filling }: OpenDraft): PageProblem[] {
  const problems: PageProblem[] = filling.steps.flatMap((step) =>
    errorsOfStep(filling, step).map((error) => ({ id: groupId(step.id), text: error.message })),
  );
  for (const component of missingPapers(filling, draft.papers)) {
    problems.push({ id: groupId('giay-to'), key: 'portal.papers.missing', params: { name: component.name } });
  }
  return problems;
}

/** Group of a path the server refused: `formValues.purpose`, `components.tuy-than`. */
function placeOf(filling: Filling, path: string): string {
  if (path.startsWith('components')) return groupId('giay-to');
  const [, fieldId = ''] = path.split('.');
  const step = filling.steps.find(
    (one) =>
      one.kind === 'section' &&
      one.form === 'procedure' &&
      filling.evaluations.procedure.visible.some(
        ({ section }) =>
          section.id === one.sectionId &&
          (section.id === fieldId || section.fields.some((field) => field.id === fieldId)),
      ),
  );
  return step ? groupId(step.id) : 'main';
}

function filingOf(visitor: Visitor, { draft, filling }: OpenDraft): OnlineFiling {
  const choice = filling.evaluations.result.values;
  const method = choice.method;
  const postAddress = isRecord(choice.postAddress) ? addressText(choice.postAddress as AddressValue) : '';
  return {
    procedureCode: draft.procedureCode,
    revisionId: filling.procedure.id,
    caseId: filling.caseId ?? null,
    unitId: draft.deskUnitId,
    parties: partiesFor(visitor, filling),
    formValues: filling.evaluations.procedure.values,
    components: filling.components.map((component) => {
      const given = draft.papers[component.id] ?? [];
      const isFilledIn = component.form !== undefined;
      return {
        code: component.id,
        provided: isFilledIn || given.length > 0,
        originals: 0,
        copies: given.length > 0 ? 1 : 0,
        fileIds: given.map((file) => file.fileId),
        source: 'file' as const,
      };
    }),
    resultMethod: method === 'post' || method === 'desk' ? method : 'electronic',
    resultAddress: postAddress === '' ? null : postAddress,
    fileOwner: { type: 'portal-draft', id: draft.id },
  };
}

function partiesFor(visitor: Visitor, filling: Filling): FilingParty[] {
  const citizen = visitor.kind === 'citizen' ? visitor : undefined;
  const applicant = filling.evaluations.applicant.values;
  const ownerField = ownerFieldOf(filling.procedure.form);
  if (ownerField !== undefined)
    return partiesOfOwner(filling.evaluations.procedure.values[ownerField], applicant, citizen);
  return partiesOf(applicant, citizen, filling.kinds);
}
