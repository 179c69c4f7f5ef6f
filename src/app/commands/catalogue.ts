import type { Command } from './command.ts';

type Listed = { readonly summary: string; load(): Promise<Command> };

/** Commands by name. Each is loaded only when it is called: `due` must not wait for a database driver. */
export const COMMANDS: Readonly<Record<string, Listed>> = {
  serve: {
    summary: 'chạy máy chủ (cổng người dân, màn hình cán bộ, công việc nền)',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
  init: {
    summary: 'khởi tạo một bản cài đặt thật, từ tệp hoặc bằng câu hỏi',
    load: async () => (await import('./init.ts')).initCommand,
  },
  migrate: {
    summary: 'nâng cấu trúc cơ sở dữ liệu lên bản mới',
    load: async () => (await import('./migrate.ts')).migrateCommand,
  },
  import: {
    summary: 'nhập danh mục đơn vị, thủ tục, hồ sơ của hệ thống cũ',
    load: async () => (await import('./import.ts')).importCommand,
  },
  due: {
    summary: 'tính ngày hẹn trả cho các trường hợp trong một tệp',
    load: async () => (await import('./due.ts')).dueCommand,
  },
  score: {
    summary: 'chấm điểm theo một bộ chỉ số (PAR INDEX, 766 …)',
    load: async () => (await import('./score.ts')).scoreCommand,
  },
  late: {
    summary: 'tỷ lệ trễ hạn của một đơn vị trong một kỳ, so với kỳ trước',
    load: async () => (await import('./late.ts')).lateCommand,
  },
  report: {
    summary: 'lập một biểu báo cáo định kỳ (II.06a …) của một đơn vị',
    load: async () => (await import('./report.ts')).reportCommand,
  },
  generate: {
    summary: 'sinh hồ sơ giả để thử tải (chỉ ở bản trình diễn)',
    load: async () => (await import('./generate.ts')).generateCommand,
  },
  backup: {
    summary: 'sao lưu cơ sở dữ liệu và tệp trong khi hệ thống đang chạy',
    load: async () => (await import('./backup.ts')).backupCommand,
  },
  restore: {
    summary: 'phục hồi một bản sao lưu vào thư mục trống',
    load: async () => (await import('./restore.ts')).restoreCommand,
  },
  'verify-audit': {
    summary: 'kiểm tra chuỗi nhật ký, nêu bản ghi hỏng đầu tiên',
    load: async () => (await import('./verify-audit.ts')).verifyAuditCommand,
  },
  doctor: {
    summary: 'kiểm tra máy, cơ sở dữ liệu, thư, tệp và nói phải làm gì',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
};

/** The text of `motcua --help`. */
export function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Cách dùng: npm run -s motcua -- <lệnh> [tùy chọn]

${lines.join('\n')}

Mọi lệnh nhận --help (cách dùng), --json (kết quả cho máy đọc), --data-dir THƯ_MỤC (nơi giữ dữ liệu,
mặc định MOTCUA_DATA_DIR, nếu không có thì .data/2026) và --era 2023|2026.
Mã thoát: 0 xong · 1 dữ liệu có lỗi · 2 gọi sai cách · 3 thiếu môi trường (cơ sở dữ liệu, quyền, đĩa).`;
}
