/** Open dossiers that a unit received, decides or holds; the composition root asks the dossiers. Units with none may be left out. */
export type CountOpenDossiers = (unitIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;
