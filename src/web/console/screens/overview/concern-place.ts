import type { Day } from '../../../../core/time/index.ts';
import type { ConcernType } from '../../../../modules/insight/overview/contract.ts';

/** A screen of the console with its filters. */
export type Place = { readonly to: string; readonly search?: Record<string, string> };

/** The days over which apologies are owed: the year until today. */
export const yearTo = (today: Day) => ({ tu: `${today.slice(0, 4)}-01-01`, den: today });

/** Which causes of lateness a line's apologies are owed for: of what its unit decides. */
export const causesOf = ({ unitId }: Pick<ConcernType, 'unitId'>, today: Day): Record<string, string> => ({
  ...(unitId ? { 'giai-quyet': unitId } : {}),
  ...yearTo(today),
});

/** Where something is done about it. @param today of the reader's clock */
export function placeOf({ kind, light, unitId, refId, otherUnits = 0 }: ConcernType, today: Day): Place {
  switch (kind) {
    case 'late':
    case 'at-risk':
      return { to: '/bang-dieu-hanh', search: { nhom: kind, ...(unitId ? { 'o-don-vi': unitId } : {}) } };
    case 'apology-owed':
      return { to: '/xin-loi', search: { ...(unitId ? { 'don-vi': unitId } : {}), ...yearTo(today) } };
    case 'report-late':
      return refId === null ? { to: '/bao-cao', search: { phia: 'nhan', loc: 'late' } } : { to: `/bao-cao/${refId}` };
    case 'finding-late':
      return refId === null
        ? { to: '/suc-khoe-don-vi', search: { 'qua-han': '1' } }
        : { to: `/suc-khoe-don-vi/${refId}` };
    case 'target-behind':
      if (refId !== null) return { to: `/chi-tieu/${refId}` };
      // Of several units: how each stands; of one: those of its light.
      return {
        to: '/chi-tieu',
        search: otherUnits > 1 ? { ngan: 'don-vi-duoi' } : { den: light === 'red' ? 'behind' : 'near' },
      };
    case 'action-late':
      return { to: '/chi-tieu', search: { ngan: 'viec', loc: 'late' } };
    case 'register-late':
      return { to: '/so-nhap-tay', search: { loc: 'tre', ...(unitId ? { 'don-vi': unitId } : {}) } };
  }
}

/** Single things beyond those named, in one line: `12 báo cáo quá hạn khác`. */
export const isFolded = ({ kind, refId, otherUnits }: ConcernType): boolean =>
  otherUnits !== undefined && refId === null && THINGS.has(kind);
const THINGS: ReadonlySet<ConcernType['kind']> = new Set([
  'report-late',
  'finding-late',
  'action-late',
  'target-behind',
]);
