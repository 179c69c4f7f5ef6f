import { type RawBuilder, sql } from 'kysely';
import { type Actor, readingUnitsFor } from '../../../core/access/actor.ts';

/** Which dossiers somebody may see, as an SQL condition. Every reading function takes one; there is no way around it. */
export type DossierScope = {
  /** Condition over alias `d` of `dossiers.dossier`. */
  where(alias: string): RawBuilder<boolean>;
  readonly unitIds: readonly string[];
  /** True where the condition is `seenByUnits` of exactly `unitIds`, so that readings of several people fit one statement. */
  readonly byUnits?: true;
  /** True where the condition is always true. */
  readonly all?: true;
};

/** Whether every dossier that one of these units received, decides, holds or held is seen: then no condition is needed. */
export function seesAllOf(scope: DossierScope, unitIds: readonly string[]): boolean {
  const mine = new Set(scope.byUnits ? scope.unitIds : []);
  return scope.all === true || unitIds.every((id) => mine.has(id));
}

/**
 * A dossier is seen by the units that received, decide, hold or held it, or support it.
 * @param units an SQL array of unit ids.
 */
export function seenByUnits(alias: string, units: RawBuilder<unknown>): RawBuilder<boolean> {
  const d = sql.ref(alias);
  const mine = sql`any(${units})`;
  return sql<boolean>`(${d}.received_by_unit_id = ${mine} or ${d}.decided_by_unit_id = ${mine} or ${d}.holder_unit_id = ${mine}
    or exists (select 1 from dossiers.supporting_unit su where su.dossier_id = ${d}.id and su.unit_id = ${mine})
    or exists (select 1 from dossiers.task tk where tk.dossier_id = ${d}.id and tk.unit_id = ${mine}))`;
}

/**
 * Staff see the dossiers that their units (for which they hold `dossier.read`) received, decide or hold, or support, and
 * so those of former units whose dossiers are read there (ADR 0040); citizens their own; guests none; the installation itself all.
 */
export function dossierScope(actor: Actor): DossierScope {
  switch (actor.kind) {
    case 'staff': {
      const units = readingUnitsFor(actor, 'dossier.read');
      return { unitIds: units, byUnits: true, where: (alias) => seenByUnits(alias, sql`${[...units]}::uuid[]`) };
    }
    case 'citizen':
      return {
        unitIds: [],
        where: (alias) => sql<boolean>`${sql.ref(alias)}.citizen_account_id = ${actor.accountId}::uuid`,
      };
    case 'guest':
      return { unitIds: [], where: () => sql<boolean>`false` };
    case 'system':
      return { unitIds: [], all: true, where: () => sql<boolean>`true` };
  }
}
