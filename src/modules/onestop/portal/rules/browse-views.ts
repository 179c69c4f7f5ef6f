import type { BoardOrder } from './board-order.ts';
import type { FilingOffer } from './filing-offer.ts';

// What the pages that anybody may read are given. Texts are ready to show; instants are ISO 8601, +07:00.

/** What a fee comes to, as far as it is known before filing. */
export type FeeAmount =
  | { readonly kind: 'free' }
  | { readonly kind: 'fixed'; readonly amountVnd: number }
  /** By a rule over what is filed (copies, pages). */
  | { readonly kind: 'computed' }
  | { readonly kind: 'by-province' }
  | { readonly kind: 'foreign'; readonly amount: number; readonly currency: string };

/** A procedure in a list. */
export type ProcedureSummary = {
  readonly code: string;
  readonly name: string;
  readonly fieldName: string;
  readonly limitText: string;
  /** The dearest fee, as a first idea. */
  readonly fee: FeeAmount;
  readonly online: 'full' | 'partial' | 'none';
};

/** Counts of one month, by unit or in all. */
export type BoardFigures = {
  readonly received: number;
  readonly resolved: number;
  readonly early: number;
  readonly onTime: number;
  readonly late: number;
  readonly open: number;
  readonly openLate: number;
};

/** Per cent with one decimal; null: nothing to measure; `few`: too few dossiers to tell. */
export type BoardRate = number | null | 'few';
/** What everybody sees of one unit: shares, no counts. */
export type BoardRates = {
  readonly unitId: string;
  readonly unitName: string;
  /** Shares of what was resolved in the month. */
  readonly inTime: BoardRate;
  readonly early: BoardRate;
  readonly late: BoardRate;
  /** Share of what is open now. */
  readonly openLate: BoardRate;
};

export type HomeView = {
  readonly popular: readonly ProcedureSummary[];
  readonly fields: readonly { readonly code: string; readonly name: string; readonly count: number }[];
  /** `month` as MM/yyyy. */
  readonly board: { readonly month: string; readonly figures: BoardFigures } | null;
  /** True where filing is done here, not on the national portal. */
  readonly filesHere: boolean;
};

export type ProceduresView = {
  readonly q: string;
  readonly fieldCode: string;
  readonly level: string;
  readonly page: number;
  readonly pageCount: number;
  readonly total: number;
  readonly rows: readonly ProcedureSummary[];
  readonly fields: readonly { readonly code: string; readonly name: string }[];
  readonly levels: readonly { readonly code: string; readonly name: string }[];
};

/** A procedure before sign-in: everything needed to decide whether and how to file. */
export type ProcedureView = {
  readonly code: string;
  readonly name: string;
  readonly fieldName: string;
  readonly authorityText: string;
  readonly subjectsText: string;
  readonly channels: readonly ('desk' | 'online' | 'post')[];
  readonly cases: readonly { readonly id: string; readonly name: string }[];
  /** One line per limit: for whom (null = all), how long, remark. */
  readonly limits: readonly {
    readonly caseName: string | null;
    readonly area: 'normal' | 'difficult' | null;
    readonly channel: 'desk' | 'online' | 'post' | null;
    readonly text: string;
    readonly note: string;
  }[];
  readonly fees: readonly {
    readonly id: string;
    readonly name: string;
    readonly amount: FeeAmount;
    readonly description: string;
    readonly exemptions: readonly string[];
  }[];
  readonly componentGroups: readonly {
    readonly id: string;
    readonly title: string;
    readonly items: readonly {
      readonly id: string;
      readonly name: string;
      readonly required: 'yes' | 'no' | 'sometimes';
      readonly originals: number;
      readonly copies: number;
      readonly present: 'submit' | 'show' | 'note';
      readonly hint: string;
      readonly filledOnline: boolean;
    }[];
  }[];
  /** The way through the offices with each share of the limit. */
  readonly steps: readonly {
    readonly id: string;
    readonly name: string;
    readonly role: string;
    readonly allow: string;
  }[];
  readonly proseSteps: readonly { readonly name: string; readonly text: string }[];
  readonly methods: readonly { readonly channel: 'desk' | 'online' | 'post' | null; readonly text: string }[];
  readonly requirements: string;
  readonly results: readonly { readonly name: string; readonly validity: string }[];
  readonly legalBases: readonly { readonly code: string; readonly name: string }[];
  readonly formTitle: string | null;
  /** Day of force of the revision shown, dd/MM/yyyy. */
  readonly validFrom: string;
  /** False: not yet compared with the legal text; the page says so. */
  readonly verified: boolean;
  readonly offer: FilingOffer;
};

export type BoardView = {
  /** Month shown, `2026-11`, and the months one can choose. */
  readonly month: string;
  readonly months: readonly { readonly value: string; readonly text: string }[];
  readonly order: BoardOrder;
  readonly rows: readonly BoardRates[];
  /** Dossiers from which on a share is shown. */
  readonly minimum: number;
  readonly total: BoardFigures;
  readonly asOf: string;
  /** Which rows of all these are; absent where all are there. */
  readonly pages?: { readonly page: number; readonly pageCount: number };
};
