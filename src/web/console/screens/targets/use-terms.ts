import { useState } from 'react';
import type { TargetTerms } from '../../../../modules/insight/targets/rules/definition.ts';
import { type Faults, findFaults, type TermsDraft, termsOf } from './terms-draft.ts';
import type { TargetOptions } from './terms-form.tsx';

/** How the chosen source is measured; undefined where that is typed. */
const unitOf = (value: string, { metrics, registers }: TargetOptions): string | undefined =>
  metrics.find((one) => value === `metric:${one.id}`)?.unit ??
  registers.find((one) => value === `register:${one.register}/${one.measure}`)?.unit;

/**
 * What is typed of a target, for `TermsForm`, and the terms it makes.
 * @param before what an edited target says
 */
export function useTerms(first: () => TermsDraft, options: TargetOptions, before?: TargetTerms) {
  const [draft, setDraft] = useState(first);
  const [wrong, setWrong] = useState<Faults>({});

  /** Undefined where something is missing or wrong: its first field then has the focus, also out of the folded part. */
  function read(): TargetTerms | undefined {
    const faults = findFaults(draft);
    setWrong(faults);
    const fields = Object.keys(faults).map((name) => `#target-${name}`);
    if (fields.length > 0) {
      // The first as they stand on the screen.
      const field = document.querySelector<HTMLElement>(fields.join());
      field?.closest('details')?.setAttribute('open', '');
      field?.focus();
      return undefined;
    }
    return termsOf(draft, before, unitOf(draft.value, options));
  }

  function onDraft(change: Partial<TermsDraft>): void {
    setDraft((now) => ({ ...now, ...change }));
    // What was said of a field is over when somebody works on it.
    setWrong((now) => Object.fromEntries(Object.entries(now).filter(([name]) => !(name in change))));
  }

  return { fields: { draft, onDraft, wrong, options }, read };
}
