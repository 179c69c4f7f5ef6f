import type { UnitLevel } from './unit.ts';
import { splitUnitName } from './unit-name.ts';

/** One unit of the public data set: it bears a code and a name, no date and no succession (contracts §2). */
export type NationalUnit = {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly level: UnitLevel;
  readonly parentCode: string | null;
};
export type NationalUnitError = { readonly place: string; readonly code: string; readonly message: string };

type Node = Readonly<Record<string, unknown>>;
const LENGTHS: Partial<Record<UnitLevel, number>> = { province: 2, district: 3, commune: 5 };

/**
 * Reads the data set of provinces, with or without districts (`District`/`Ward` or `Wards`), as published.
 * Parents come before children. A faulty unit is told and left out, with everything below it.
 */
export function readNationalUnits(json: unknown): {
  readonly units: readonly NationalUnit[];
  readonly errors: readonly NationalUnitError[];
} {
  const units: NationalUnit[] = [];
  const errors: NationalUnitError[] = [];
  const seen = new Map<string, string>();
  const fail = (place: string, code: string, message: string): false => {
    errors.push({ place, code, message });
    return false;
  };

  const add = (node: unknown, place: string, level: UnitLevel, parentCode: string | null): node is Node => {
    if (typeof node !== 'object' || node === null || Array.isArray(node))
      return fail(place, 'units/not-an-object', 'Không phải một đơn vị.');
    const { Code: code, FullName: name } = node as Node;
    if (typeof code !== 'string' || !/^\d+$/.test(code) || code.length !== LENGTHS[level])
      return fail(place, 'units/bad-code', `Mã “${String(code)}” phải gồm ${LENGTHS[level]} chữ số.`);
    if (typeof name !== 'string' || name.trim() === '')
      return fail(place, 'units/no-name', `Đơn vị ${code} không có tên.`);
    const split = splitUnitName(name.normalize('NFC').trim());
    if (!split)
      return fail(place, 'units/unknown-kind', `Tên “${name}” không bắt đầu bằng loại đơn vị (Tỉnh, Huyện, Xã…).`);
    const before = seen.get(code);
    if (before !== undefined) return fail(place, 'units/repeated-code', `Mã ${code} đã dùng cho “${before}”.`);
    seen.set(code, name);
    units.push({ code, name: `${split.word} ${split.shortName}`, kind: split.kind, level, parentCode });
    return true;
  };
  const eachOf = (list: unknown, place: string, run: (node: unknown, place: string) => void): void => {
    // Island districts have no commune: the list is missing or null.
    if (list === undefined || list === null) return;
    if (!Array.isArray(list)) fail(place, 'units/not-a-list', 'Không phải một danh sách.');
    else for (const [i, node] of list.entries()) run(node, `${place}/${i}`);
  };

  if (!Array.isArray(json)) fail('/', 'units/not-a-list', 'Tệp phải là một danh sách tỉnh, thành phố.');
  else {
    eachOf(json, '', (province, place) => {
      if (!add(province, place, 'province', null)) return;
      const provinceCode = province.Code as string;
      const addCommune = (parent: string) => (commune: unknown, at: string) => void add(commune, at, 'commune', parent);
      eachOf(province.Wards, `${place}/Wards`, addCommune(provinceCode));
      eachOf(province.District, `${place}/District`, (district, at) => {
        if (!add(district, at, 'district', provinceCode)) return;
        eachOf(district.Ward, `${at}/Ward`, addCommune(district.Code as string));
      });
    });
  }
  return { units, errors };
}
