import type { Day } from '../../../../core/time/index.ts';
import type { Period } from './period.ts';

/** Levels of government (cấp). `district` exists until 2025-06-30; `hamlet` (thôn, tổ dân phố) is no administrative level. */
export const UNIT_LEVELS = ['national', 'province', 'district', 'commune', 'hamlet'] as const;
export type UnitLevel = (typeof UNIT_LEVELS)[number];

/**
 * What a unit is (domain §10.6). `administrative` stands for the territory and its people's committee at once: a
 * dossier decided by "UBND xã" is decided by the administrative unit; offices hang below it.
 */
export const UNIT_TYPES = [
  'administrative',
  'leadership',
  'council',
  'party',
  'steering-committee',
  'professional',
  'public-service',
  'vertical',
  'mass-organisation',
  'community-team',
  'postal-enterprise',
  'one-stop-desk',
  'hamlet',
] as const;
export type UnitType = (typeof UNIT_TYPES)[number];

/** Kinds of code: statistical office; electronic identifier Hxx.NN (QĐ 20/2020); its older form 000.00.NN.Hxx (TT 10/2016). */
export const CODE_SCHEMES = ['gso', 'qd20', 'tt10'] as const;
export type CodeScheme = (typeof CODE_SCHEMES)[number];

/** How units turn into others. */
export const SUCCESSION_KINDS = ['merge', 'split', 'rename', 'abolish'] as const;
export type SuccessionKind = (typeof SUCCESSION_KINDS)[number];

/** What a unit was called and where it hung over a period. A unit's versions never overlap. */
export type UnitVersion = Period & {
  readonly unitId: string;
  /** Full name with its kind word: `Xã Hiệp Đức`, `Phòng Tư pháp huyện Hiệp Đức`. */
  readonly name: string;
  readonly level: UnitLevel;
  readonly type: UnitType;
  /** Kind of territory (`xa`, `huyen`, `tinh` …) or of office (`tu-phap`, `mot-cua` …). */
  readonly kind: string;
  /** Further office kinds the unit stands in for, e.g. a commune's office serving `tu-phap` and `van-thu`. */
  readonly serves: readonly string[];
  readonly parentId: string | null;
};

export type UnitCode = Period & { readonly unitId: string; readonly scheme: CodeScheme; readonly code: string };

/** A change of units. `date` is the first day of the new state. */
export type Succession = {
  readonly id: string;
  readonly date: Day;
  readonly kind: SuccessionKind;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** True where units outside the record take part too. */
  readonly partial: boolean;
  readonly source: string;
  readonly verified: boolean;
};
