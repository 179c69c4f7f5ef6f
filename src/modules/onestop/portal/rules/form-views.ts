import type { FormError, VisibleSection } from '../../../../core/forms/evaluate.ts';
import type { WizardFrame } from './filing-views.ts';

/** One section of a form as a page of the wizard. */
export type FormPageView = {
  readonly frame: WizardFrame;
  readonly section: VisibleSection;
  /** Errors of this section only. */
  readonly errors: readonly FormError[];
  /** Address that suggests units for address fields. */
  readonly unitsUrl: string;
  /** Who is signed in, said where the form would otherwise ask. */
  readonly filedAs: string | null;
};
