import type { Day } from '../../../../core/time/index.ts';
import { placeOn } from '../../../foundation/organisation/rules/placement.ts';
import type { UnitDirectory } from '../../../foundation/organisation/rules/unit-directory.ts';

/** For a day: the units whose figures stand at each unit, each in one place. */
export type Places = ReadonlyMap<string, readonly string[]>;

export function placesOn(directory: UnitDirectory, counted: readonly string[], day: Day): Places {
  const places = new Map<string, string[]>();
  for (const id of counted) {
    const place = placeOn(directory, id, day);
    if (place === undefined) continue;
    const known = places.get(place);
    if (known) known.push(id);
    else places.set(place, [id]);
  }
  return places;
}

/** Units whose figures stand under a unit on a day; `tree`: or under one below it. */
export function unitsUnder(
  directory: UnitDirectory,
  places: Places,
  unitId: string,
  roll: 'own' | 'tree',
  day: Day,
): readonly string[] {
  const reach = directory.reachOn(unitId, roll === 'tree' ? 'subtree' : 'unit', day);
  return reach.flatMap((id) => places.get(id) ?? []);
}
