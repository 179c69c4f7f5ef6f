import path from 'node:path';
import Type from 'typebox';
import { dayOf } from '../../core/time/index.ts';
import { CONTENT_DIR, readYaml } from '../../modules/foundation/reference/index.ts';
import type { BoardPort } from '../../modules/onestop/portal/index.ts';
import { minimumOn } from '../../modules/onestop/portal/rules/suppress.ts';
import type { System } from '../system.ts';

const BoardFile = Type.Object({
  id: Type.Literal('public-board'),
  smallNumbers: Type.Array(
    Type.Object({
      validFrom: Type.String(),
      minimum: Type.Integer({ minimum: 1 }),
      source: Type.String(),
      verified: Type.Boolean(),
    }),
  ),
});

/** Figures of the public board by deciding unit and month, from the daily counts: no dossier is scanned. */
export function createBoardPort(system: System): BoardPort {
  const { smallNumbers } = readYaml(path.join(CONTENT_DIR, 'boards', 'public.yaml'), BoardFile);
  return {
    minimumOn: (day) => minimumOn(smallNumbers, day),
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
