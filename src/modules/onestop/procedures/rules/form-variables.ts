import type { Variables } from '../../../../core/expressions/types.ts';
import type { FormDefinition } from '../../../../core/forms/definition.ts';
import { formVariables } from '../../../../core/forms/variables.ts';

const known = new WeakMap<FormDefinition, Variables>();
const BARE: Variables = { today: 'day', caseId: 'string', channel: 'string' };

/**
 * What fee rules, exemptions, case conditions and `required` conditions may name: the form's fields by id, repeated
 * sections as lists, and `caseId`, `channel`, `today`. The same record for the same form, so that compiled rules are
 * reused.
 */
export function ruleVariables(form: FormDefinition | undefined): Variables {
  if (!form) return BARE;
  const cached = known.get(form);
  if (cached) return cached;
  const variables: Variables = { ...formVariables(form), ...BARE };
  known.set(form, variables);
  return variables;
}
