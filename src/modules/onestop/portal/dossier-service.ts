import type { CitizenActor } from '../../../core/access/actor.ts';
import { maskIdNumber } from '../../../core/text/names.ts';
import { toIso } from '../../../core/time/index.ts';
import { AppError, errorText } from '../../../platform/errors/app-error.ts';
import { statusName } from '../dossiers/rules/status.ts';
import type { PublicApologyService } from './apology-service.ts';
import { datesOf } from './browse-service.ts';
import type { PortalDeps, Visitor } from './context.ts';
import { type DraftService, readVersion } from './draft-service.ts';
import type { HeldPost } from './held-post-service.ts';
import type { OpenedContent, OwnDossier, OwnerAccess } from './ports.ts';
import { discardFiles, type Posted, textOf } from './posted.ts';
import type { AccountView, MyDossiersView, MyDossierView } from './rules/dossier-views.ts';
import type { PageProblem } from './rules/page-context.ts';
import { decideNext, toneOf, waitsForOwner } from './rules/progress.ts';
import { storyLines } from './rules/story.ts';
import { admitVisitor } from './visit-guard.ts';

/** Who asks for which dossier, with the secret of a guest's cookie. */
export type DossierQuestion = { readonly visitor: Visitor; readonly id: string; readonly secret: string | undefined };
/** Done, or the page again with what to mend and everything that was typed. */
export type DossierAnswer = { readonly ok: true } | { readonly ok: false; readonly view: MyDossierView };
type Typed = {
  readonly answer?: string;
  readonly withdrawReason?: string;
  readonly ratingScore?: string;
  readonly ratingComment?: string;
};

export type OwnDossierService = ReturnType<typeof createOwnDossierService>;

/** A dossier for those whose it is: the citizen's account, or a guest who holds its secret. */
export function createOwnDossierService(deps: PortalDeps, drafts: DraftService, apologies: PublicApologyService) {
  const { ports, clock, db, files } = deps;

  async function load({ visitor, id, secret }: DossierQuestion): Promise<{ access: OwnerAccess; dossier: OwnDossier }> {
    const access = await drafts.accessTo(visitor, id, secret);
    return { access, dossier: await ports.dossiers.getOwn(access, id) };
  }

  async function view(
    question: DossierQuestion,
    notice: MyDossierView['notice'],
    problems: readonly PageProblem[] = [],
    typed: Typed = {},
  ): Promise<MyDossierView> {
    const { dossier } = await load(question);
    return draw(dossier, notice, problems, typed);
  }

  async function draw(
    dossier: OwnDossier,
    notice: MyDossierView['notice'],
    problems: readonly PageProblem[],
    typed: Typed,
  ): Promise<MyDossierView> {
    const issued = await apologies.ofDossier(dossier.code, true);
    return { ...viewOf(dossier, clock.now(), notice, problems, typed), apologies: issued };
  }

  /** Runs an act of the owner; refusals that the person can mend come back as the page with the text. */
  async function act(
    question: DossierQuestion,
    typed: Typed,
    place: string,
    run: (access: OwnerAccess, dossier: OwnDossier) => Promise<void>,
  ): Promise<DossierAnswer> {
    const { access, dossier } = await load(question);
    try {
      await run(access, dossier);
      return { ok: true };
    } catch (error) {
      if (!(error instanceof AppError) || error.status < 400 || error.status >= 500 || error.status === 404)
        throw error;
      return {
        ok: false,
        view: await view(question, null, [{ id: place, text: errorText(error.code, error.details.params) }], typed),
      };
    }
  }

  return {
    view,

    async list(actor: CitizenActor, cursor: string | undefined): Promise<MyDossiersView> {
      const [page, own] = await Promise.all([ports.dossiers.listOwn(actor, cursor), drafts.listOf(actor.accountId)]);
      const names = await Promise.all(
        own.map((draft) => ports.catalogue.find(draft.procedureCode, toIso(clock.now()).slice(0, 10))),
      );
      return {
        rows: page.rows.map((row) => ({
          id: row.id,
          code: row.code,
          procedureName: row.procedureName,
          statusName: statusName(row.status),
          tone: toneOf(row.status),
          submittedAt: toIso(row.submittedAt),
          dueAt: row.dueAt === null ? null : toIso(row.dueAt),
          todo: waitsForOwner(row.status),
        })),
        drafts: own.map((draft, index) => ({
          id: draft.id,
          procedureName: names[index]?.definition.name ?? draft.procedureCode,
          savedAt: toIso(draft.savedAt),
          href: `/nop-ho-so/${draft.id}`,
        })),
        nextHref: page.nextCursor === null ? null : `/ho-so?sau=${encodeURIComponent(page.nextCursor)}`,
      };
    },

    /** The page with the words that were typed on it before the session ended; nothing is done with them. */
    viewHeld: (question: DossierQuestion, held: HeldPost): Promise<MyDossierView> =>
      view(question, held.hadFiles ? 'restored-without-files' : 'restored', [], typedIn(held)),

    /** Answers the open request with files and words; at least one of them. */
    async answer(question: DossierQuestion, posted: Posted): Promise<DossierAnswer> {
      const note = textOf(posted.fields, 'tra-loi', 4000).trim();
      const { access, dossier } = await load(question);
      const items = dossier.request?.items ?? [];
      const problems: PageProblem[] = [];
      for (const file of posted.files)
        if (!file.ok)
          problems.push({
            id: file.field.replace(/^file\./, 'item-'),
            text: errorText(file.error.code, file.error.details.params),
          });
      if (problems.length === 0 && note === '' && posted.files.length === 0)
        problems.push({ id: 'tra-loi', key: 'portal.request.empty' });
      if (problems.length > 0) {
        await discardFiles(posted);
        return { ok: false, view: await draw(dossier, null, problems, { answer: note }) };
      }
      try {
        await admitVisitor(deps, question.visitor, 'guestFile', posted.files.length);
      } catch (error) {
        await discardFiles(posted);
        throw error;
      }
      const fileOwner = { type: 'portal-answer', id: dossier.id } as const;
      const given: { componentCode: string | null; fileId: string }[] = [];
      for (const file of posted.files) {
        if (!file.ok) continue;
        const item = items[Number(file.field.replace(/^file\./, ''))];
        const reference = await db
          .transaction()
          .execute((trx) => files.attach(trx, question.visitor, file.upload, fileOwner, 'component'));
        given.push({ componentCode: item?.code ?? null, fileId: reference.id });
      }
      const version = readVersion(posted.fields.version) ?? 0;
      // Only what did not become the dossier's: where the answer was lost on the way back, it may have been done.
      const eraseGiven = async (): Promise<void> => {
        const mine = new Set(given.map(({ fileId }) => fileId));
        for (const file of await files.listOf(db, fileOwner)) if (mine.has(file.id)) await files.erase(db, file.id);
      };
      try {
        const done = await act(question, { answer: note }, 'tra-loi', () =>
          ports.dossiers.answer(access, dossier.id, version, { note, files: given, fileOwner }),
        );
        if (!done.ok) await eraseGiven();
        return done;
      } catch (error) {
        await eraseGiven();
        throw error;
      }
    },

    async withdraw(question: DossierQuestion, fields: Readonly<Record<string, unknown>>): Promise<DossierAnswer> {
      const reason = textOf(fields, 'ly-do', 2000).trim();
      if (reason === '') {
        return {
          ok: false,
          view: await view(question, null, [{ id: 'ly-do', key: 'portal.withdraw.reason-missing' }]),
        };
      }
      const version = readVersion(fields.version) ?? 0;
      return act(question, { withdrawReason: reason }, 'ly-do', (access, dossier) =>
        ports.dossiers.withdraw(access, dossier.id, version, reason),
      );
    },

    async rate(question: DossierQuestion, fields: Readonly<Record<string, unknown>>): Promise<DossierAnswer> {
      const score = textOf(fields, 'muc', 1);
      const comment = textOf(fields, 'gop-y', 2000).trim();
      const typed = { ratingScore: score, ratingComment: comment };
      if (!/^[1-5]$/.test(score)) {
        return { ok: false, view: await view(question, null, [{ id: 'muc', key: 'portal.rating.missing' }], typed) };
      }
      return act(question, typed, 'muc', (access, dossier) =>
        ports.dossiers.rate(access, dossier.id, Number(score), comment),
      );
    },

    async openFile(question: DossierQuestion, fileId: string): Promise<OpenedContent> {
      const { access, dossier } = await load(question);
      return ports.dossiers.openFile(access, dossier.id, fileId);
    },
    async openSlip(question: DossierQuestion, seq: number): Promise<OpenedContent> {
      const { access, dossier } = await load(question);
      return ports.dossiers.openSlip(access, dossier.id, seq);
    },
    async openResult(question: DossierQuestion): Promise<OpenedContent> {
      const { access, dossier } = await load(question);
      return ports.dossiers.openResult(access, dossier.id);
    },

    account(actor: CitizenActor): AccountView {
      return {
        fullName: actor.fullName,
        idNumberMasked: actor.idNumber === null ? '' : maskIdNumber(actor.idNumber),
        birthDate: actor.birthDate ?? '',
        contact: [actor.phone, actor.email].filter((part) => part !== null && part !== '').join(', '),
      };
    },
  };
}

function typedIn({ place, fields }: HeldPost): Typed {
  switch (place) {
    case 'bo-sung':
      return { answer: textOf(fields, 'tra-loi', 4000) };
    case 'rut':
      return { withdrawReason: textOf(fields, 'ly-do', 2000) };
    default:
      return { ratingScore: textOf(fields, 'muc', 1), ratingComment: textOf(fields, 'gop-y', 2000) };
  }
}

function viewOf(
  dossier: OwnDossier,
  now: Date,
  notice: MyDossierView['notice'],
  problems: readonly PageProblem[],
  typed: Typed,
): Omit<MyDossierView, 'apologies'> {
  const href = `/ho-so/${dossier.id}`;
  const { result } = dossier;
  const mayAnswer = dossier.commands.includes('complete') || dossier.commands.includes('accept-supplement');
  return {
    id: dossier.id,
    version: dossier.version,
    code: dossier.code,
    procedureName: dossier.procedureName,
    statusName: statusName(dossier.status),
    tone: toneOf(dossier.status),
    next: decideNext(dossier.status, dossier.dueAt, now),
    dates: datesOf(dossier),
    receivedByName: dossier.receivedByName,
    decidedByName: dossier.unitName,
    resultMethod: dossier.resultMethod,
    formLines: dossier.formLines,
    papers: dossier.components
      .filter((component) => component.files.length > 0)
      .map((component) => ({
        name: component.name,
        files: component.files.map((file) => ({ name: file.name, href: `${href}/tep/${file.id}` })),
      })),
    fees: dossier.fees.map(({ name, amountVnd, paidVnd }) => ({ name, amountVnd, paidVnd })),
    slips: dossier.slips.map((slip) => ({ title: slip.title, href: `${href}/phieu/${slip.seq}` })),
    story: storyLines(dossier.story),
    request:
      dossier.request && mayAnswer
        ? {
            reason: dossier.request.reason,
            deadline: dossier.request.deadline,
            items: dossier.request.items.map((item, index) => ({
              key: String(index),
              name: item.name,
              what: item.what,
            })),
          }
        : null,
    answer: typed.answer ?? '',
    mayWithdraw: dossier.commands.includes('withdraw'),
    withdrawReason: typed.withdrawReason ?? '',
    result:
      result === null
        ? null
        : {
            title: result.title,
            number: result.number,
            issuedAt: result.issuedAt === null ? null : toIso(result.issuedAt),
            href: result.available ? `${href}/ket-qua` : null,
          },
    rating: dossier.rating !== null ? 'given' : dossier.status === 'returned' ? 'open' : 'closed',
    ratingScore: typed.ratingScore ?? '',
    ratingComment: typed.ratingComment ?? '',
    problems,
    notice,
  };
}
