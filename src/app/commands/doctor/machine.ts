import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Config } from '../../../platform/config/config.ts';
import { loadFonts } from '../../../platform/documents/fonts.ts';
import { ENV_FILE } from '../settings.ts';
import { type Finding, failed, ok, warning } from './finding.ts';

const GIB = 2 ** 30;

/** Everything that can be seen without the database. */
export async function checkMachine(config: Config): Promise<readonly Finding[]> {
  return [
    checkNode(),
    checkMemory(),
    ...checkDataDir(config.dataDir),
    checkDisk(config.dataDir),
    checkAddress(config),
    checkFonts(config.dataDir),
    checkPoppler(),
    await checkMail(config),
  ];
}

function checkNode(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24) return ok('node.version', `Node.js ${process.version}`);
  return failed(
    'node.version',
    `Node.js ${process.version} quá cũ`,
    'Chạy npm ci để có Node.js 24 đi kèm, hoặc cài Node.js 24.',
  );
}

function checkMemory(): Finding {
  const total = os.totalmem() / GIB;
  const text = `Bộ nhớ ${total.toFixed(1)} GiB`;
  return total >= 1.5
    ? ok('machine.memory', text)
    : warning('machine.memory', text, 'Nên có từ 2 GiB cho ứng dụng và PostgreSQL.');
}

/** Mode and owner of the folder and of the two files that hold secrets. */
export function checkDataDir(dataDir: string): readonly Finding[] {
  const stat = fs.statSync(dataDir, { throwIfNoEntry: false });
  if (!stat?.isDirectory())
    return [
      failed(
        'data.folder',
        `Không có thư mục dữ liệu ${dataDir}`,
        'Chạy motcua init, hoặc chỉ đúng chỗ bằng --data-dir.',
      ),
    ];
  const findings: Finding[] = [];
  const uid = process.getuid?.();
  if (uid !== undefined && stat.uid !== uid)
    findings.push(
      failed(
        'data.folder',
        `Thư mục ${dataDir} thuộc uid ${stat.uid}, lệnh chạy bằng uid ${uid}`,
        'Chạy bằng người dùng của dịch vụ: sudo -u <người dùng> …',
      ),
    );
  else if (!isWritable(dataDir))
    findings.push(
      failed('data.folder', `Không ghi được vào ${dataDir}`, `chown -R <người dùng của dịch vụ> ${dataDir}`),
    );
  else findings.push(ok('data.folder', `Thư mục dữ liệu ${dataDir}`));
  for (const name of ['secret', ENV_FILE]) {
    const file = path.join(dataDir, name);
    const mode = fs.statSync(file, { throwIfNoEntry: false })?.mode;
    if (mode === undefined) continue;
    if ((mode & 0o077) === 0) findings.push(ok(`data.${name}`, `${name}: chỉ chủ đọc được`));
    else
      findings.push(
        failed(
          `data.${name}`,
          `${name}: người khác đọc được (quyền ${(mode & 0o777).toString(8)})`,
          `chmod 600 ${file}`,
        ),
      );
  }
  return findings;
}

function isWritable(folder: string): boolean {
  const probe = path.join(folder, `.doctor-${process.pid}`);
  try {
    fs.writeFileSync(probe, '');
    fs.rmSync(probe);
    return true;
  } catch {
    return false;
  }
}

function checkDisk(dataDir: string): Finding {
  let place = dataDir;
  while (!fs.existsSync(place)) place = path.dirname(place);
  const { bavail, blocks, bsize } = fs.statfsSync(place);
  const free = (bavail * bsize) / GIB;
  const percent = blocks > 0 ? Math.round((bavail / blocks) * 100) : 0;
  const text = `Đĩa còn ${free.toFixed(1)} GiB (${percent} %)`;
  if (free < 1) return failed('disk.free', text, 'Giải phóng chỗ ngay: PostgreSQL dừng khi đĩa đầy.');
  return free < 5 || percent < 10
    ? warning('disk.free', text, 'Thêm đĩa hoặc chuyển bản sao lưu cũ đi nơi khác.')
    : ok('disk.free', text);
}

function checkAddress({ publicUrl, host, demo, trustProxy }: Config): Finding {
  const local = ['127.0.0.1', '::1', 'localhost'].includes(host);
  const text = `Địa chỉ công khai ${publicUrl}, lắng nghe ${host}`;
  if (demo) return ok('http.address', text);
  if (!publicUrl.startsWith('https:'))
    return warning(
      'http.address',
      text,
      'Đặt proxy có TLS phía trước và MOTCUA_PUBLIC_URL=https://… để cookie đăng nhập không đi qua mạng trần.',
    );
  if (!local && trustProxy)
    return warning(
      'http.address',
      text,
      'MOTCUA_TRUST_PROXY=1 tin tiêu đề địa chỉ của bất kỳ ai nối tới: chỉ lắng nghe 127.0.0.1, hoặc chặn cổng bằng tường lửa.',
    );
  return ok('http.address', text);
}

function checkFonts(dataDir: string): Finding {
  const own = path.join(dataDir, 'fonts');
  try {
    const { blobs } = loadFonts(fs.existsSync(own) ? [own] : []);
    return ok('fonts', `${blobs.length} tệp phông chữ cho bản in`);
  } catch (error) {
    return failed('fonts', `Thiếu phông chữ: ${error instanceof Error ? error.message : ''}`, 'Chạy lại npm ci.');
  }
}

function checkPoppler(): Finding {
  const there = !spawnSync('pdfinfo', ['-v']).error;
  return ok(
    'poppler',
    there ? 'poppler-utils có (chỉ dùng khi kiểm thử)' : 'Không có poppler-utils: không cần khi vận hành',
  );
}

/** Whether the mail server answers with its greeting; nothing is sent and nobody signs in. */
async function checkMail({ smtpUrl }: Config): Promise<Finding> {
  if (!smtpUrl)
    return warning(
      'mail.server',
      'Không gửi thư điện tử (MOTCUA_SMTP_URL để trống)',
      'Đặt MOTCUA_SMTP_URL và MOTCUA_MAIL_FROM nếu muốn gửi thư.',
    );
  const url = URL.parse(smtpUrl);
  if (!url)
    return failed('mail.server', 'MOTCUA_SMTP_URL không phải địa chỉ hợp lệ', 'Dạng: smtp://người:mậtkhẩu@máy:587');
  const port = Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587);
  const place = `${url.hostname}:${port}`;
  const problem = await connect(url.hostname, port, url.protocol === 'smtp:');
  if (problem === undefined) return ok('mail.server', `Máy chủ thư ${place} trả lời`);
  return warning(
    'mail.server',
    `Máy chủ thư ${place}: ${problem}`,
    'Kiểm tra tên máy, cổng, tường lửa. Thư nằm chờ và được gửi khi máy chủ trở lại.',
  );
}

function connect(host: string, port: number, greets: boolean): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: 5000 });
    const end = (problem: string | undefined): void => {
      socket.destroy();
      resolve(problem);
    };
    socket.on('timeout', () => end('không trả lời trong 5 giây'));
    socket.on('error', (error) => end(error.message));
    socket.on('connect', () => greets || end(undefined));
    socket.on('data', (data) => end(data.toString().startsWith('220') ? undefined : 'không chào như một máy chủ thư'));
  });
}
