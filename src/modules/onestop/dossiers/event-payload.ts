import { toIso } from '../../../core/time/index.ts';
import type { DossierEventPayload } from './events.ts';
import type { StoredDossier } from './load.ts';
import type { DossierState } from './rules/state.ts';

/** What the events of a dossier tell once it is in a state at a version. */
export function eventPayload(
  dossier: Pick<StoredDossier, 'id' | 'code' | 'procedureCode' | 'channel'>,
  state: DossierState,
  version: number,
): DossierEventPayload {
  return {
    dossierId: dossier.id,
    code: dossier.code,
    version,
    status: state.status,
    procedureCode: dossier.procedureCode,
    channel: dossier.channel,
    receivedByUnitId: state.receivedByUnitId,
    decidedByUnitId: state.decidedByUnitId,
    holderUnitId: state.step?.unitId ?? null,
    holderStaffId: state.step?.staffId ?? null,
    receivedAt: state.receivedAt ? toIso(state.receivedAt) : null,
    dueAt: state.dueCurrent ? toIso(state.dueCurrent) : null,
    endedAt: state.endedAt ? toIso(state.endedAt) : null,
    punctuality: state.punctuality,
  };
}
