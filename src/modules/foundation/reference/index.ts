/** The door of `reference`: regimes by aspect and day, national code lists, content reading, what is not verified. */
export { type Catalogue, loadCatalogues } from './catalogues.ts';
export { CONTENT_DIR, readYaml, yamlFilesIn } from './read-yaml.ts';
export { loadRegimes } from './regime-content.ts';
export { registerReferenceRoutes } from './routes.ts';
export {
  type RegimeAspect,
  type RegimeEntry,
  type RegimeTable,
  type RegimeValue,
  type Resolved,
  resolveRegime,
} from './rules/regime.ts';
export { listUnverified, type UnverifiedItem } from './unverified.ts';
