import { readConfig } from '../../platform/config/config.ts';
import { createLog } from '../../platform/log/log.ts';
import { openSystem } from '../system.ts';
import { type Command, type Io, UsageError } from './command.ts';
import { askInitSettings, createTerminalAsk } from './init-questions.ts';
import { type InitSettings, readInitSettings } from './init-settings.ts';
import { environmentOf, type Initialised, initialise } from './initialise.ts';
import { openDatabase } from './open-database.ts';
import { COMMON, readOptions } from './options.ts';
import { readText } from './read-input.ts';
import { readSettings } from './settings.ts';

const USAGE = `Cách dùng: motcua init [--file init.yaml] [--data-dir THƯ_MỤC] [--json]

Khởi tạo một bản cài đặt thật: nạp nội dung (đơn vị, vai trò, lịch, thủ tục), lập người quản trị đầu tiên, viết cấu hình
vào <thư mục dữ liệu>/motcua.env (quyền 600). Không có --file thì hỏi từng câu trên màn hình. Không bao giờ có dữ liệu
trình diễn. Từ chối nơi đã khởi tạo. docs/install.md có mẫu init.yaml đầy đủ.

  --file TỆP             các câu trả lời, YAML; dấu - là đầu vào chuẩn
  --data-dir THƯ_MỤC     thắng mục storage.dataDir của tệp

Kết quả JSON: {installationId, name, unit, day, regimes, login, oneTimePassword?, settingsFile}.
Mật khẩu dùng một lần chỉ hiện một lần, dùng trong 72 giờ.`;

/** `motcua init`. */
export const initCommand: Command = {
  usage: USAGE,
  async run(args, io) {
    const { values } = readOptions(args, { ...COMMON, file: { type: 'string' } });
    const settings = values.file === undefined ? await ask(io) : readInitSettings(await readText(io, values.file));
    const place = values['data-dir'] ?? io.env['MOTCUA_DATA_DIR'] ?? settings.storage?.dataDir;
    if (place === undefined) throw new UsageError('Thiếu thư mục dữ liệu: --data-dir hoặc mục storage.dataDir.');
    const { config: base } = readSettings({ 'data-dir': place }, { ...io, env: {} });
    const env = environmentOf(settings, base.dataDir);
    const config = readConfig(env);
    const database = await openDatabase(config, { create: true });
    let system: Awaited<ReturnType<typeof openSystem>> | undefined;
    try {
      system = await openSystem(config, createLog('warn', 2));
      report(await initialise(system, settings, env, io), settings, values.json ?? false, io);
      return 0;
    } finally {
      await system?.close();
      await database.close();
    }
  },
};

async function ask(io: Io): Promise<InitSettings> {
  if (!io.interactive) throw new UsageError('Không có màn hình để hỏi: dùng --file init.yaml.');
  const terminal = createTerminalAsk();
  try {
    return await askInitSettings(terminal.ask);
  } finally {
    terminal.close();
  }
}

function report(done: Initialised, settings: InitSettings, json: boolean, io: Io): void {
  if (json) {
    io.out(JSON.stringify(done));
    return;
  }
  io.out(`Đã khởi tạo “${done.name}” (${done.unit.name}), ngày ${done.day}.`);
  io.out(`Quy định áp dụng: ${Object.values(done.regimes).join(', ')}.`);
  io.out(`Cấu hình: ${done.settingsFile}`);
  io.out(`Quản trị: đăng nhập ${settings.publicUrl.replace(/\/$/, '')}/can-bo/ bằng tên ${done.login}.`);
  if (done.oneTimePassword !== undefined)
    io.out(`Mật khẩu dùng một lần (trong 72 giờ, chỉ hiện lần này): ${done.oneTimePassword}`);
  io.note('Tiếp theo: motcua doctor, rồi chạy dịch vụ (docs/install.md).');
  if (settings.units === undefined)
    io.note(
      'Ô chọn địa chỉ cần dữ liệu đơn vị cả nước: motcua import units TỆP --valid-from 2025-07-01 (docs/install.md nói lấy ở đâu).',
    );
}
