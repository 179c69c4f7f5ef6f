import { uuidv7 } from '../../../core/ids/uuid.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { type PortalDeps, today, type Visitor } from './context.ts';
import {
  type Draft,
  type DraftChange,
  findDraft,
  findDraftBySecret,
  holdsSecret,
  insertDraft,
  listDrafts,
  saveDraft,
  takeExpired,
} from './draft-store.ts';
import { type Filling, look, ownerFieldOf } from './filling.ts';
import type { OwnerAccess, PortalProcedure } from './ports.ts';
import { normaliseSecret } from './rules/secret-code.ts';
import { newSecret, secretDigest } from './secrets.ts';

/** A draft nobody touches is kept this long. */
const DRAFT_DAYS = 30;
const DAY_MS = 86_400_000;

export type OpenDraft = {
  readonly draft: Draft;
  readonly filling: Filling;
  /** The procedure has a new revision since the draft was last seen. */
  readonly isNewRevision: boolean;
};

export type DraftService = ReturnType<typeof createDraftService>;

/** Drafts: begun, found again, saved. A draft is found only by its account or by the guest's secret. */
export function createDraftService(deps: PortalDeps) {
  const { db, clock, ports } = deps;
  const expiry = (): Date => new Date(clock.now().getTime() + DRAFT_DAYS * DAY_MS);

  function keysOf(visitor: Visitor, secret: string | undefined) {
    return {
      accountId: visitor.kind === 'citizen' ? visitor.accountId : null,
      secretDigest: secret === undefined ? null : secretDigest(secret),
    };
  }

  function fill(draft: Draft, procedure: PortalProcedure): Filling {
    const { demo } = ports.place.site();
    return look(draft, procedure, { today: today(deps), demo, signedIn: draft.accountId !== null });
  }

  /**
   * A draft for its owner, without its forms. @throws row/missing for everybody else who has signed in and for an id
   * that is none; access/sign-in for guests, whether there is such a draft or not.
   */
  async function getDraft(visitor: Visitor, id: string, secret: string | undefined): Promise<Draft> {
    if (!isUuid(id)) throw new AppError('row/missing');
    const draft = await findDraft(db, id, keysOf(visitor, secret), clock.now());
    if (!draft) throw new AppError(visitor.kind === 'citizen' ? 'row/missing' : 'access/sign-in');
    return draft;
  }

  return {
    getDraft,
    fill,

    /** @returns the id, and for guests the secret that opens the draft. */
    async begin(
      visitor: Visitor,
      procedure: PortalProcedure,
      choice: { deskUnitId: string; caseId: string | null },
    ): Promise<{ id: string; secret: string | null }> {
      const now = clock.now();
      const secret = visitor.kind === 'citizen' ? null : newSecret();
      const id = uuidv7(now);
      await insertDraft(db, {
        id,
        accountId: visitor.kind === 'citizen' ? visitor.accountId : null,
        secretDigest: secret === null ? null : secretDigest(secret),
        procedureCode: procedure.definition.code,
        revisionId: procedure.id,
        deskUnitId: choice.deskUnitId,
        caseId: choice.caseId,
        applicant: visitor.kind === 'citizen' ? { phone: visitor.phone ?? '', email: visitor.email ?? '' } : {},
        answers: prefilled(visitor, procedure),
        at: now,
        expiresAt: expiry(),
      });
      return { id, secret };
    },

    /**
     * A draft with its forms as of today. Where the procedure has a new revision, the values go over to it: what it
     * does not know is kept aside, and every page is to be seen again.
     */
    async open(visitor: Visitor, id: string, secret: string | undefined): Promise<OpenDraft> {
      const draft = await getDraft(visitor, id, secret);
      const procedure = await ports.catalogue.find(draft.procedureCode, today(deps));
      if (!procedure)
        throw new AppError('procedure/missing', { params: { code: draft.procedureCode, day: today(deps) } });
      if (procedure.id === draft.revisionId || draft.dossierId !== null) {
        return { draft, filling: fill(draft, procedure), isNewRevision: false };
      }
      const filling = fill(draft, procedure);
      const { values, unknown } = filling.evaluations.procedure;
      const leftover = { ...draft.leftover, ...Object.fromEntries(unknown.map(({ path, value }) => [path, value])) };
      const change = { revisionId: procedure.id, answers: values, leftover, visited: [] };
      const version = await saveDraft(db, draft, change, { at: clock.now(), expiresAt: expiry(), raise: true });
      if (version === undefined) throw new AppError('row/stale');
      return { draft: { ...draft, ...change, version }, filling, isNewRevision: true };
    },

    /** @returns the draft as saved; undefined where another window saved meanwhile. */
    async save(draft: Draft, change: DraftChange, raise: boolean): Promise<Draft | undefined> {
      const at = clock.now();
      const version = await saveDraft(db, draft, change, { at, expiresAt: expiry(), raise });
      return version === undefined ? undefined : { ...draft, ...change, version, savedAt: at };
    },

    listOf: (accountId: string): Promise<readonly Draft[]> => listDrafts(db, accountId, clock.now()),

    /** The draft a typed secret opens, or undefined. */
    async findBySecret(typed: unknown): Promise<{ draft: Draft; secret: string } | undefined> {
      const secret = normaliseSecret(typed);
      if (secret === undefined) return undefined;
      const draft = await findDraftBySecret(db, secretDigest(secret), clock.now());
      return draft ? { draft, secret } : undefined;
    },

    /** How a visitor may open a dossier: by account, or by the secret of the draft it was made of. @throws access/sign-in */
    async accessTo(visitor: Visitor, dossierId: string, secret: string | undefined): Promise<OwnerAccess> {
      if (!isUuid(dossierId)) throw new AppError('row/missing');
      const proven = secret !== undefined && (await holdsSecret(db, dossierId, secretDigest(secret)));
      if (proven) return { actor: visitor, provenDossierId: dossierId };
      if (visitor.kind !== 'citizen') throw new AppError('access/sign-in');
      return { actor: visitor };
    },

    /** Erases expired drafts with their files. @returns true while there are more. */
    async expireOnce(): Promise<boolean> {
      const ids = await takeExpired(db, clock.now(), 100);
      for (const id of ids) {
        for (const file of await deps.files.listOf(db, { type: 'portal-draft', id }))
          await deps.files.erase(db, file.id);
      }
      return ids.length === 100;
    },
  };
}

/** What the identity provider told goes into the form's own person field, so that it is not typed again. */
function prefilled(visitor: Visitor, procedure: PortalProcedure): Record<string, unknown> {
  const field = ownerFieldOf(procedure.form);
  if (visitor.kind !== 'citizen' || field === undefined) return {};
  const { fullName, idNumber, birthDate, phone, email } = visitor;
  // Only citizens of Viet Nam have a number of twelve digits; a part the form does not ask for is left out when it is read.
  const nationality = /^\d{12}$/.test(idNumber ?? '') ? 'Việt Nam' : null;
  const known = { fullName, idType: 'cccd', idNumber, birthDate, nationality, phone, email };
  return { [field]: Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null)) };
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** Reads the version a page posts; undefined when it is none. */
export function readVersion(typed: unknown): number | undefined {
  return typeof typed === 'string' && /^\d{1,9}$/.test(typed) ? Number(typed) : undefined;
}
