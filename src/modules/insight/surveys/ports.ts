import type { Day } from '../../../core/time/index.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';

/** A dossier that was finished, as surveys see it. */
export type FinishedDossier = {
  readonly dossierId: string;
  readonly unitId: string;
  readonly fieldCode: string;
  readonly fieldName: string;
};

/** Where an invitation may go. */
export type SurveyContact = {
  readonly dossierId: string;
  readonly dossierCode: string;
  readonly citizenAccountId: string | null;
  readonly email: string | null;
};

/** What surveys need of other modules; the composition root fits their doors to it. */
export type SurveyPorts = {
  directory(): Promise<UnitDirectory>;
  /** Dossiers these units decided that were finished in the period (both days count), without those withdrawn or stopped. */
  finished(unitIds: readonly string[], from: Day, to: Day): Promise<readonly FinishedDossier[]>;
  findByCode(code: string): Promise<{ readonly dossierId: string } | undefined>;
  /** The finished dossier where it lies in the period; undefined otherwise. */
  findFinished(dossierId: string, from: Day, to: Day): Promise<FinishedDossier | undefined>;
  contacts(dossierIds: readonly string[]): Promise<readonly SurveyContact[]>;
  /** Ratings given after handing over, by deciding unit, month `YYYY-MM` and score 1–5. */
  ratings(
    unitIds: readonly string[],
    from: Day,
    to: Day,
  ): Promise<
    readonly { readonly unitId: string; readonly month: string; readonly score: number; readonly n: number }[]
  >;
};
