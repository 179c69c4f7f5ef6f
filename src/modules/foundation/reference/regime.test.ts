import { describe, expect, it } from 'vitest';
import { loadCatalogues } from './catalogues.ts';
import { loadRegimes } from './regime-content.ts';
import { checkPeriods, type RegimeAspect, RegimeValues, resolveRegime } from './rules/regime.ts';
import { listUnverified } from './unverified.ts';

const table = loadRegimes();
const entryOn = <A extends RegimeAspect>(aspect: A, day: string) => {
  const found = resolveRegime(table, aspect, day);
  if (!found.ok) throw new Error(found.message);
  return found.entry;
};

describe('regimes of the content folder', () => {
  it('answer every aspect on every day of the two eras', () => {
    for (const aspect of Object.keys(RegimeValues.properties) as RegimeAspect[]) {
      for (const day of [
        '2018-06-21',
        '2023-08-31',
        '2025-06-30',
        '2025-07-01',
        '2025-09-14',
        '2025-09-15',
        '2026-11-22',
      ]) {
        expect(resolveRegime(table, aspect, day), `${aspect} ${day}`).toMatchObject({ ok: true });
      }
    }
  });

  it('change exactly on the day the law says', () => {
    expect(entryOn('channels', '2025-06-30').value.onlineFiling).toBe('local-portal');
    expect(entryOn('channels', '2025-07-01').value.onlineFiling).toBe('national-portal');
    expect(entryOn('levels', '2025-06-30').value.levels).toContain('district');
    expect(entryOn('levels', '2025-07-01').value.levels).not.toContain('district');
    expect(entryOn('dossier-code', '2023-08-31').value.generator).toBe('old');
    expect(entryOn('dossier-code', '2026-01-24').value.centralised).toBeUndefined();
    expect(entryOn('dossier-code', '2026-01-25').value.centralised?.generator).toBe('tt04-2025');
    expect(entryOn('sign-in', '2026-07-20').value.accounts).toEqual(['vneid']);
  });

  it('mark the gap between the two form sets as unverified', () => {
    expect(entryOn('forms', '2025-07-15')).toMatchObject({
      id: 'forms-2025-gap',
      verified: false,
      value: { set: 'tt01-2018' },
    });
    expect(entryOn('forms', '2025-09-15').value.set).toBe('tt03-2025');
  });

  it('say so where no law is known for a day', () => {
    expect(resolveRegime(table, 'forms', '2018-06-20')).toMatchObject({ ok: false, code: 'regime/none-for-day' });
  });
});

describe('checking periods', () => {
  it('finds overlaps, gaps, reversed periods and an end without a successor', () => {
    const of = (...pairs: [string, string?][]) =>
      checkPeriods(
        'x',
        pairs.map(([validFrom, validTo], i) => ({ id: `e${i}`, validFrom, ...(validTo ? { validTo } : {}) })),
      );
    expect(of(['2020-01-01', '2020-12-31'], ['2021-01-01'])).toEqual([]);
    expect(of(['2020-01-01', '2021-01-01'], ['2021-01-01'])).toEqual(['x: e0 và e1 chồng nhau']);
    expect(of(['2020-01-01', '2020-12-30'], ['2021-01-01'])[0]).toContain('thiếu quy định');
    expect(of(['2020-01-01', '2019-12-31'])[0]).toContain('trước ngày bắt đầu');
    expect(of(['2020-01-01', '2020-12-31'])[0]).toContain('không có quy định sau');
  });
});

it('the national code lists are there', () => {
  const lists = loadCatalogues();
  expect(lists.get('national-statuses')?.entries).toHaveLength(10);
  expect(lists.get('channels')?.entries.map((e) => e.key)).toEqual(['desk', 'online', 'post']);
});

it('everything unverified is listed with its file and place', () => {
  const items = listUnverified();
  expect(items).toContainEqual(expect.objectContaining({ file: 'regimes/forms.yaml', label: 'forms-2025-gap' }));
  expect(items.some((item) => item.file === 'calendars/vietnam-holidays.yaml')).toBe(true);
});
