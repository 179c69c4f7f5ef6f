export type NamedStaff = { readonly staffId: string; readonly name: string; readonly title: string };

/** Words for the ids of the trail, and ids for what a reader types; the composition root fits other doors to it. */
export type AuditNames = {
  /** Those of the ids that are staff. */
  staff(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string; readonly title: string }>>;
  units(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  dossierCodes(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Undefined for a text that is no code of a dossier. */
  findDossierId(code: string): Promise<string | undefined>;
  /** Staff with a position at one of the units, by part of the name without accents; at most 20. */
  findStaff(unitIds: readonly string[], q: string): Promise<readonly NamedStaff[]>;
};

/** Where nothing is known but ids. */
export const NO_NAMES: AuditNames = {
  staff: async () => new Map(),
  units: async () => new Map(),
  dossierCodes: async () => new Map(),
  findDossierId: async () => undefined,
  findStaff: async () => [],
};
