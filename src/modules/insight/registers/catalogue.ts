import type { Day } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import { allRegisters } from './content.ts';
import { type Beside, readBeside, readDefinitions } from './design-store.ts';
import type { Register, RegisterDefinition } from './rules/register.ts';
import { registerOn } from './rules/versions.ts';

/** Published versions never change, so what was read once stays true. */
const published = new Map<string, RegisterDefinition>();
/** Made registers are kept, because their expressions are compiled once an object. */
const made = new Map<string, Register>();
const MOST_MADE = 500;

/**
 * Every register as it stands on a day: those of the content and those published in the console, each with its versions
 * before that day. What was published a moment ago is there.
 */
export async function registersOn(db: Db, day: Day): Promise<readonly Register[]> {
  const beside = await readBeside(db);
  if (beside.versions.length === 0 && beside.lastDays.size === 0) return allRegisters();
  const unknown = beside.versions.filter(({ id }) => !published.has(id)).map(({ id }) => id);
  for (const { id, definition } of await readDefinitions(db, unknown)) published.set(id, definition);
  return composed(allRegisters(), beside, day);
}

function composed(ofContent: readonly RegisterDefinition[], { versions, lastDays }: Beside, day: Day): Register[] {
  const byRegister = Map.groupBy(versions, (version) => version.registerId);
  const own = [...byRegister.keys()].filter((id) => ofContent.every((register) => register.id !== id));
  const compose = (id: string, first: RegisterDefinition | undefined): Register | undefined => {
    const rows = byRegister.get(id) ?? [];
    const lastDay = lastDays.get(id) ?? null;
    if (first && rows.length === 0 && lastDay === null) return first;
    const begun = rows.filter((row) => row.validFrom <= day).map((row) => row.id);
    const key = [id, lastDay, begun.length, ...rows.map((row) => row.id)].join(' ');
    const known = made.get(key);
    if (known) return known;
    const all = [...(first ? [first] : []), ...rows.flatMap((row) => published.get(row.id) ?? [])];
    if (all.length === 0) return undefined;
    const register = registerOn(all, day, lastDay);
    if (made.size >= MOST_MADE) made.clear();
    made.set(key, register);
    return register;
  };
  return [
    ...ofContent.map((register) => compose(register.id, register)),
    ...own.sort().map((id) => compose(id, undefined)),
  ].filter((register) => register !== undefined);
}

/** One register as it stands on a day. */
export async function findRegisterOn(db: Db, id: string, day: Day): Promise<Register | undefined> {
  return (await registersOn(db, day)).find((register) => register.id === id);
}
