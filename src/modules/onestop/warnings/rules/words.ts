import type { Act, Subject } from './definition.ts';

/**
 * A rung in words, for notices and lists alike.
 * @example rungText({ id: '80', share: 80 }, 'dossier') === 'đã dùng 80 % thời hạn hồ sơ'
 */
export function rungText(
  rung: { readonly id: string; readonly share?: number | undefined; readonly workingDaysBefore?: number | undefined },
  subject: Subject,
): string {
  const of = subject === 'dossier' ? 'hồ sơ' : 'bước';
  const { share, workingDaysBefore: days } = rung;
  if (days === 0) return `ngày làm việc cuối cùng của ${of}`;
  if (days !== undefined) return `còn ${days} ngày làm việc trước hạn ${of}`;
  if (share === 100) return `hết hạn ${of}`;
  if (share !== undefined && share > 100) return `quá hạn ${of}, đã dùng ${share} % thời hạn`;
  return share === undefined ? rung.id : `đã dùng ${share} % thời hạn ${of}`;
}

/** What happens at a rung, in words. */
export const ACT_WORDS: Readonly<Record<Act, string>> = {
  remind: 'nhắc người giữ',
  'tell-head': 'báo lãnh đạo đơn vị',
  'require-cause': 'yêu cầu nêu nguyên nhân',
  'prepare-apology': 'chuẩn bị xin lỗi, hẹn lại',
};
