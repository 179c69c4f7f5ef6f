import type { FilesService } from '../../foundation/files/index.ts';
import type { UnitDirectory } from '../../foundation/organisation/index.ts';

/** What registers need of other modules; the composition root fits their doors to it. */
export type RegisterPorts = {
  directory(): Promise<UnitDirectory>;
  staffNames(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string }>>;
  readonly files: Pick<FilesService, 'checkUpload' | 'attach' | 'listOf' | 'getReference' | 'openReference'>;
};
