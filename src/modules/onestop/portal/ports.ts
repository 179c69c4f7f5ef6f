import type { Readable } from 'node:stream';
import type { Static } from 'typebox';
import type { Actor, CitizenActor, GuestActor } from '../../../core/access/actor.ts';
import type { FormDefinition } from '../../../core/forms/definition.ts';
import type { FormValues } from '../../../core/forms/evaluate.ts';
import type { Day } from '../../../core/time/index.ts';
import type { ComponentInput, PartyInput } from '../dossiers/contract.ts';
import type { Also } from '../dossiers/index.ts';
import type { DossierStatus } from '../dossiers/rules/status.ts';
import type { ProcedureDefinition } from '../procedures/rules/definition.ts';
import type { BoardFigures } from './rules/browse-views.ts';
import type { ChannelRegime } from './rules/filing-offer.ts';
import type { PortalLimits } from './rules/limits.ts';
import type { BannerText } from './rules/page-context.ts';

/** A published revision of a procedure. */
export type PortalProcedure = {
  readonly id: string;
  readonly definition: ProcedureDefinition;
  readonly form: FormDefinition | null;
};

/** What the portal reads of the catalogue of procedures; only published revisions in force on the day. */
export type CataloguePort = {
  /** Accent-blind; an empty `q` lists by name. */
  search(input: {
    readonly q: string;
    readonly fieldCode: string;
    readonly level: string;
    readonly day: Day;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly rows: readonly PortalProcedure[]; readonly total: number }>;
  /** Fields that have a published procedure, with how many. */
  fields(day: Day): Promise<readonly { readonly code: string; readonly name: string; readonly count: number }[]>;
  /** The procedures filed most, at most `limit`. */
  popular(day: Day, limit: number): Promise<readonly PortalProcedure[]>;
  find(code: string, day: Day): Promise<PortalProcedure | undefined>;
};

export type DeskFacts = { readonly id: string; readonly name: string };

/** What the portal asks about the authority that runs it. */
export type PlacePort = {
  /** One-stop desks that take the procedure online on the day. */
  desksFor(procedure: PortalProcedure, day: Day): Promise<readonly DeskFacts[]>;
  /** Regime of channels and guests of the day; undefined where content has none. */
  channelRegime(day: Day): ChannelRegime | undefined;
  /** A dossier code as this day makes them, to show what one looks like. */
  codeExample(day: Day): string | undefined;
  /** How often guests may do what; asked at every act. */
  limits(): PortalLimits;
  site(): {
    readonly name: string;
    readonly banners: readonly BannerText[];
    readonly contact: { readonly phone?: string; readonly email?: string; readonly address?: string };
    /** The marked training mode of contracts §3. */
    readonly training: boolean;
    /** Demo: reserved identity numbers (999…) are accepted. */
    readonly demo: boolean;
  };
};

/** A dossier filed on the portal. `parties`: the owner first. Files belong to `fileOwner` until this call. */
export type OnlineFiling = {
  readonly procedureCode: string;
  readonly revisionId: string;
  readonly caseId: string | null;
  readonly unitId: string;
  readonly parties: readonly Static<typeof PartyInput>[];
  readonly formValues: FormValues;
  readonly components: readonly Static<typeof ComponentInput>[];
  readonly resultMethod: 'desk' | 'post' | 'electronic';
  readonly resultAddress: string | null;
  readonly fileOwner: { readonly type: 'portal-draft'; readonly id: string };
};

/**
 * Who asks for a dossier as its owner: a citizen (the dossiers module compares accounts), or a guest for whom the
 * portal has checked the secret of exactly that dossier.
 */
export type OwnerAccess =
  | { readonly actor: CitizenActor }
  | { readonly actor: GuestActor | CitizenActor; readonly provenDossierId: string };

export type PortalDossierRow = {
  readonly id: string;
  readonly code: string;
  readonly procedureName: string;
  readonly status: DossierStatus;
  readonly submittedAt: Date;
  readonly dueAt: Date | null;
};

/** What anybody may know who holds the code: no names (contracts §4.12). */
export type PublicDossier = {
  readonly code: string;
  readonly procedureName: string;
  /** The deciding unit with the name it bears today. */
  readonly unitName: string;
  readonly status: DossierStatus;
  readonly submittedAt: Date;
  readonly receivedAt: Date | null;
  readonly dueAt: Date | null;
  readonly endedAt: Date | null;
  readonly returnedAt: Date | null;
};

export type PortalStoryLine = {
  readonly seq: number;
  readonly at: Date;
  readonly text: string;
  readonly note: string | null;
};

/** A dossier for its owner. */
export type OwnDossier = PublicDossier & {
  readonly id: string;
  readonly version: number;
  readonly receivedByName: string;
  readonly resultMethod: 'desk' | 'post' | 'electronic';
  readonly formLines: readonly { readonly label: string; readonly value: string }[];
  readonly components: readonly {
    readonly code: string;
    readonly name: string;
    readonly files: readonly { readonly id: string; readonly name: string }[];
  }[];
  readonly fees: readonly {
    readonly id: string;
    readonly name: string;
    readonly amountVnd: number | null;
    readonly paidVnd: number;
  }[];
  readonly slips: readonly { readonly seq: number; readonly title: string }[];
  /** Oldest first; texts without names of staff. */
  readonly story: readonly PortalStoryLine[];
  /** The open completion or supplement request. */
  readonly request: {
    readonly reason: string;
    readonly deadline: Day | null;
    readonly items: readonly { readonly code: string | null; readonly name: string; readonly what: string }[];
  } | null;
  /** Commands legal for the owner now. */
  readonly commands: readonly ('complete' | 'accept-supplement' | 'withdraw')[];
  readonly result: {
    readonly title: string;
    readonly number: string | null;
    readonly issuedAt: Date | null;
    readonly available: boolean;
  } | null;
  readonly rating: number | null;
};

export type OpenedContent = {
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  readonly content: Readable | Buffer;
};

/** What is known of a dossier the moment it is filed. */
export type FiledDossier = { readonly id: string; readonly code: string; readonly submittedAt: Date };

/** What the portal asks of dossiers. Missing and foreign dossiers are the same: undefined, or `row/missing`. */
export type DossierPort = {
  /**
   * The same key twice gives the same dossier. `also`: what the portal notes of it, in the statement that makes it.
   * @throws AppError for refused filings.
   */
  file(
    actor: Actor,
    filing: OnlineFiling,
    idempotencyKey: string,
    also: (made: FiledDossier) => readonly Also[],
  ): Promise<FiledDossier>;
  listOwn(
    actor: CitizenActor,
    cursor: string | undefined,
  ): Promise<{ readonly rows: readonly PortalDossierRow[]; readonly nextCursor: string | null }>;
  getOwn(access: OwnerAccess, id: string): Promise<OwnDossier>;
  /** Answers the open request: `complete` before reception, `accept-supplement` after; the files move to the dossier. */
  answer(
    access: OwnerAccess,
    id: string,
    version: number,
    answer: {
      readonly note: string;
      readonly files: readonly { readonly componentCode: string | null; readonly fileId: string }[];
      readonly fileOwner: { readonly type: 'portal-answer'; readonly id: string };
    },
  ): Promise<void>;
  withdraw(access: OwnerAccess, id: string, version: number, reason: string): Promise<void>;
  rate(access: OwnerAccess, id: string, score: number, comment: string): Promise<void>;
  openFile(access: OwnerAccess, id: string, fileId: string): Promise<OpenedContent>;
  openSlip(access: OwnerAccess, id: string, seq: number): Promise<OpenedContent>;
  openResult(access: OwnerAccess, id: string): Promise<OpenedContent>;
  /** By code alone, for the QR check page. */
  findPublic(code: string): Promise<PublicDossier | undefined>;
  /**
   * By code and second fact: digits only, 4 or more. Four digits match the last four of an identity number or
   * telephone of a party, or a year of birth; more must match the whole end. The actor is recorded with its address.
   */
  follow(
    actor: CitizenActor | GuestActor,
    code: string,
    digits: string,
  ): Promise<(PublicDossier & { readonly story: readonly PortalStoryLine[] }) | undefined>;
};

/** Monthly counts; `month` is `YYYY-MM` in Vietnam. */
export type BoardPort = {
  /** Shares of fewer dossiers than this are not shown on a day. */
  minimumOn(day: Day): number;
  monthly(month: string): Promise<readonly ({ readonly unitId: string; readonly unitName: string } & BoardFigures)[]>;
  /** First month with a dossier, `YYYY-MM`; undefined when there is none. */
  firstMonth(): Promise<string | undefined>;
};

/** Issued apologies and re-appointments. */
export type ApologyPort = {
  /** `month` is `YYYY-MM`; newest first. */
  list(query: {
    readonly unitId: string | undefined;
    readonly month: string | undefined;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{
    readonly rows: readonly {
      readonly code: string;
      readonly procedureName: string;
      readonly unitName: string;
      readonly issuedAt: Date;
      readonly dueOriginal: Date;
      readonly newDueAt: Date | null;
      readonly finishedAt: Date | null;
      readonly reasonName: string;
    }[];
    readonly total: number;
    readonly units: readonly { readonly id: string; readonly name: string }[];
    readonly firstMonth: string | undefined;
  }>;
  /** For a reader who may follow the dossier; oldest first. */
  ofDossier(code: string): Promise<
    readonly {
      readonly number: string;
      readonly issuedAt: Date;
      readonly text: string;
      readonly reasonName: string;
      readonly reason: string;
    }[]
  >;
};

export type PortalPorts = {
  readonly catalogue: CataloguePort;
  readonly place: PlacePort;
  readonly dossiers: DossierPort;
  readonly board: BoardPort;
  readonly apologies: ApologyPort;
};
