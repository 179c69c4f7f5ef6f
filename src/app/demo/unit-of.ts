import type { System } from '../system.ts';

/** Ids of units by their keys in `content/units`. */
type UnitOf = (key: string) => string;

/** @returns a function that throws an Error where there is no such unit */
export async function unitOf({ organisation }: Pick<System, 'organisation'>): Promise<UnitOf> {
  const ids = await organisation.unitIdsByKey();
  return (key) => {
    const id = ids.get(key);
    if (id === undefined) throw new Error(`no unit ${key} in content/units`);
    return id;
  };
}
