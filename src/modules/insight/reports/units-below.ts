import type { Day } from '../../../core/time/index.ts';
import type { UnitDirectory, UnitVersion } from '../../foundation/organisation/index.ts';

/** Administrative units directly below a unit on a day. */
export function administrativeChildren(directory: UnitDirectory, unitId: string, day: Day): readonly UnitVersion[] {
  return directory
    .childrenOn(unitId, day)
    .filter((child) => child.type === 'administrative' && child.level !== 'hamlet');
}
