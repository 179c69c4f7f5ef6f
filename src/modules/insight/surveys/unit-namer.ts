import { type UnitDirectory, unitNameOn } from '../../foundation/organisation/index.ts';

/** Names of units as they were on a day (the last of a surveyed period, or today), or the last they bore. */
export function unitNamer(directory: UnitDirectory, day: string): (unitId: string) => string {
  return (unitId) => unitNameOn(directory, unitId, day);
}
