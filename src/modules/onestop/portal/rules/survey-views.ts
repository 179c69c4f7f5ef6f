import type { PageProblem } from './page-context.ts';

/** A question as the page asks it; `value` is what was sent before and is shown again. */
export type SurveyQuestionView = {
  readonly id: string;
  readonly text: string;
  readonly optional: boolean;
  readonly value: string;
  /** Empty: words. */
  readonly choices: readonly { readonly value: string; readonly label: string }[];
};

export type SurveyView = {
  readonly name: string;
  readonly intro: string;
  /** Last day, `YYYY-MM-DD`; null where no survey asks it yet. */
  readonly until: string | null;
  /** Where the answers go; null: a preview, from which nothing can be sent. */
  readonly action: string | null;
  /** Code of the counter it is answered at; empty: by link. */
  readonly kiosk: string;
  readonly sections: readonly { readonly title: string; readonly questions: readonly SurveyQuestionView[] }[];
  readonly problems: readonly PageProblem[];
};

/** Thanks, or why there is nothing to answer. */
export type SurveyNoteView = {
  readonly kind: 'thanks' | 'refused';
  /** Ready words for `refused`. */
  readonly text: string;
  readonly kiosk: string;
};

/** A counter asks for the dossier's code and a second fact. */
export type SurveyKioskView = {
  readonly code: string;
  readonly name: string;
  readonly dossierCode: string;
  readonly problems: readonly PageProblem[];
};

/** A figure with its interval; `hidden`: too few answers; percent null: none. */
export type SurveyFigure = {
  readonly id: string;
  readonly name: string;
  readonly n: number | null;
  readonly hidden: boolean;
  readonly percent: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

export type SurveyResultView = {
  readonly code: string;
  readonly name: string;
  readonly unitName: string;
  readonly finished: { readonly from: string; readonly to: string };
  readonly open: { readonly from: string; readonly to: string };
  readonly minimum: number;
  readonly frame: number;
  readonly drawn: number;
  readonly weighted: boolean;
  /** Answers of the scale that count as satisfied; none where the index is the mean of the scale. */
  readonly satisfied: readonly string[];
  readonly source: string;
  readonly verified: boolean;
  readonly overall: SurveyFigure;
  readonly groups: readonly SurveyFigure[];
  readonly units: readonly SurveyFigure[];
  /** Units of which those below were all asked, as these found together. */
  readonly together: readonly SurveyFigure[];
  /** The same of each of their groups of fields. Null: the survey was closed before that was kept. */
  readonly togetherGroups: readonly SurveyFigure[] | null;
  readonly factors: readonly SurveyFigure[];
  readonly criteria: readonly SurveyFigure[];
};

/** Closed surveys, the last closed first. */
export type ClosedSurveysView = {
  readonly q: string;
  readonly page: number;
  readonly pageCount: number;
  readonly total: number;
  readonly rows: readonly {
    readonly code: string;
    readonly name: string;
    readonly unitName: string;
    readonly finished: { readonly from: string; readonly to: string };
    readonly closedOn: string;
    readonly overall: SurveyFigure;
  }[];
};
