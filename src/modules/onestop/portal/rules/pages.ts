import type { ApologiesView } from './apology-views.ts';
import type { BoardView, HomeView, ProceduresView, ProcedureView } from './browse-views.ts';
import type {
  AccountView,
  CheckCodeView,
  DisplayView,
  MyDossiersView,
  MyDossierView,
  SessionEndedView,
  SignInView,
  StatusView,
  TrackedView,
  TrackingView,
} from './dossier-views.ts';
import type { CheckView, FiledView, PapersView, ResumeView, StartView } from './filing-views.ts';
import type { FormPageView } from './form-views.ts';
import type { PublishedIndexView } from './index-views.ts';
import type { PageContext } from './page-context.ts';
import type {
  ClosedSurveysView,
  SurveyKioskView,
  SurveyNoteView,
  SurveyResultView,
  SurveyView,
} from './survey-views.ts';

/** Every page of the portal and what it needs to be shown. */
export type PortalPages = {
  readonly home: HomeView;
  readonly procedures: ProceduresView;
  readonly procedure: ProcedureView;
  readonly board: BoardView;
  readonly apologies: ApologiesView;
  readonly start: StartView;
  readonly form: FormPageView;
  readonly papers: PapersView;
  readonly check: CheckView;
  readonly filed: FiledView;
  readonly resume: ResumeView;
  readonly dossiers: MyDossiersView;
  readonly dossier: MyDossierView;
  readonly tracking: TrackingView;
  readonly tracked: TrackedView;
  readonly 'check-code': CheckCodeView;
  readonly account: AccountView;
  readonly 'sign-in': SignInView;
  readonly display: DisplayView;
  readonly accessibility: { readonly updated: string };
  readonly 'session-ended': SessionEndedView;
  readonly survey: SurveyView;
  readonly 'survey-note': SurveyNoteView;
  readonly 'survey-kiosk': SurveyKioskView;
  readonly 'survey-results': SurveyResultView;
  readonly surveys: ClosedSurveysView;
  readonly indices: PublishedIndexView;
  readonly status: StatusView;
};

export type PageName = keyof PortalPages;

/** Turns a page into HTML; the built bundle `dist/portal/server/server.js` is the one implementation. */
export type RenderPage = <N extends PageName>(name: N, props: PortalPages[N], ctx: PageContext) => string;
