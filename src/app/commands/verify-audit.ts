import { type AuditVerdict, type BrokenRecord, verifyAudit } from '../../modules/foundation/audit/index.ts';
import { type Command, DataError, type Io } from './command.ts';
import { noteRun } from './note-run.ts';
import { openDatabase } from './open-database.ts';
import { COMMON, readOptions } from './options.ts';
import { readJson } from './read-input.ts';
import { readSettings } from './settings.ts';

const USAGE = `Cách dùng: motcua verify-audit [--anchors TỆP] [--json] [--data-dir THƯ_MỤC]

Đọc lại toàn bộ nhật ký, từng mắt xích, trong khi mọi người vẫn làm việc. Nêu bản ghi hỏng đầu tiên của mỗi chuỗi.
Kết quả JSON: {ok, chains, entries, unsealed, firstBroken?, broken, heads}.

  --anchors TỆP   các đầu chuỗi đã ghi lại trước đây (phần heads của một lần chạy --json, hoặc cả kết quả đó):
                  phát hiện cả chuỗi bị viết lại từ đầu đến cuối

Mã thoát 1 nếu có bản ghi hỏng.`;

const WHY: Readonly<Record<BrokenRecord['why'], string>> = {
  'entry-changed': 'nội dung bản ghi bị sửa',
  'payload-changed': 'phần dữ liệu kèm theo bị sửa',
  'erased-without-record': 'bị xóa mà không có bản ghi về việc xóa',
  'entry-deleted': 'bản ghi bị xóa',
  'link-missing': 'thiếu mắt xích',
  'link-changed': 'mắt xích bị sửa',
  'head-changed': 'đầu chuỗi bị sửa',
  'never-sealed': 'bản ghi không nằm trong chuỗi và không chờ niêm phong',
  'anchor-differs': 'khác với đầu chuỗi đã ghi lại trước đây',
};

/** Prints a verdict for people. */
export function printVerdict(verdict: AuditVerdict, io: Io): void {
  const { chains, entries, unsealed } = verdict;
  io.out(
    `${verdict.ok ? 'Nhật ký nguyên vẹn' : 'NHẬT KÝ BỊ HỎNG'}: ${entries} bản ghi, ${chains} chuỗi, ${unsealed} bản ghi chờ niêm phong.`,
  );
  for (const { chainId, seq, entryId, why } of verdict.broken) {
    io.out(`  chuỗi ${chainId ?? '?'}, số ${seq ?? '?'}, bản ghi ${entryId ?? '?'}: ${WHY[why]} (${why})`);
  }
}

/** `motcua verify-audit`: exit 1 where a record is broken. */
export const verifyAuditCommand: Command = {
  usage: USAGE,
  async run(args, io) {
    const { values } = readOptions(args, { ...COMMON, anchors: { type: 'string' } });
    const anchors = values.anchors === undefined ? [] : readAnchors(await readJson(io, values.anchors));
    const { config } = readSettings(values, io);
    const database = await openDatabase(config);
    try {
      const verdict = await verifyAudit(database.db, anchors);
      const detail = `${verdict.entries} bản ghi, ${verdict.chains} chuỗi`;
      await noteRun(database.db, { kind: 'verify-audit', ok: verdict.ok, detail }, io);
      if (values.json) io.out(JSON.stringify(verdict));
      else printVerdict(verdict, io);
      return verdict.ok ? 0 : 1;
    } finally {
      await database.close();
    }
  },
};

function readAnchors(json: unknown): AuditVerdict['heads'] {
  const list = typeof json === 'object' && json !== null && 'heads' in json ? json.heads : json;
  if (Array.isArray(list) && list.every(isAnchor)) return list;
  throw new DataError('anchors/invalid', 'Tệp --anchors phải là [{"chainId", "seq", "hash"}, …].');
}

function isAnchor(value: unknown): value is AuditVerdict['heads'][number] {
  if (typeof value !== 'object' || value === null) return false;
  const { chainId, seq, hash } = value as Record<string, unknown>;
  return typeof chainId === 'string' && Number.isInteger(seq) && typeof hash === 'string';
}
