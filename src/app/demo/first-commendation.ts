import { addDays, dayOf } from '../../core/time/index.ts';
import type { System } from '../system.ts';
import { demoHolder } from './demo-staff.ts';

const INVENTED = 'Số liệu trình diễn, không phải quyết định của đơn vị';

/**
 * One commendation, twenty days ago, of whichever of the units stands highest in an index of the demo's own; all of it is
 * invented, and says so.
 */
export async function commendFirst(system: System, unitIds: readonly string[]): Promise<void> {
  const { indices, registers, clock } = system;
  const { tables } = await indices.league({});
  const [best] = tables
    .filter(({ imported }) => !imported)
    .flatMap(({ id, rows }) => rows.map(({ unitId, rank }) => ({ id, unitId: unitId ?? '', rank: rank ?? Infinity })))
    .filter(({ unitId }) => unitIds.includes(unitId))
    .sort((a, b) => a.rank - b.rank);
  if (!best) throw new Error('the demo has no index to commend anybody for');
  const { unitId } = best;
  const day = addDays(dayOf(clock.now()), -20);
  const values = {
    decision: '12/QĐ-UBND',
    day,
    reason: 'Kết quả cải cách hành chính năm trước (giả định của bản trình diễn)',
    result: `index:${best.id}:${unitId}`,
    groups: 5,
    persons: 9,
  };
  const body = { unitId, periodId: day.slice(0, 4), version: 0, values, evidence: INVENTED };
  await registers.save(await demoHolder(system, unitId, 'registers.enter'), 'commendations', body);
}
