import type { PageProblem } from './page-context.ts';
import type { Revealed } from './revealed.ts';

// What the pages of the filing wizard are given.

/** One page of the wizard in its list of pages. */
export type WizardStepView = {
  readonly id: string;
  /** Title of a form's section, or a key of the portal's texts. */
  readonly title: string | { readonly key: string };
  readonly state: 'done' | 'current' | 'ahead';
  readonly href: string;
};

/** Frame of every page of the wizard. */
export type WizardFrame = {
  readonly draftId: string;
  readonly procedureCode: string;
  readonly procedureName: string;
  readonly steps: readonly WizardStepView[];
  /** Address the page's form posts to. */
  readonly action: string;
  readonly backHref: string | null;
  readonly savedAt: string;
  /** What is said once on top: the form has a new revision, the draft is saved, what was typed before a sign-in is. */
  readonly notice: 'new-revision' | 'saved' | 'restored' | 'restored-without-files' | null;
  readonly problems: readonly PageProblem[];
  /** Questions that an answer has just added to this page. */
  readonly revealed: readonly Revealed[];
  /** For guests: the code with which the draft is opened on another device. */
  readonly resumeCode: string | null;
  /** Version of the draft this page shows; posted back, so that two tabs do not overwrite each other. */
  readonly version: number;
  readonly training: boolean;
};

/** First page: which desk, which case. Nothing is saved before it is answered. */
export type StartView = {
  readonly procedureCode: string;
  readonly procedureName: string;
  readonly desks: readonly { readonly value: string; readonly label: string }[];
  readonly cases: readonly { readonly value: string; readonly label: string }[];
  readonly deskId: string;
  readonly caseId: string;
  readonly problems: readonly PageProblem[];
  readonly signedIn: boolean;
  readonly guest: boolean;
  readonly training: boolean;
};

/** Papers to attach, one group per component. */
export type PapersView = {
  readonly frame: WizardFrame;
  readonly maxMb: number;
  readonly components: readonly {
    readonly id: string;
    readonly name: string;
    readonly required: boolean;
    readonly hint: string;
    readonly files: readonly { readonly id: string; readonly name: string; readonly sizeBytes: number }[];
  }[];
};

/** Everything once more, with a way back to each page. */
export type CheckView = {
  readonly frame: WizardFrame;
  readonly groups: readonly {
    /** Id of the group on the page; a problem of the group links to it. */
    readonly id: string;
    /** Title of a form's section, or a key of the portal's texts. */
    readonly title: string | { readonly key: string };
    readonly changeHref: string;
    readonly lines: readonly { readonly label: string; readonly value: string }[];
  }[];
  readonly fees: readonly { readonly name: string; readonly amountVnd: number | null }[];
  readonly limitText: string;
  readonly deskName: string;
};

/** Filed: the code, what happens next. */
export type FiledView = {
  readonly code: string;
  readonly procedureName: string;
  readonly unitName: string;
  readonly submittedAt: string;
  /** Own page of the dossier for a signed-in citizen. */
  readonly dossierHref: string | null;
  /** For guests: needed with the code to open the dossier later; shown once. */
  readonly guestKey: string | null;
};

/** Opens a guest's draft or dossier on another device. */
export type ResumeView = { readonly value: string; readonly problems: readonly PageProblem[] };
