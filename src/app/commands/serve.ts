import { createLog } from '../../platform/log/log.ts';
import { type Command, EnvironmentError } from './command.ts';
import { COMMON, readOptions } from './options.ts';
import { readSettings, requireOwner } from './settings.ts';

const USAGE = `Cách dùng: motcua serve [--host ĐỊA_CHỈ] [--port CỔNG] [--data-dir THƯ_MỤC]

Chạy máy chủ: cổng người dân, màn hình cán bộ, gửi thư và các công việc nền. Dừng bằng SIGTERM hoặc Ctrl+C;
yêu cầu đang xử lý được làm xong. Nhật ký vận hành ra stdout, mỗi dòng một JSON.
Cấu hình đọc từ motcua.env trong thư mục dữ liệu; biến môi trường của tiến trình được ưu tiên hơn.

  --host ĐỊA_CHỈ   địa chỉ lắng nghe (mặc định MOTCUA_HOST hoặc 127.0.0.1)
  --port CỔNG      cổng (mặc định MOTCUA_PORT hoặc 8080)`;

/** `motcua serve`: returns when it listens; the process goes on until it is told to stop. */
export const serveCommand: Command = {
  usage: USAGE,
  async run(args, io) {
    const options = { ...COMMON, host: { type: 'string' }, port: { type: 'string' } } as const;
    const { values } = readOptions(args, options);
    const given = {
      ...io.env,
      ...(values.host === undefined ? {} : { MOTCUA_HOST: values.host }),
      ...(values.port === undefined ? {} : { MOTCUA_PORT: values.port }),
    };
    const { config } = readSettings(values, { ...io, env: given });
    requireOwner(config.dataDir);
    const { serve } = await import('../server.ts');
    try {
      await serve(config, createLog(config.logLevel));
    } catch (error) {
      // Whatever keeps a server from starting is a matter of the machine; codes keep their own explanation.
      if (!(error instanceof Error) || 'code' in error) throw error;
      throw new EnvironmentError(error.message);
    }
    return 0;
  },
};
