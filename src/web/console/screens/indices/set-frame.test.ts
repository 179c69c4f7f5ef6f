import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IndicatorSet, lintSet } from '../../../../core/scoring/index.ts';
import {
  bandDrafts,
  bandFaults,
  freeId,
  optionOfSet,
  partDrafts,
  partFaults,
  reachesZero,
  replaceable,
  setOfOption,
  sumOfWeights,
  withBands,
  withOption,
  withoutPlace,
  withParts,
  withSetBands,
  withSetting,
} from './set-frame.ts';
import { linesOf, withItem, withNew } from './set-tree.ts';

const set: IndicatorSet = {
  id: 'thu',
  name: 'Bộ thử',
  level: 'commune',
  owner: 'Thành phố',
  validFrom: '2026-01-01',
  max: 100,
  parts: [
    { id: 'appraisal', name: 'Thẩm định', weight: 0.7 },
    { id: 'survey', name: 'Điều tra', weight: 0.3, note: 'Theo khảo sát' },
  ],
  domains: [
    {
      id: 'a',
      name: 'A',
      max: 70,
      part: 'appraisal',
      criteria: [
        { id: 'a1', name: 'A1', max: 40 },
        { id: 'a2', name: 'A2', max: 30 },
      ],
    },
  ],
  bands: {
    total: [
      { min: 90, label: 'Tốt' },
      { min: 0, label: 'Yếu' },
    ],
  },
  settings: [
    {
      id: 'split',
      name: 'Cách chia',
      chosen: 'one',
      options: [
        { id: 'one', name: 'Như bộ ghi' },
        { id: 'two', name: 'Theo ngưỡng', criteria: [{ id: 'a2', name: 'A2', max: 30, rule: { kind: 'linear' } }] },
      ],
    },
  ],
  source: 'Thử',
  verified: false,
};
const option = (of: IndicatorSet, at: number) => {
  const found = of.settings?.[0]?.options[at];
  if (!found) throw new Error('an option');
  return found;
};

describe('parts', () => {
  it('come back as they were', () => {
    expect(lintSet(set)).toEqual([]);
    expect(withParts(set, partDrafts(set))).toEqual(set);
  });

  it('whose weights we worked out are marked until somebody gives them others', () => {
    const parts = (set.parts ?? []).map((part) => ({ ...part, derived: true }));
    const derived = { ...set, parts };
    expect(withParts(derived, partDrafts(derived))).toEqual(derived);
    const [first, second] = partDrafts(derived);
    if (!first || !second) throw new Error('two parts');
    const changed = withParts(derived, [
      { ...first, percent: '65' },
      { ...second, name: 'Điều tra' },
    ]);
    expect(changed.parts?.map((part) => part.derived)).toEqual([undefined, true]);
  });

  it('have weights of 100 % together, told while typing and at their place when kept', () => {
    const drafts = partDrafts(set).map((each) => (each.id === 'survey' ? { ...each, percent: '25,5' } : each));
    expect(sumOfWeights(drafts)).toBe(95.5);
    const changed = withParts(set, drafts);
    expect(changed.parts?.map((part) => part.weight)).toEqual([0.7, 0.255]);
    expect(lintSet(changed).map(({ path, code }) => [path, code])).toEqual([['/parts', 'set/weights']]);
  });

  it('any split into per cent of two decimals adds up to exactly 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_998 }), fc.integer({ min: 1, max: 9_998 }), (a, b) => {
        fc.pre(a + b < 10_000);
        const shares = [a, b, 10_000 - a - b];
        const drafts = shares.map((share, at) => ({
          key: String(at),
          id: `p${at}`,
          name: `P${at}`,
          percent: String(share / 100).replace('.', ','),
        }));
        expect(partFaults(drafts).size).toBe(0);
        expect(sumOfWeights(drafts)).toBe(100);
        expect(lintSet(withParts(set, drafts)).filter(({ code }) => code === 'set/weights')).toEqual([]);
      }),
    );
  });

  it.each([
    ['no name', { name: ' ' }, ['name']],
    ['no code', { id: 'Có dấu' }, ['id']],
    ['the code of another', { id: 'appraisal' }, ['twice']],
    ['no weight', { percent: '' }, ['weight']],
    ['a weight of nothing', { percent: '0' }, ['weight']],
    ['more than everything', { percent: '100,1' }, ['weight']],
    ['no number', { percent: 'ba' }, ['weight']],
  ] as const)('are refused with %s', (_, change, faults) => {
    const drafts = partDrafts(set).map((each) => (each.id === 'survey' ? { ...each, ...change } : each));
    expect(partFaults(drafts).get('survey')).toEqual(faults);
  });

  it('take their domains along when the code changes, and leave them without a part when they go', () => {
    const renamed = partDrafts(set).map((each) => (each.id === 'appraisal' ? { ...each, id: 'tham-dinh' } : each));
    expect(withParts(set, renamed).domains?.[0]?.part).toBe('tham-dinh');
    const gone = withParts(
      set,
      partDrafts(set)
        .slice(1)
        .map((each) => ({ ...each, percent: '100' })),
    );
    expect(gone.domains?.[0]).not.toHaveProperty('part');
    expect(lintSet(gone).map(({ path, code }) => [path, code])).toEqual([['/a', 'set/unknown-part']]);
    expect(withParts(set, [])).not.toHaveProperty('parts');
  });
});

describe('bands', () => {
  it('are kept from the highest down', () => {
    const drafts = [...bandDrafts(set.bands?.total), { key: 'new', min: '65,5', label: ' Khá ' }];
    expect(bandFaults(drafts).size).toBe(0);
    const changed = withSetBands(set, withBands(set.bands, 'total', drafts));
    expect(changed.bands?.total).toEqual([
      { min: 90, label: 'Tốt' },
      { min: 65.5, label: 'Khá' },
      { min: 0, label: 'Yếu' },
    ]);
    expect(lintSet(changed)).toEqual([]);
  });

  it('whose limits we worked out are marked until somebody gives them others', () => {
    const bands = { ...set.bands, derived: true };
    expect(withBands(bands, 'total', bandDrafts(bands.total))).toEqual(bands);
    const [first, ...others] = bandDrafts(bands.total);
    if (!first) throw new Error('a band');
    expect(withBands(bands, 'total', [{ ...first, min: '91' }, ...others])).not.toHaveProperty('derived');
    expect(withSetBands(set, withBands({ derived: true, total: bands.total ?? [] }, 'total', []))).not.toHaveProperty(
      'bands',
    );
  });

  it('that end above 0 are told while typing and at their place', () => {
    const drafts = bandDrafts(set.bands?.total).slice(0, 1);
    expect(reachesZero(drafts)).toBe(false);
    const changed = withSetBands(set, withBands(set.bands, 'domain', drafts));
    expect(lintSet(changed).map(({ path, code }) => [path, code])).toEqual([['/bands/domain', 'set/bands']]);
    expect(reachesZero([])).toBe(true);
    expect(withSetBands(set, withBands(set.bands, 'total', []))).not.toHaveProperty('bands');
  });

  it.each([
    ['no number', { min: '' }, ['min']],
    ['more than 100', { min: '100,5' }, ['min']],
    ['the number of another', { min: '90' }, ['twice']],
    ['no name', { label: '' }, ['name']],
  ] as const)('are refused with %s', (_, change, faults) => {
    const drafts = bandDrafts(set.bands?.total).map((each, at) => (at === 1 ? { ...each, ...change } : each));
    expect(bandFaults(drafts).get('1')).toEqual(faults);
  });
});

describe('disputed places', () => {
  it('are changed where they stand, added at the end and taken out', () => {
    const more = {
      id: 'more',
      name: 'Khác',
      chosen: 'x',
      options: [
        { id: 'x', name: 'X' },
        { id: 'y', name: 'Y' },
      ],
    };
    const added = withSetting(set, 'more', more);
    expect(added.settings?.map((each) => each.id)).toEqual(['split', 'more']);
    const first = added.settings?.[0];
    const renamed = withSetting(added, 'split', first && { ...first, name: 'Cách chia điểm' });
    expect(renamed.settings?.map((each) => each.name)).toEqual(['Cách chia điểm', 'Khác']);
    expect(withSetting(set, 'split', undefined)).not.toHaveProperty('settings');
    expect(freeId('cho', ['cho-1', 'cho-2'])).toBe('cho-3');
  });

  it('replace criteria, with sub-criteria, and give them back', () => {
    const one = option(set, 0);
    expect(replaceable(set, one).map((each) => each.id)).toEqual(['a1', 'a2']);
    const [a1] = replaceable(set, one);
    const replaced = { ...one, criteria: a1 ? [a1] : [] };
    const taken = linesOf(set).map((line) => line.id);
    const tree = withNew(setOfOption(set, replaced), 'a1', 'Phần mới', taken);
    const changed = withOption(set, 'split', optionOfSet(one, tree));
    expect(option(changed, 0).criteria?.[0]).toMatchObject({ id: 'a1', criteria: [{ name: 'Phần mới', max: 0 }] });
    expect(lintSet(changed).map(({ path, code }) => [path, code])).toEqual([['/settings/split/one', 'set/maxima']]);
    const back = withItem(setOfOption(changed, option(changed, 0)), 'a1', () => undefined);
    expect(withOption(changed, 'split', optionOfSet(option(changed, 0), back))).toEqual(set);
  });

  it('and everything else have a place for what is wrong; only what is of the whole set is told above', () => {
    const paths = ['/', '/a1', '/survey', '/parts', '/bands/total', '/settings/split', '/settings/split/two'];
    const findings = [...paths, '/settings/none'].map((path) => ({ path }));
    expect(withoutPlace(set, findings)).toEqual([{ path: '/' }, { path: '/settings/none' }]);
  });
});
