import { useState } from 'react';
import type { TargetTerms } from '../../../../modules/insight/targets/rules/definition.ts';
import { findMissing, type TermsDraft, termsOf } from './terms-draft.ts';
import type { TargetOptions } from './terms-form.tsx';

/**
 * What is typed of a target, for `TermsForm`, and the terms it makes.
 * @param before what an edited target says
 */
export function useTerms(first: () => TermsDraft, options: TargetOptions, before?: TargetTerms) {
  const [draft, setDraft] = useState(first);
  const [wrong, setWrong] = useState<readonly (keyof TermsDraft)[]>([]);

  /** Undefined where something is missing: its first field then has the focus, also out of the folded part. */
  function read(): TargetTerms | undefined {
    const missing = findMissing(draft);
    setWrong(missing);
    if (missing.length > 0) {
      const field = document.getElementById(`target-${missing[0]}`);
      field?.closest('details')?.setAttribute('open', '');
      field?.focus();
      return undefined;
    }
    return termsOf(draft, before, options.metrics.find((one) => draft.value === `metric:${one.id}`)?.unit);
  }

  const onDraft = (change: Partial<TermsDraft>): void => setDraft((now) => ({ ...now, ...change }));
  return { fields: { draft, onDraft, wrong, options }, read };
}
