import { describe, expect, it } from 'vitest';
import { readOrganisationContent, readRoles } from '../content.ts';
import { checkContentUnits } from './check-content.ts';
import { expandGrants, placesHolding } from './grants.ts';
import { predecessorsOn, successorsOn } from './succession.ts';
import type { UnitCode, UnitVersion } from './unit.ts';
import { buildUnitDirectory, lastVersionOn, unitNameOn } from './unit-directory.ts';
import { authorityName, comparableName, formerName, splitUnitName } from './unit-name.ts';

const content = readOrganisationContent();
const versions: UnitVersion[] = content.units.flatMap((u) =>
  u.versions.map(({ parentKey, ...v }) => ({ ...v, unitId: u.key, parentId: parentKey })),
);
const codes: UnitCode[] = content.units.flatMap((u) => u.codes.map((c) => ({ ...c, unitId: u.key })));
const directory = buildUnitDirectory(
  versions,
  codes,
  content.successions.map((s) => ({ ...s, id: s.key })),
);
const names = (units: readonly UnitVersion[]): string[] => units.map((u) => u.name);

describe('the country in content', () => {
  it('has 63 provinces until 30 June 2025 and 34 from 1 July', () => {
    expect(directory.levelOn('province', '2025-06-30')).toHaveLength(63);
    expect(directory.levelOn('province', '2025-07-01')).toHaveLength(34);
  });

  it('says which old province went where: none is lost, none goes to two', () => {
    for (const old of directory.levelOn('province', '2025-06-30')) {
      expect(successorsOn(directory, old.unitId, '2025-07-01'), old.name).toHaveLength(1);
    }
    expect(names(successorsOn(directory, '49-quang-nam', '2026-11-22'))).toEqual(['Thành phố Đà Nẵng']);
    expect(names(predecessorsOn(directory, '48-da-nang-2025', '2023-08-31')).sort()).toEqual([
      'Thành phố Đà Nẵng',
      'Tỉnh Quảng Nam',
    ]);
  });

  it('renames Đồng Nai and Huế without making other units of them', () => {
    expect(directory.unitOn('75-dong-nai-2025', '2026-04-29')?.name).toBe('Tỉnh Đồng Nai');
    expect(directory.unitOn('75-dong-nai-2025', '2026-04-30')?.name).toBe('Thành phố Đồng Nai');
    expect(directory.unitOn('46-hue', '2024-12-31')?.name).toBe('Tỉnh Thừa Thiên Huế');
  });

  it('has huyện Hiệp Đức with 11 communes in 2023, 10 in early 2025 and none after', () => {
    const communes = (day: string): string[] =>
      names(directory.childrenOn('512-hiep-duc', day).filter((u) => u.type === 'administrative'));
    expect(communes('2023-08-31')).toHaveLength(11);
    expect(communes('2023-08-31')).toContain('Xã Hiệp Thuận');
    expect(communes('2025-01-01')).toHaveLength(10);
    expect(communes('2025-01-01')).toContain('Xã Quế Tân');
    expect(communes('2025-07-01')).toEqual([]);
  });

  it('has 5, 6, 12 and 17 communes in the other seed districts in 2023', () => {
    const count = (key: string): number => directory.childrenOn(key, '2023-08-31').length;
    expect([count('531-minh-long'), count('519-nong-son'), count('510-nam-giang'), count('052-nguyen-binh')]).toEqual([
      5, 6, 12, 17,
    ]);
  });

  it('names a unit as on the day, and one that was not there then by its last name', () => {
    expect(unitNameOn(directory, '75-dong-nai-2025', '2026-04-29')).toBe('Tỉnh Đồng Nai');
    expect(unitNameOn(directory, '75-dong-nai-2025', '2026-04-30')).toBe('Thành phố Đồng Nai');
    expect(unitNameOn(directory, '512-hiep-duc', '2026-11-22')).toBe('Huyện Hiệp Đức');
    expect(lastVersionOn(directory, '512-hiep-duc', '2026-11-22')?.validTo).toBe('2025-06-30');
    expect(unitNameOn(directory, 'unknown', '2026-11-22')).toBe('');
  });

  it('reads one statistical code as another unit in another era', () => {
    expect(directory.byCode('gso', '20758', '2023-08-31')?.name).toBe('Xã Hiệp Hòa');
    expect(directory.byCode('gso', '20758', '2025-03-01')?.name).toBe('Xã Quế Tân');
    expect(directory.byCode('gso', '20758', '2026-01-01')).toBeUndefined();
    expect(directory.byCode('gso', '20779', '2026-01-01')?.name).toBe('Xã Hiệp Đức');
    expect(directory.byCode('qd20', 'H17', '2026-01-01')?.name).toBe('Thành phố Đà Nẵng');
  });

  it('follows Hiệp Thuận and Quế Lưu into today’s xã Hiệp Đức, step by step', () => {
    expect(names(successorsOn(directory, '20761-hiep-thuan', '2023-08-31'))).toEqual(['Xã Hiệp Thuận']);
    expect(names(successorsOn(directory, '20761-hiep-thuan', '2025-03-01'))).toEqual(['Xã Quế Tân']);
    expect(names(successorsOn(directory, '20761-hiep-thuan', '2026-11-22'))).toEqual(['Xã Hiệp Đức']);
    expect(names(successorsOn(directory, '20782-que-luu', '2026-11-22'))).toEqual(['Xã Hiệp Đức']);
  });

  it('tells who came before xã Hiệp Đức, communes and the abolished district', () => {
    const before = predecessorsOn(directory, '20779-hiep-duc-2025', '2023-08-31');
    expect(names(before.filter((u) => u.level === 'commune')).sort()).toEqual([
      'Thị trấn Tân Bình',
      'Xã Hiệp Hòa',
      'Xã Hiệp Thuận',
      'Xã Quế Lưu',
    ]);
    expect(names(before.filter((u) => u.level === 'district'))).toEqual(['Huyện Hiệp Đức']);
  });

  it('hangs the communes of huyện Nông Sơn under Quế Sơn from 2025', () => {
    expect(directory.unitOn('20656-trung-phuoc', '2024-12-31')?.parentId).toBe('519-nong-son');
    expect(directory.unitOn('20656-trung-phuoc', '2025-01-01')?.parentId).toBe('509-que-son');
    expect(names(successorsOn(directory, '519-nong-son', '2025-02-01'))).toEqual(['Huyện Quế Sơn']);
    expect(names(predecessorsOn(directory, '20671-que-loc', '2023-08-31')).sort()).toEqual([
      'Xã Quế Lộc',
      'Xã Sơn Viên',
    ]);
  });

  it('finds the office that handles a kind of work, also by standing in', () => {
    expect(directory.officeOn('512-hiep-duc', 'tu-phap', '2023-08-31')?.name).toBe('Phòng Tư pháp huyện Hiệp Đức');
    expect(directory.officeOn('20779-hiep-duc-2025', 'tu-phap', '2026-11-22')?.name).toBe(
      'Văn phòng HĐND và UBND xã Hiệp Đức',
    );
    expect(directory.officeOn('20779-hiep-duc-2025', 'mot-cua', '2026-11-22')?.name).toBe(
      'Trung tâm Phục vụ hành chính công xã Hiệp Đức',
    );
    expect(directory.officeOn('20779-hiep-duc-2025', 'mot-cua', '2023-08-31')).toBeUndefined();
    expect(directory.authorityOn('20779-tan-binh/mot-cua', '2023-08-31')?.name).toBe('Thị trấn Tân Bình');
  });
});

describe('the reach of a role', () => {
  const chairman = { role: 'chairman', unitId: '512-hiep-duc', permissions: ['dossier.approve'] };
  const units = (reach: 'unit' | 'authority' | 'subtree', day = '2023-08-31'): ReadonlySet<string> =>
    expandGrants(directory, [{ ...chairman, reach }], day).get('dossier.approve') ?? new Set();

  it('is the unit alone, the committee with its offices, or everything below', () => {
    expect([...units('unit')]).toEqual(['512-hiep-duc']);
    expect(units('authority').has('512-hiep-duc/tu-phap')).toBe(true);
    expect(units('authority').has('20761-hiep-thuan')).toBe(false);
    expect(units('subtree').has('20761-hiep-thuan/mot-cua')).toBe(true);
  });

  it('is told the same way from the unit reached: which grants hold there', () => {
    const day = '2023-08-31';
    const all = versions
      .filter((v) => v.validFrom <= day && (v.validTo === null || v.validTo >= day))
      .map((v) => v.unitId);
    for (const target of [
      '512-hiep-duc',
      '512-hiep-duc/tu-phap',
      '20761-hiep-thuan',
      '20761-hiep-thuan/mot-cua',
      '49-quang-nam',
    ]) {
      const places = new Set(placesHolding(directory, target, day).map((p) => `${p.unitId} ${p.reach}`));
      for (const from of all) {
        for (const reach of ['unit', 'authority', 'subtree'] as const) {
          expect(directory.reachOn(from, reach, day).includes(target), `${from} ${reach} → ${target}`).toBe(
            places.has(`${from} ${reach}`),
          );
        }
      }
    }
  });

  it('gives nothing at a unit closed on the day', () => {
    expect(units('subtree', '2025-07-01').size).toBe(0);
  });
});

describe('names', () => {
  it('are taken apart and put into sentences', () => {
    expect(splitUnitName('Thị trấn Tân Bình')).toMatchObject({ kind: 'thi-tran', shortName: 'Tân Bình' });
    expect(splitUnitName('Phòng Tư pháp')).toBeUndefined();
    expect(authorityName('Xã Hiệp Đức')).toBe('Ủy ban nhân dân xã Hiệp Đức');
    expect(formerName('Huyện Hiệp Đức')).toBe('huyện Hiệp Đức (cũ)');
  });

  it('compare whatever the habit of placing the tone', () => {
    expect(comparableName('Tỉnh Thanh Hoá')).toBe(comparableName('Tỉnh Thanh Hóa'));
    expect(comparableName('Xã Thuỷ An')).toBe(comparableName('xã  Thủy An'.normalize('NFD')));
    expect(comparableName('Xã Hòa An')).not.toBe(comparableName('Xã Hoa An'));
  });
});

it('content that contradicts itself is told line by line', () => {
  const [a, b] = [content.units[0], content.units[1]];
  if (!a || !b) throw new Error('no content');
  const broken = [
    a,
    { ...b, key: a.key },
    { ...b, key: 'x', codes: a.codes, versions: b.versions.map((v) => ({ ...v, parentKey: 'nowhere' })) },
  ];
  const problems = checkContentUnits(broken, [
    {
      key: 's',
      date: '2025-01-01',
      kind: 'merge',
      from: [a.key],
      to: ['y'],
      partial: false,
      source: '',
      verified: true,
      note: null,
    },
  ]);
  expect(problems).toHaveLength(5);
  expect(checkContentUnits(content.units, content.successions)).toEqual([]);
});

it('who fills reports, scores indices or enters results may open the figures they stand on', () => {
  const made = ['report.fill', 'indices.score', 'targets.enter'];
  for (const [name, { permissions }] of Object.entries(readRoles().roles))
    if (permissions.some((one) => made.includes(one)))
      expect([name, permissions]).toEqual([name, expect.arrayContaining(['metrics.read'])]);
});

it('roles name only declared permissions and keep the postal receiver narrower than the receiver', () => {
  const { roles } = readRoles();
  const receiver = new Set(roles.receiver?.permissions);
  for (const permission of roles['postal-receiver']?.permissions ?? []) expect(receiver.has(permission)).toBe(true);
  expect(roles['postal-receiver']?.permissions.length).toBeLessThan(receiver.size);
});
