import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeOn } from '../../../foundation/organisation/rules/placement.ts';
import type { Succession, UnitVersion } from '../../../foundation/organisation/rules/unit.ts';
import { buildUnitDirectory } from '../../../foundation/organisation/rules/unit-directory.ts';
import { placesOn, unitsUnder } from './placement.ts';

const MERGER = '2025-07-01';
const SECOND = '2026-03-01';

/**
 * A province of districts with communes; on one day some districts go and their communes merge into fewer, some split. On a
 * later day what came of some merges again. Of some that go nobody wrote down what became of them.
 */
const worlds = fc
  .array(
    fc.record({
      communes: fc.integer({ min: 1, max: 5 }),
      gone: fc.boolean(),
      heirs: fc.integer({ min: 1, max: 3 }),
      again: fc.boolean(),
      recorded: fc.boolean(),
    }),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((districts) => {
    const versions: UnitVersion[] = [];
    const successions: Succession[] = [];
    const add = (unitId: string, parentId: string | null, validFrom: string, validTo: string | null): void =>
      void versions.push({
        unitId,
        name: unitId,
        level: parentId === null ? 'province' : 'commune',
        type: 'administrative',
        kind: 'xa',
        serves: [],
        parentId,
        validFrom,
        validTo,
      });
    add('p', null, '2020-01-01', null);
    for (const [d, { communes, gone, heirs, again, recorded }] of districts.entries()) {
      const end = gone ? '2025-06-30' : null;
      const from = [`d${d}`];
      add(`d${d}`, 'p', '2020-01-01', end);
      for (let c = 0; c < communes; c += 1) {
        add(`d${d}c${c}`, `d${d}`, '2020-01-01', end);
        from.push(`d${d}c${c}`);
      }
      if (!gone) continue;
      const to = Array.from({ length: heirs }, (_, h) => `d${d}n${h}`);
      for (const id of to) add(id, 'p', MERGER, again ? '2026-02-28' : null);
      const merge = { kind: 'merge', partial: false, source: '', verified: true } as const;
      if (recorded) successions.push({ ...merge, id: `s${d}`, date: MERGER, from, to });
      if (!again) continue;
      add(`d${d}z`, 'p', SECOND, null);
      successions.push({ ...merge, id: `z${d}`, date: SECOND, from: to, to: [`d${d}z`] });
    }
    return {
      directory: buildUnitDirectory(versions, [], successions),
      all: [...new Set(versions.map((one) => one.unitId))],
    };
  });

it('children and the unit by itself make the tree, every unit in exactly one place, before and after mergers', () => {
  fc.assert(
    fc.property(worlds, fc.constantFrom('2025-06-30', MERGER, '2026-02-28', SECOND), ({ directory, all }, day) => {
      // Once each: twice would count its dossiers twice, at the top and in the parts alike.
      expect(unitsUnder(directory, placesOn(directory, all, day), 'p', 'tree', day).toSorted()).toEqual(all.toSorted());
      for (const unitId of all.filter((id) => directory.unitOn(id, day))) {
        const parts = [
          ...unitsUnder(directory, placesOn(directory, all, day), unitId, 'own', day),
          ...directory
            .childrenOn(unitId, day)
            .flatMap((one) => unitsUnder(directory, placesOn(directory, all, day), one.unitId, 'tree', day)),
        ];
        expect(parts.toSorted()).toEqual(
          [...unitsUnder(directory, placesOn(directory, all, day), unitId, 'tree', day)].sort(),
        );
        expect(placeOn(directory, unitId, day)).toBe(unitId);
      }
    }),
    { numRuns: 200 },
  );
});
