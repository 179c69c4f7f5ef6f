import { contains, overlaps, type Period } from './period.ts';
import type { ContentSuccession, ContentUnit } from './unit-content.ts';

/** What is wrong with content units as a whole, in Vietnamese, one line each; empty when all is well. */
export function checkContentUnits(
  units: readonly ContentUnit[],
  successions: readonly ContentSuccession[],
): readonly string[] {
  const problems: string[] = [];
  const byKey = new Map<string, ContentUnit>();
  for (const unit of units) {
    if (byKey.has(unit.key)) problems.push(`${unit.key}: khóa bị trùng`);
    byKey.set(unit.key, unit);
  }
  const lifeOf = (unit: ContentUnit): Period => ({
    validFrom: unit.versions[0]?.validFrom ?? '9999-12-31',
    validTo: unit.versions.at(-1)?.validTo ?? null,
  });

  const codes = new Map<string, { key: string; period: Period }[]>();
  for (const unit of units) {
    for (const [index, version] of unit.versions.entries()) {
      if (version.name === '' || version.kind === '') problems.push(`${unit.key}: thiếu tên hoặc loại`);
      if (version.validTo !== null && version.validTo < version.validFrom)
        problems.push(`${unit.key}: ngày kết thúc trước ngày bắt đầu`);
      const next = unit.versions[index + 1];
      if (next && overlaps(version, next)) problems.push(`${unit.key}: hai giai đoạn chồng nhau`);
      if (version.parentKey === null) continue;
      const parent = byKey.get(version.parentKey);
      if (!parent) problems.push(`${unit.key}: không có đơn vị cha ${version.parentKey}`);
      else if (!contains(lifeOf(parent), version))
        problems.push(`${unit.key}: ${version.parentKey} không tồn tại trong cả giai đoạn từ ${version.validFrom}`);
    }
    for (const code of unit.codes) {
      const name = `${code.scheme} ${code.code}`;
      const others = codes.get(name) ?? [];
      const clash = others.find((other) => other.key !== unit.key && overlaps(other.period, code));
      if (clash) problems.push(`${unit.key}: mã ${name} trùng với ${clash.key} trong cùng thời gian`);
      codes.set(name, [...others, { key: unit.key, period: code }]);
    }
  }
  for (const s of successions) {
    for (const key of [...s.from, ...s.to]) if (!byKey.has(key)) problems.push(`${s.key}: không có đơn vị ${key}`);
    for (const key of s.from) {
      const unit = byKey.get(key);
      const end = unit && lifeOf(unit).validTo;
      // A unit that ends must end the day before the change; one that goes on (rename, absorbing another) may do so.
      if (end && !s.to.includes(key) && end >= s.date) problems.push(`${s.key}: ${key} vẫn còn sau ngày ${s.date}`);
    }
    for (const key of s.to) {
      const unit = byKey.get(key);
      if (unit && lifeOf(unit).validFrom > s.date) problems.push(`${s.key}: ${key} chưa có vào ngày ${s.date}`);
    }
  }
  return problems;
}
