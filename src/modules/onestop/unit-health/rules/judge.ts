import type { RuleKind } from './definition.ts';

/** Facts of a finding: numbers and codes, never a name. */
export type Facts = {
  /** Procedures offered online, or published and never asked for. */
  readonly procedures?: readonly { readonly code: string; readonly name: string }[];
  readonly offered?: number;
  readonly received?: number;
  /** Book against system, one line a book that shows more. */
  readonly books?: readonly {
    readonly book: string;
    readonly name: string;
    readonly inBook: number;
    readonly inSystem: number;
  }[];
  readonly states?: readonly { readonly status: string; readonly workingDays: number; readonly count: number }[];
  /** The dossiers that wait longest, at most fifty. */
  readonly dossiers?: readonly {
    readonly id: string;
    readonly code: string;
    readonly status: string;
    readonly since: string;
  }[];
  readonly months?: number;
};

/** What a look at a unit found. `measure` is the number that stands in lists. */
export type Found = {
  readonly rule: RuleKind;
  readonly unitId: string;
  readonly period: string;
  readonly measure: number;
  readonly facts: Facts;
};

/** No online dossier although something could be filed online; nothing offered is no finding. */
export function judgeZeroOnline(
  at: { readonly unitId: string; readonly period: string },
  counts: { readonly offered: number; readonly online: number; readonly received: number },
): Found | undefined {
  if (counts.offered === 0 || counts.online > 0) return undefined;
  const facts = { offered: counts.offered, received: counts.received };
  return { ...at, rule: 'zero-online', measure: counts.received, facts };
}

/** A book that shows more than the system has. What several books lack is added up. */
export function judgeUnderEntry(
  at: { readonly unitId: string; readonly period: string },
  books: NonNullable<Facts['books']>,
): Found | undefined {
  const more = books.filter((book) => book.inBook > book.inSystem);
  if (more.length === 0) return undefined;
  const measure = more.reduce((sum, book) => sum + book.inBook - book.inSystem, 0);
  return { ...at, rule: 'under-entry', measure, facts: { books: more } };
}

export type KnownFinding = {
  readonly id: string;
  readonly rule: RuleKind;
  readonly unitId: string;
  readonly period: string;
  readonly state: 'open' | 'explained' | 'returned' | 'accepted' | 'closed';
  readonly closedAs: 'facts' | 'accepted' | null;
  readonly measure: number;
  readonly facts: Facts;
};

export type Change =
  | { readonly kind: 'found'; readonly found: Found }
  | { readonly kind: 'changed' | 'reopened'; readonly id: string; readonly found: Found }
  | { readonly kind: 'closed'; readonly known: KnownFinding };

/** Rules about now, not about an ended period: their finding stands until it is closed, whatever the month. */
export const isStanding = (rule: RuleKind): boolean => rule === 'parked' || rule === 'never-arrives';

/**
 * What follows when `found` is all that is wrong now with what was looked at, and `known` are the findings about it.
 * The same twice changes nothing. What a person closed is not opened again in its period; what closed by its facts is.
 * @param looked whether this look covered a finding; one that was not looked at stays as it is
 */
export function reconcile(
  known: readonly KnownFinding[],
  found: readonly Found[],
  looked: (finding: KnownFinding) => boolean,
): readonly Change[] {
  const changes: Change[] = [];
  const still = new Set<string>();
  for (const one of found) {
    const same = known.filter((each) => each.rule === one.rule && each.unitId === one.unitId);
    const match =
      (isStanding(one.rule) ? same.find((each) => each.state !== 'closed') : undefined) ??
      same.find((each) => each.period === one.period);
    if (!match) {
      changes.push({ kind: 'found', found: one });
      continue;
    }
    still.add(match.id);
    if (match.state === 'closed') {
      if (match.closedAs === 'facts') changes.push({ kind: 'reopened', id: match.id, found: one });
    } else if (match.measure !== one.measure || !sameFacts(match.facts, one.facts)) {
      changes.push({ kind: 'changed', id: match.id, found: one });
    }
  }
  for (const each of known) {
    if (each.state !== 'closed' && !still.has(each.id) && looked(each)) changes.push({ kind: 'closed', known: each });
  }
  return changes;
}

/** Equal whatever the order of members: jsonb gives them back in its own. */
function sameFacts(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, at) => sameFacts(one, b[at]));
  }
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    left.length === right.size && left.every(([name, value]) => right.has(name) && sameFacts(value, right.get(name)))
  );
}
