import { AppError, errorText } from '../../platform/errors/app-error.ts';
import { DataError, EnvironmentError, type ExitCode, UsageError } from './command.ts';
import { reasonOf } from './read-input.ts';

export type Explained = { readonly exit: ExitCode; readonly code: string; readonly message: string };

/** PostgreSQL's and the system's codes that mean: not the data, the surroundings. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Không nối được tới cơ sở dữ liệu: máy chủ từ chối. Kiểm tra DATABASE_URL và dịch vụ PostgreSQL.',
  ENOTFOUND: 'Không tìm thấy máy chủ cơ sở dữ liệu. Kiểm tra tên máy trong DATABASE_URL.',
  EAI_AGAIN: 'Không tìm thấy máy chủ cơ sở dữ liệu. Kiểm tra tên máy trong DATABASE_URL và DNS.',
  ETIMEDOUT: 'Máy chủ cơ sở dữ liệu không trả lời. Kiểm tra DATABASE_URL và tường lửa.',
  ECONNRESET: 'Kết nối cơ sở dữ liệu bị ngắt. Thử lại.',
  '28P01': 'Sai mật khẩu cơ sở dữ liệu. Kiểm tra DATABASE_URL.',
  '28000': 'Cơ sở dữ liệu từ chối người dùng này. Kiểm tra DATABASE_URL và pg_hba.conf.',
  '3D000': 'Không có cơ sở dữ liệu mang tên trong DATABASE_URL. Tạo nó trước.',
  '42501': 'Người dùng cơ sở dữ liệu thiếu quyền.',
  '53100': 'Máy chủ cơ sở dữ liệu hết chỗ trên đĩa.',
  '53300': 'Cơ sở dữ liệu đã hết số kết nối cho phép.',
  '57P01': 'Cơ sở dữ liệu vừa dừng. Thử lại sau.',
  '57P03': 'Cơ sở dữ liệu đang khởi động. Thử lại sau ít giây.',
};
const FILE_CODES = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EADDRINUSE', 'EADDRNOTAVAIL', 'EMFILE']);

/** Turns whatever a command threw into an exit code and a sentence that says what to do. */
export function explain(error: unknown, command: string): Explained {
  if (error instanceof UsageError) return { exit: 2, code: 'usage', message: error.message };
  if (error instanceof DataError) return { exit: 1, code: error.code, message: error.message };
  if (error instanceof EnvironmentError) return { exit: 3, code: 'environment', message: error.message };
  if (error instanceof AppError) return { exit: 1, code: error.code, message: appText(error) };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = ENVIRONMENT[code];
  if (known !== undefined) return { exit: 3, code: 'environment', message: known };
  if (FILE_CODES.has(code)) {
    const place = error instanceof Error && 'path' in error ? ` (${String(error.path)})` : '';
    return { exit: 3, code: 'environment', message: `${reasonOf(error)}${place}` };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { exit: 3, code: 'bug', message: `Lệnh ${command} hỏng ngoài dự kiến:\n${text}` };
}

function appText({ code, details }: AppError): string {
  return [errorText(code, details.params), ...(details.fields ?? []).map((f) => `${f.path}: ${f.message}`)].join('\n');
}
