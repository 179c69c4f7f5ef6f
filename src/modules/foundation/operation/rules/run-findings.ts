import type { Finding } from './finding.ts';

/** What an administrator of the machine does now and then, and the system must be told of. */
export const RUN_KINDS = ['backup', 'verify-audit', 'test-mail'] as const;
export type RunKind = (typeof RUN_KINDS)[number];

/** The end of one such run. `endedAt` is real time, not the clock of a demo. */
export type Run = { readonly kind: RunKind; readonly endedAt: Date; readonly ok: boolean; readonly detail: string };

const HOUR_MS = 3_600_000;
/** A nightly backup that is two hours late. */
const BACKUP_HOURS = 26;
/** A weekly reading of the whole trail that is a day late. */
const VERIFY_HOURS = 8 * 24;

const BACKUP_ADVICE =
  'Chạy npm run -s motcua -- backup <thư mục ở máy hoặc đĩa khác>, rồi đặt lịch hằng đêm (docs/install.md, motcua-backup.timer).';
const VERIFY_ADVICE = 'Chạy npm run -s motcua -- verify-audit mỗi tuần.';

/** `3 giờ trước`, `12 ngày trước`: whole hours below two days, whole days above. */
export function ageText(from: Date, now: Date): string {
  const hours = Math.max(0, Math.floor((now.getTime() - from.getTime()) / HOUR_MS));
  if (hours === 0) return 'chưa đến một giờ trước';
  return hours < 48 ? `${hours} giờ trước` : `${Math.floor(hours / 24)} ngày trước`;
}

/** Whether the last backup and the last verification are there, whole, and young enough. `now` is real time. */
export function runFindings(last: readonly Run[], now: Date): readonly Finding[] {
  const of = (kind: RunKind) => last.find((run) => run.kind === kind);
  return [
    judge('backup.last', of('backup'), now, BACKUP_HOURS, {
      none: 'Chưa có bản sao lưu nào',
      name: 'Bản sao lưu gần nhất',
      broken: 'thiếu hoặc hỏng tệp',
      advice: BACKUP_ADVICE,
    }),
    judge('audit.verified', of('verify-audit'), now, VERIFY_HOURS, {
      none: 'Chưa kiểm tra chuỗi nhật ký lần nào',
      name: 'Lần kiểm tra chuỗi nhật ký gần nhất',
      broken: 'có bản ghi hỏng',
      advice: VERIFY_ADVICE,
    }),
  ];
}

function judge(
  id: string,
  run: Run | undefined,
  now: Date,
  hours: number,
  words: { none: string; name: string; broken: string; advice: string },
): Finding {
  const { advice } = words;
  if (!run) return { id, status: 'warning', text: words.none, advice };
  const text = `${words.name}: ${ageText(run.endedAt, now)}${run.detail ? ` (${run.detail})` : ''}`;
  if (!run.ok) return { id, status: 'failed', text: `${text}; ${words.broken}`, advice };
  const isOld = now.getTime() - run.endedAt.getTime() > hours * HOUR_MS;
  return isOld ? { id, status: 'warning', text: `${text}; đã quá lâu`, advice } : { id, status: 'ok', text };
}
