import type { RegisterFinding } from '../../../../modules/insight/registers/rules/lint.ts';
import type { RegisterDefinition } from '../../../../modules/insight/registers/rules/register.ts';

/** What every part of the designer is given. */
export type PartProps = {
  readonly register: RegisterDefinition;
  readonly onChange: (register: RegisterDefinition) => void;
  readonly findings: readonly RegisterFinding[];
  readonly locked: boolean;
};

/** The first of `name-1`, `name-2` … that is not taken. */
export function freeName(name: string, taken: readonly string[]): string {
  let nth = 1;
  while (taken.includes(`${name}${nth}`)) nth += 1;
  return `${name}${nth}`;
}
