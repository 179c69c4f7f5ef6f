import type { Actor } from '../../../core/access/actor.ts';
import type { FilesService } from '../../foundation/files/index.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';

/** A result of a unit that a line may refer to; `code` as in `rules/result.ts`, `label` in words as it stands now. */
export type RegisterResult = { readonly code: string; readonly label: string; readonly unitId: string };

/** The results of other modules; whoever asks is only told of what they may read there. */
export type ResultSource = {
  /** Of these units, with every word of `q` in the label; the newest first of each kind, at most `limit`. */
  choices(actor: Actor, unitIds: readonly string[], q: string, limit: number): Promise<readonly RegisterResult[]>;
  /** By code; what is gone, unknown or not theirs to read is left out. */
  find(actor: Actor, codes: readonly string[]): Promise<ReadonlyMap<string, RegisterResult>>;
};

/** What registers need of other modules; the composition root fits their doors to it. */
export type RegisterPorts = {
  directory(): Promise<UnitDirectory>;
  staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string }>>;
  readonly files: Pick<FilesService, 'checkUpload' | 'attach' | 'listOf' | 'getReference' | 'openReference'>;
  /** Absent: no line refers to a result. */
  readonly results?: ResultSource;
};
