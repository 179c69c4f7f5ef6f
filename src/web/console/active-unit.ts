import type { Me } from './session.ts';
import { createStore, useStore } from './store.ts';

const KEY = 'motcua.unit';

const chosen = createStore<string | null>(readStored());

function readStored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Remembers for which of her units the person works now. */
export function chooseUnit(unitId: string): void {
  chosen.set(unitId);
  try {
    localStorage.setItem(KEY, unitId);
  } catch {
    // Storage may be shut; the choice then lasts as long as the page.
  }
}

/** The unit worked for: the chosen one while it is still hers, else the unit of her main position. */
export function useActiveUnitId(me: Me | null | undefined): string | undefined {
  const unitId = useStore(chosen);
  if (!me) return undefined;
  return unitId !== null && me.unitIds.includes(unitId) ? unitId : me.homeUnitId;
}
