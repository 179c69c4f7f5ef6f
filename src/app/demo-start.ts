import { readConfig } from '../platform/config/config.ts';
import { createLog } from '../platform/log/log.ts';
import { demoAccounts } from './demo/accounts.ts';
import { demoClockShift } from './demo/clock.ts';
import { startDemoCompanions } from './demo/companions.ts';
import { start } from './server.ts';
import { stopGracefully } from './stop.ts';

/** Entry of `npm start`: the demo of one era, with a simulator of the national identity and a mailbox beside it. */
const config = readConfig(process.env);
const log = createLog(config.logLevel);
const begun = performance.now();
try {
  const companions = await startDemoCompanions(config);
  const running = await start(
    {
      ...config,
      clockShiftMs: demoClockShift(config),
      oidcIssuer: config.oidcIssuer ?? companions.issuer,
      smtpUrl: config.smtpUrl ?? companions.smtpUrl,
    },
    log,
  );
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const accounts = demoAccounts(config.era);
  const width = Math.max(...accounts.map((a) => a.login.length));
  console.log(`
Một Cửa — bản trình diễn, ${config.era === '2023' ? 'huyện Hiệp Đức, ngày 31/08/2023' : 'các xã của Đà Nẵng trước là huyện Hiệp Đức, hôm nay'} (khởi động ${seconds} giây)

  Cổng cho người dân   ${running.url}/
  Màn hình cán bộ      ${running.url}/can-bo/
  Hộp thư thử          ${companions.mailboxUrl}

Tài khoản cán bộ (mật khẩu chung: ${accounts[0]?.password ?? ''})
${accounts.map((a) => `  ${a.login.padEnd(width)}  ${a.role} — ${a.unit}`).join('\n')}

Người dân đăng nhập bằng danh tính giả lập: bấm “Đăng nhập” trên cổng rồi chọn một người.
Dữ liệu ở ${config.dataDir}. Dừng: Ctrl+C.`);
  stopGracefully(async () => {
    await running.close();
    await companions.close();
  }, log);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (config.logLevel === 'debug') console.error(error);
  process.exit(3);
}
