import type { OwnApology } from './apology-views.ts';
import type { PageProblem } from './page-context.ts';

// What the pages about one dossier are given.

export type StatusTone = 'grey' | 'green' | 'amber' | 'red' | 'blue';

export type MyDossiersView = {
  readonly rows: readonly {
    readonly id: string;
    readonly code: string;
    readonly procedureName: string;
    readonly statusName: string;
    readonly tone: StatusTone;
    readonly submittedAt: string;
    readonly dueAt: string | null;
    /** True while the citizen is waited for. */
    readonly todo: boolean;
  }[];
  readonly drafts: readonly {
    readonly id: string;
    readonly procedureName: string;
    readonly savedAt: string;
    readonly href: string;
  }[];
  readonly nextHref: string | null;
};

export type StoryLine = { readonly id: string; readonly at: string; readonly what: string; readonly note: string };

/** Days and instants everybody who follows a dossier may know; null = not yet. */
export type DossierDates = {
  readonly submittedAt: string;
  readonly receivedAt: string | null;
  readonly dueAt: string | null;
  readonly endedAt: string | null;
  readonly returnedAt: string | null;
};

/** What happens next; `due` is said with it where it is known. */
export type NextStep =
  | 'desk-answers'
  | 'you-complete'
  | 'office-decides'
  | 'office-late'
  | 'you-supplement'
  | 'you-pay'
  | 'suspended'
  | 'collect'
  | 'done'
  | 'refused'
  | 'withdrawn'
  | 'stopped';

/** A dossier for those whose it is. */
export type MyDossierView = {
  readonly id: string;
  readonly version: number;
  readonly code: string;
  readonly procedureName: string;
  readonly statusName: string;
  readonly tone: StatusTone;
  readonly next: NextStep;
  readonly dates: DossierDates;
  readonly receivedByName: string;
  readonly decidedByName: string;
  readonly resultMethod: 'desk' | 'post' | 'electronic';
  readonly formLines: readonly { readonly label: string; readonly value: string }[];
  readonly papers: readonly {
    readonly name: string;
    readonly files: readonly { readonly name: string; readonly href: string }[];
  }[];
  readonly fees: readonly { readonly name: string; readonly amountVnd: number | null; readonly paidVnd: number }[];
  readonly slips: readonly { readonly title: string; readonly href: string }[];
  readonly apologies: readonly OwnApology[];
  readonly story: readonly StoryLine[];
  /** The open request for completion or supplement, to be answered here. */
  readonly request: {
    readonly reason: string;
    /** Last day to answer, `YYYY-MM-DD`. */
    readonly deadline: string | null;
    readonly items: readonly { readonly key: string; readonly name: string; readonly what: string }[];
  } | null;
  readonly answer: string;
  readonly mayWithdraw: boolean;
  readonly withdrawReason: string;
  readonly result: {
    readonly title: string;
    readonly number: string | null;
    readonly issuedAt: string | null;
    readonly href: string | null;
  } | null;
  readonly rating: 'open' | 'given' | 'closed';
  readonly ratingScore: string;
  readonly ratingComment: string;
  readonly problems: readonly PageProblem[];
  /** Said once after an act. */
  readonly notice: 'supplemented' | 'withdrawn' | 'rated' | 'restored' | 'restored-without-files' | null;
};

export type TrackingView = {
  readonly code: string;
  /** What a code looks like these days; null where the regime names none. */
  readonly example: string | null;
  readonly problems: readonly PageProblem[];
};

/** A dossier for somebody who knows its code and a second fact: no names, no content. */
export type TrackedView = {
  readonly code: string;
  readonly procedureName: string;
  readonly unitName: string;
  readonly statusName: string;
  readonly tone: StatusTone;
  readonly next: NextStep;
  readonly dates: DossierDates;
  readonly apologies: readonly OwnApology[];
  readonly story: readonly StoryLine[];
};

/** What the QR code on a slip leads to: code, procedure, unit, dates and status, nothing else (contracts §4.12). */
export type CheckCodeView =
  | { readonly found: false; readonly code: string }
  | {
      readonly found: true;
      readonly code: string;
      readonly procedureName: string;
      readonly unitName: string;
      readonly statusName: string;
      readonly tone: StatusTone;
      readonly dates: DossierDates;
    };

export type AccountView = {
  readonly fullName: string;
  readonly idNumberMasked: string;
  readonly birthDate: string;
  readonly contact: string;
};

export type SignInView = { readonly startHref: string; readonly providerName: string; readonly problem: string | null };

export type DisplayView = {
  readonly theme: string;
  readonly size: string;
  readonly contrast: string;
  readonly back: string;
};

/** Told to whoever sends a page while nobody is signed in any more. */
export type SessionEndedView = {
  /** Where signing in leads to. */
  readonly returnTo: string;
  /** `text`: held for an hour, `not`: could not be held, `nothing-typed`: the page has no fields but files. */
  readonly kept: 'text' | 'not' | 'nothing-typed';
  /** Files came with it; they are to be chosen again. */
  readonly hadFiles: boolean;
  /** The secret of a guest opens the page as well. */
  readonly byCode: boolean;
};

/** What went wrong: missing or forbidden (same words), too fast, expired, broken, maintenance. */
export type StatusView = {
  readonly kind: 'not-found' | 'bad-request' | 'sign-in' | 'too-many' | 'conflict' | 'error' | 'maintenance';
  /** What exactly, in Vietnamese, from the error registry. */
  readonly detail?: string;
  readonly reference?: string;
  /** A file or list of the interface that staff opened: the way on is their work, not the portal. */
  readonly forStaff?: boolean;
};
