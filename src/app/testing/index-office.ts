import type { StaffActor } from '../../core/access/actor.ts';
import { staffWith } from '../../modules/onestop/dossiers/testing/staff.ts';
import { openDemoSystem } from '../volume/testing.ts';

/** Indices of the demo of 2026: communes that score themselves, and the province that appraises and publishes. */
export type IndexOffice = Awaited<ReturnType<typeof openIndexOffice>>;

/** @param count communes, the first of the province's list */
export async function openIndexOffice(count: number) {
  const demo = await openDemoSystem();
  const { indices, organisation } = demo.system;
  const directory = await organisation.directory();
  const day = '2026-11-18';
  const province = directory.byCode('gso', '20779', day)?.parentId ?? '';
  const communes = directory
    .childrenOn(province, day)
    .filter((unit) => unit.type === 'administrative')
    .map((unit) => unit.unitId);
  const units = communes.slice(0, count);
  const clerk = (unitId: string): StaffActor =>
    staffWith(1, unitId, { 'indices.read': [unitId], 'indices.score': [unitId] });
  const office = staffWith(2, province, {
    'indices.read': [province],
    'indices.appraise': [province],
    'indices.publish': [province],
  });
  return {
    ...demo,
    directory,
    province,
    units,
    /** Communes besides those. */
    others: communes.slice(count),
    clerk,
    office,
    /** Sets the clock: `2027-01-05T09:00` of Viet Nam. */
    goTo: (wall: string): void => demo.clock.set(new Date(`${wall}:00+07:00`)),
    /** A round with the sheets of the units in their order. */
    async openRound(setCode: string, year: number, unitIds: readonly string[]) {
      const { id } = await indices.openRound(office, { setCode, year, unitId: province, unitIds: [...unitIds] });
      const { rows } = await indices.round(office, id);
      return { id, sheets: unitIds.map((unitId) => rows.find((row) => row.unitId === unitId)?.sheetId ?? '') };
    },
    /** Gives the same points to everything nothing counts, and sends the sheet. */
    async send(unitId: string, sheetId: string, points: number): Promise<void> {
      const page = await indices.sheet(clerk(unitId), sheetId);
      for (const { id, version, live } of page.criteria)
        if (!live) await indices.score(clerk(unitId), sheetId, { criterionId: id, version, points, note: '' });
      await indices.decideSheet(clerk(unitId), sheetId, { version: page.version, act: 'submit' });
    },
    /** Takes everything of a sheet just sent; the unit has nothing to explain. */
    async settle(unitId: string, sheetId: string): Promise<void> {
      await indices.accept(office, sheetId, { version: 2 });
      await indices.decideSheet(office, sheetId, { version: 2, act: 'send' });
      await indices.decideSheet(clerk(unitId), sheetId, { version: 3, act: 'answer' });
      await indices.decideSheet(office, sheetId, { version: 4, act: 'settle' });
    },
  };
}
