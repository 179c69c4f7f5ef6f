import type { DossierPorts } from '../dossiers/index.ts';

/** Names for screens, by the organisation's door. */
export type LatenessPorts = Pick<DossierPorts, 'unitNames' | 'staffNames'>;
