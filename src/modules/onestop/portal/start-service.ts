import { toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { BrowseService } from './browse-service.ts';
import { type PortalDeps, today, type Visitor } from './context.ts';
import type { DraftService } from './draft-service.ts';
import type { FilingOffer } from './rules/filing-offer.ts';
import type { FiledView, ResumeView, StartView } from './rules/filing-views.ts';
import type { PageProblem } from './rules/page-context.ts';
import { admitVisitor } from './visit-guard.ts';

export type StartService = ReturnType<typeof createStartService>;

/** Before and after the wizard: where to file, taking a draft up again, the page that says it arrived. */
export function createStartService(deps: PortalDeps, browse: BrowseService, drafts: DraftService) {
  const { ports } = deps;

  async function getLocal(code: string) {
    const { procedure, offer } = await browse.getProcedure(code);
    if (offer.kind !== 'local') throw new AppError('dossier/channel-closed');
    return { procedure, offer, desks: await ports.place.desksFor(procedure, today(deps)) };
  }

  async function view(
    visitor: Visitor,
    code: string,
    chosen: { deskId: string; caseId: string },
    problems: readonly PageProblem[],
  ): Promise<StartView> {
    const { procedure, offer, desks } = await getLocal(code);
    const { definition } = procedure;
    // Cases with a condition are found from the form; only the others are asked.
    const cases = definition.cases.filter((one) => one.condition === undefined);
    return {
      procedureCode: definition.code,
      procedureName: definition.name,
      desks: desks.map((desk) => ({ value: desk.id, label: desk.name })),
      cases: cases.length > 1 ? cases.map((one) => ({ value: one.id, label: one.name })) : [],
      deskId: chosen.deskId,
      caseId: chosen.caseId,
      problems,
      signedIn: visitor.kind === 'citizen',
      guest: offer.guest,
      training: offer.training,
    };
  }

  return {
    view,

    /** Where filing leads for a procedure, for requests that come to the wrong door. */
    offer: async (code: string): Promise<FilingOffer> => (await browse.getProcedure(code)).offer,

    /** Begins a draft, or says what is missing. @throws access/sign-in, dossier/channel-closed, visit/too-many */
    async begin(
      visitor: Visitor,
      input: { code: string; deskId: string; caseId: string },
    ): Promise<
      | { readonly ok: true; readonly id: string; readonly secret: string | null }
      | { readonly ok: false; readonly view: StartView }
    > {
      const { procedure, offer, desks } = await getLocal(input.code);
      if (visitor.kind !== 'citizen' && !offer.guest) throw new AppError('access/sign-in');
      const start = await view(visitor, input.code, { deskId: input.deskId, caseId: input.caseId }, []);
      const problems: PageProblem[] = [];
      if (!desks.some((desk) => desk.id === input.deskId))
        problems.push({ id: 'noi-nhan', key: 'portal.start.desk-missing' });
      const mustChoose = start.cases.length > 0;
      if (mustChoose && !start.cases.some((one) => one.value === input.caseId))
        problems.push({ id: 'truong-hop', key: 'portal.start.case-missing' });
      if (problems.length > 0) return { ok: false, view: { ...start, problems } };
      await admitVisitor(deps, visitor, 'guestDraft');
      const begun = await drafts.begin(visitor, procedure, {
        deskUnitId: input.deskId,
        caseId: mustChoose ? input.caseId : null,
      });
      return { ok: true, ...begun };
    },

    /** Opens what a typed secret belongs to: a draft, or the dossier made of it. */
    async resume(
      typed: string,
    ): Promise<
      | { readonly ok: true; readonly secret: string; readonly draftId: string; readonly dossierId: string | null }
      | { readonly ok: false; readonly view: ResumeView }
    > {
      const found = await drafts.findBySecret(typed);
      if (!found)
        return { ok: false, view: { value: '', problems: [{ id: 'ma-bi-mat', key: 'portal.resume.unknown' }] } };
      return { ok: true, secret: found.secret, draftId: found.draft.id, dossierId: found.draft.dossierId };
    },

    /** It arrived. @throws row/missing while it has not. */
    async filed(visitor: Visitor, id: string, secret: string | undefined): Promise<FiledView> {
      const draft = await drafts.getDraft(visitor, id, secret);
      if (draft.dossierId === null || draft.dossierCode === null || draft.submittedAt === null)
        throw new AppError('row/missing');
      const dossier = await ports.dossiers.findPublic(draft.dossierCode);
      return {
        code: draft.dossierCode,
        procedureName: dossier?.procedureName ?? draft.procedureCode,
        unitName: dossier?.unitName ?? '',
        submittedAt: toIso(draft.submittedAt),
        dossierHref: `/ho-so/${draft.dossierId}`,
        guestKey: draft.accountId === null ? (secret ?? null) : null,
      };
    },
  };
}
