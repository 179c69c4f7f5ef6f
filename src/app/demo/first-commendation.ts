import { addDays, dayOf } from '../../core/time/index.ts';
import type { System } from '../system.ts';
import { demoHolder } from './demo-staff.ts';
import { unitOf } from './unit-of.ts';

const INVENTED = 'Số liệu trình diễn, không phải quyết định của đơn vị';

/** One commendation for the unit's place in the demo's own index, twenty days ago; all of it invented, and says so. */
export async function commendFirst(system: System, unitKey: string): Promise<void> {
  const { registers, clock } = system;
  const unitId = (await unitOf(system))(unitKey);
  const who = await demoHolder(system, unitId, 'registers.enter');
  const day = addDays(dayOf(clock.now()), -20);
  const periodId = day.slice(0, 4);
  const { rows } = await registers.results(who, 'commendations', { unitId, periodId, q: 'chỉ số trình diễn' });
  const result = rows.find(({ code }) => code.startsWith('index:') && code.endsWith(`:${unitId}`))?.code;
  if (result === undefined) throw new Error(`the demo has no index of ${unitKey} to commend anybody for`);
  const reason = 'Kết quả cải cách hành chính năm trước (giả định của bản trình diễn)';
  const values = { decision: '12/QĐ-UBND', day, reason, result, groups: 5, persons: 9 };
  await registers.save(who, 'commendations', { unitId, periodId, version: 0, values, evidence: INVENTED });
}
