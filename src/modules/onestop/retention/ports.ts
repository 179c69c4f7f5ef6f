import type { Actor } from '../../../core/access/actor.ts';
import type { Db } from '../../../platform/db/open.ts';

/** What an erasure is done with: who, by what decision, when. */
export type ErasureOrder = {
  readonly actor: Actor;
  /** Legal ground and decision number; no personal data, it stays in the trail. */
  readonly reason: string;
  readonly at: Date;
};

/**
 * A place outside the dossiers' own tables that keeps personal data about a dossier (files, notices, the trail). A module
 * that begins to keep some gives one of these to the composition root.
 */
export type ErasedPlace = {
  /** Key of the count shown: `files`, `messages`, `audit`. */
  readonly name: string;
  /** How many things an erasure would take, for the dry run. */
  count(db: Db, dossierIds: readonly string[]): Promise<number>;
  /** Takes them, in the caller's transaction. Repeating does no harm. @returns how many. */
  erase(trx: Db, dossierId: string, order: ErasureOrder): Promise<number>;
};

/** What retention needs from elsewhere; the composition root fits the doors of other modules to it. */
export type RetentionPorts = {
  readonly places: readonly ErasedPlace[];
  /** Name of a procedure and for how many years its dossiers are kept, by revision. */
  retentionOf(revisionId: string): Promise<{ readonly name: string; readonly years: number | 'permanent' }>;
  staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string; readonly title: string }>>;
  /** Holds the files of a dossier, or no longer. */
  holdFiles(trx: Db, dossierId: string, held: boolean): Promise<void>;
};
