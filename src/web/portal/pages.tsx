import type { ReactNode } from 'react';
import type { PageContext } from '../../modules/onestop/portal/rules/page-context.ts';
import type { PageName, PortalPages } from '../../modules/onestop/portal/rules/pages.ts';
import { AccessibilityPage } from './pages/accessibility.tsx';
import { AccountPage, DisplayPage, SignInPage } from './pages/account.tsx';
import { ApologiesPage } from './pages/apologies.tsx';
import { BoardPage } from './pages/board.tsx';
import { CheckPage, FiledPage } from './pages/check.tsx';
import { DossierPage } from './pages/dossier.tsx';
import { DossiersPage } from './pages/dossiers.tsx';
import { FormPage } from './pages/form.tsx';
import { HomePage } from './pages/home.tsx';
import { IndicesPage } from './pages/indices.tsx';
import { PapersPage } from './pages/papers.tsx';
import { ProcedurePage } from './pages/procedure.tsx';
import { ProceduresPage } from './pages/procedures.tsx';
import { ResumePage } from './pages/resume.tsx';
import { SessionEndedPage } from './pages/session-ended.tsx';
import { StartPage } from './pages/start.tsx';
import { StatusPage } from './pages/status.tsx';
import { SurveyKioskPage, SurveyNotePage, SurveyPage } from './pages/survey.tsx';
import { SurveyResultsPage } from './pages/survey-results.tsx';
import { SurveysPage } from './pages/surveys.tsx';
import { CheckCodePage, TrackedPage, TrackingPage } from './pages/tracking.tsx';

/** A page as a component: all it shows comes by `props` and `ctx`. */
export type PageComponent<N extends PageName> = (input: { props: PortalPages[N]; ctx: PageContext }) => ReactNode;

/** The component of each page; the compiler holds this list and `PortalPages` together. */
export const pages: { readonly [N in PageName]: PageComponent<N> } = {
  home: HomePage,
  procedures: ProceduresPage,
  procedure: ProcedurePage,
  board: BoardPage,
  apologies: ApologiesPage,
  start: StartPage,
  form: FormPage,
  papers: PapersPage,
  check: CheckPage,
  filed: FiledPage,
  resume: ResumePage,
  dossiers: DossiersPage,
  dossier: DossierPage,
  tracking: TrackingPage,
  tracked: TrackedPage,
  'check-code': CheckCodePage,
  account: AccountPage,
  'sign-in': SignInPage,
  display: DisplayPage,
  accessibility: AccessibilityPage,
  'session-ended': SessionEndedPage,
  survey: SurveyPage,
  'survey-note': SurveyNotePage,
  'survey-kiosk': SurveyKioskPage,
  'survey-results': SurveyResultsPage,
  surveys: SurveysPage,
  indices: IndicesPage,
  status: StatusPage,
};
