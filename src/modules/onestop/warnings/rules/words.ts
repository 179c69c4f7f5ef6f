import type { Subject } from './definition.ts';

/**
 * A rung in words, for notices and lists alike; short, because it stands in a table.
 * @example rungText({ id: '80', share: 80 }, 'dossier') === 'đã dùng 80 % hạn hồ sơ'
 */
export function rungText(
  rung: { readonly id: string; readonly share?: number | undefined; readonly workingDaysBefore?: number | undefined },
  subject: Subject,
): string {
  const of = subject === 'dossier' ? 'hồ sơ' : 'bước';
  const { share, workingDaysBefore: days } = rung;
  if (days === 0) return `ngày làm việc cuối của ${of}`;
  if (days !== undefined) return `còn ${days} ngày làm việc của ${of}`;
  if (share === 100) return `hết hạn ${of}`;
  if (share !== undefined && share > 100) return `quá hạn ${of} (${share} %)`;
  return share === undefined ? rung.id : `đã dùng ${share} % hạn ${of}`;
}
