import type { Day } from '../../../core/time/index.ts';
import { PERMISSION_OF_STEP } from '../dossiers/rules/context.ts';
import type { Part } from './notice-store.ts';
import type { WarningPorts } from './ports.ts';

/** Who holds a dossier, as far as telling goes. `stepKind` where it is known. */
export type Holding = {
  readonly unitId: string | null;
  readonly staffId: string | null;
  readonly stepKind: keyof typeof PERMISSION_OF_STEP | undefined;
};

/** Whoever may give work to others at a unit is its head here. */
const HEAD = 'dossier.reassign';

/**
 * Finds who is to be told: the person who holds the step; of a step no person holds, all who may take it there; of a
 * unit, its heads. Where nobody may take it, the heads are told. Remembers its answers: make one per run.
 */
export function createRecipients(ports: Pick<WarningPorts, 'staffOf'>, day: Day) {
  const known = new Map<string, Promise<readonly string[]>>();
  const staffOf = (unitId: string, permission: string): Promise<readonly string[]> => {
    const key = `${unitId} ${permission}`;
    const found =
      known.get(key) ?? ports.staffOf(unitId, permission, day).then((rows) => rows.map((row) => row.staffId));
    known.set(key, found);
    return found;
  };
  return async (part: Part, { unitId, staffId, stepKind }: Holding): Promise<readonly string[]> => {
    if (unitId === null) return [];
    if (part === 'head') return staffOf(unitId, HEAD);
    if (staffId !== null) return [staffId];
    const takers = stepKind ? await staffOf(unitId, PERMISSION_OF_STEP[stepKind]) : [];
    return takers.length > 0 ? takers : staffOf(unitId, HEAD);
  };
}
