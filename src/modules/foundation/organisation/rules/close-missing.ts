import { addDays, type Day } from '../../../../core/time/index.ts';
import type { ImportError, ImportPlan } from './import-plan.ts';
import type { UnitVersion } from './unit.ts';
import type { UnitDirectory } from './unit-directory.ts';

/** How far a file speaks for what it leaves out: for the provinces it names, or for the whole country. */
export type MissingScope = 'listed-provinces' | 'country';

export type ClosedUnit = { readonly unitId: string; readonly code: string; readonly name: string };

/**
 * Units a later file no longer has, to be ended the day before it: administrative, with a statistical code, in force
 * before the file's first day. Those stated by content are never touched. One with something open below it that does not
 * end or move by the same plan stays and is told: its offices and people are for somebody to hand over (succession).
 * @param planned what the file itself does; `kept` are the units the file has
 */
export function closeMissing(
  directory: UnitDirectory,
  planned: Pick<ImportPlan, 'ends' | 'kept'>,
  options: { readonly validFrom: Day; readonly scope: MissingScope; isContent(unitId: string): boolean },
): {
  readonly closed: readonly ClosedUnit[];
  readonly ends: ImportPlan['ends'];
  readonly errors: readonly ImportError[];
} {
  const { validFrom, scope, isContent } = options;
  const gone = new Set(planned.ends.map((end) => end.unitId));
  const closed: ClosedUnit[] = [];
  const errors: ImportError[] = [];
  const isMissing = (unit: UnitVersion): boolean => {
    if (planned.kept.has(unit.unitId) || gone.has(unit.unitId) || isContent(unit.unitId)) return false;
    if (unit.validFrom >= validFrom) return false;
    const top = directory.pathOn(unit.unitId, validFrom).at(-1);
    return scope === 'country' || (top !== undefined && planned.kept.has(top.unitId));
  };
  // From below, so that a district goes after its communes.
  for (const level of ['commune', 'district', 'province'] as const) {
    for (const unit of directory.levelOn(level, validFrom)) {
      const code = directory.codeOn(unit.unitId, 'gso', validFrom);
      if (code === undefined || !isMissing(unit)) continue;
      const below = directory.childrenOn(unit.unitId, validFrom).filter((child) => !gone.has(child.unitId));
      const returns = directory.historyOf(unit.unitId).some((version) => version.validFrom > unit.validFrom);
      if (below.length > 0 || returns) {
        const why = returns ? 'đã có bản ghi về sau' : `còn ${below.length} đơn vị, bộ phận đang hoạt động bên dưới`;
        errors.push({
          unit: `${code} ${unit.name}`,
          code: 'units/not-closed',
          message: `Không có trong tệp nhưng chưa kết thúc được: ${why}. Kết thúc hoặc ghi nhận kế thừa trên màn hình đơn vị.`,
        });
        continue;
      }
      gone.add(unit.unitId);
      closed.push({ unitId: unit.unitId, code, name: unit.name });
    }
  }
  const until = addDays(validFrom, -1);
  return { closed, errors, ends: closed.map(({ unitId }) => ({ unitId, until, withCode: true })) };
}
