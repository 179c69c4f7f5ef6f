import type { DossierPorts } from '../dossiers/index.ts';

/** Names for screens, by the organisation's door. */
export type ForecastPorts = Pick<DossierPorts, 'unitNames' | 'staffNames'>;
