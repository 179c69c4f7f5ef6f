import { dayOf } from '../../core/time/index.ts';
import type { BoardPort } from '../../modules/onestop/portal/index.ts';
import type { System } from '../system.ts';

/** Figures of the public board by deciding unit and month, from the daily counts: no dossier is scanned. */
export function createBoardPort(system: System): BoardPort {
  return {
    async monthly(month) {
      const rows = await system.statistics.boardOf(undefined, month);
      const names = await system.dossierPorts.unitNames(
        rows.map((row) => row.unitId),
        dayOf(system.clock.now()),
      );
      return rows.map(({ unitId, received, resolved, early, onTime, late, open, openLate }) => ({
        unitId,
        unitName: names.get(unitId) ?? '',
        received,
        resolved,
        early,
        onTime,
        late,
        open,
        openLate,
      }));
    },
    firstMonth: () => system.statistics.firstMonth(),
  };
}
