import { describe, expect, it } from 'vitest';
import { readOrganisationContent } from '../content.ts';
import { formerUnitsOn, placeOn } from './placement.ts';
import type { Succession, UnitVersion } from './unit.ts';
import { buildUnitDirectory } from './unit-directory.ts';

const content = readOrganisationContent();
const country = buildUnitDirectory(
  content.units.flatMap((u) => u.versions.map(({ parentKey, ...v }) => ({ ...v, unitId: u.key, parentId: parentKey }))),
  [],
  content.successions.map((s) => ({ ...s, id: s.key })),
);
const TODAY = '2026-11-18';

/** Where dossiers of a unit are read on a day. */
const readersOf = (directory: typeof country, unitId: string, day: string): string[] =>
  [...formerUnitsOn(directory, day)].flatMap(([at, units]) => (units.includes(unitId) ? [at] : [])).sort();

describe('dossiers of units that are no more are read', () => {
  it.each([
    ['20782-que-luu', ['20779-hiep-duc-2025'], 'of a commune that was merged: by the new one'],
    ['20761-hiep-thuan', ['20779-hiep-duc-2025'], 'of one merged twice: by the last'],
    ['20758-que-tan', ['20779-hiep-duc-2025'], 'of one that lived for half a year between two mergers'],
    ['512-hiep-duc', ['48-da-nang-2025'], 'of a district divided among communes: by their common superior'],
    ['519-nong-son', ['48-da-nang-2025'], 'of a district merged into one that was divided'],
    [
      '20672-son-vien',
      ['20656-nong-son-2025'],
      'of a commune merged into one that lived on and then went into another',
    ],
    [
      '01780-thinh-vuong',
      ['01708-bach-dang-2025'],
      'of a commune that went into one of which only a part is on record',
    ],
    ['49-quang-nam', ['48-da-nang-2025'], 'of a province that was merged'],
    [
      '20782-que-luu/mot-cua',
      ['20779-hiep-duc-2025', '20779-hiep-duc-2025/mot-cua'],
      'of a desk: also by the one that keeps its book',
    ],
    [
      '20782-que-luu/tu-phap',
      ['20779-hiep-duc-2025', '20779-hiep-duc-2025/van-phong'],
      'of an office: also by the one that does its work',
    ],
    ['512-hiep-duc/mot-cua', ['48-da-nang-2025'], 'of the desk of a divided district: by none of those it went to'],
    ['20779-hiep-duc-2025', [], 'of a unit of today: nowhere else'],
    ['20695-thanh-my', [], 'of one that was renamed: nowhere else'],
  ])('%s → %s: %s', (unitId, at) => {
    expect(readersOf(country, unitId, TODAY)).toEqual(at);
  });

  it('nowhere else while the unit lives, and from its last day on by its successor', () => {
    expect(readersOf(country, '20782-que-luu', '2025-06-30')).toEqual([]);
    expect(readersOf(country, '20782-que-luu', '2025-07-01')).toEqual(['20779-hiep-duc-2025']);
    expect(readersOf(country, '20761-hiep-thuan', '2025-03-01')).toEqual(['20758-que-tan']);
    expect(readersOf(country, '20761-hiep-thuan', '2025-07-01')).toEqual(['20779-hiep-duc-2025']);
  });

  it('where their figures stand, every one of them', () => {
    const former = country.endedBefore(TODAY);
    expect(former.length).toBeGreaterThan(100);
    for (const unitId of former)
      expect(readersOf(country, unitId, TODAY), unitId).toContain(placeOn(country, unitId, TODAY));
  });
});

describe('a record of few words', () => {
  const unit = (unitId: string, parentId: string | null, validFrom: string, validTo: string | null): UnitVersion => ({
    unitId,
    name: unitId,
    level: parentId === null ? 'district' : 'commune',
    type: unitId.includes('/') ? 'one-stop-desk' : 'administrative',
    kind: unitId.includes('/') ? 'mot-cua' : 'xa',
    serves: [],
    parentId,
    validFrom,
    validTo,
  });
  const change = (date: string, from: string[], to: string[]): Succession => ({
    id: `${date} ${from}`,
    date,
    kind: 'split',
    from,
    to,
    partial: false,
    source: '',
    verified: true,
  });
  const directory = buildUnitDirectory(
    [
      unit('huyen', null, '2020-01-01', null),
      unit('chia', 'huyen', '2020-01-01', '2023-12-31'),
      unit('chia/mot-cua', 'chia', '2020-01-01', '2023-12-31'),
      unit('dong', 'huyen', '2024-01-01', null),
      unit('dong/mot-cua', 'dong', '2024-01-01', null),
      unit('tay', 'huyen', '2024-01-01', '2024-12-31'),
      unit('tay-moi', 'huyen', '2025-01-01', null),
      unit('quen', 'huyen', '2020-01-01', '2023-12-31'),
      unit('quen/mot-cua', 'quen', '2020-01-01', '2023-12-31'),
    ],
    [],
    [change('2024-01-01', ['chia'], ['dong', 'tay']), change('2025-01-01', ['tay'], ['tay-moi'])],
  );

  it.each([
    ['chia', ['huyen'], 'divided: by the superior of its parts, not by the parts'],
    ['chia/mot-cua', ['huyen'], 'the desk of a divided commune: not by the desk of a part'],
    ['tay', ['tay-moi'], 'a part that went on under another unit'],
    ['quen', ['huyen'], 'ended without a word: by the superior it had'],
    ['quen/mot-cua', ['huyen'], 'and so its desk'],
  ])('%s → %s: %s', (unitId, at) => {
    expect(readersOf(directory, unitId, '2026-01-01')).toEqual(at);
  });
});
