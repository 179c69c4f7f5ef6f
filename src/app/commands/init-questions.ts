import readline from 'node:readline/promises';
import { Writable } from 'node:stream';
import { checkInitSettings, type InitSettings } from './init-settings.ts';

export type Question = {
  readonly text: string;
  /** Taken where the answer is empty; without one the question is asked again. */
  readonly otherwise?: string;
  /** Says what is wrong with an answer; then the question is asked again. */
  check?(answer: string): string | undefined;
  /** Not shown while it is typed. */
  readonly secret?: boolean;
};
export type Ask = (question: Question) => Promise<string>;

const shape = (pattern: RegExp, says: string) => (answer: string) => (pattern.test(answer) ? undefined : says);

/** Asks for everything `init` needs, one question at a time. */
export async function askInitSettings(ask: Ask): Promise<InitSettings> {
  const unit = await ask({
    text: 'Mã đơn vị hành chính (mã thống kê, ví dụ 20779)',
    check: shape(/^\d{2,5}$/, 'Mã gồm 2–5 chữ số.'),
  });
  const units = await ask({
    text: 'Tệp dữ liệu đơn vị cả nước hai cấp từ 01/07/2025 (JSON; bỏ trống nếu chưa có)',
    otherwise: '',
  });
  const fullName = await ask({ text: 'Họ tên người quản trị đầu tiên' });
  const login = await ask({ text: 'Tên đăng nhập của người ấy', otherwise: 'quantri' });
  const password = await ask({
    text: 'Mật khẩu (từ 10 ký tự; bỏ trống để hệ thống tạo mật khẩu dùng một lần)',
    otherwise: '',
    secret: true,
  });
  const email = await ask({ text: 'Thư điện tử của người ấy (có thể bỏ trống)', otherwise: '' });
  const publicUrl = await ask({
    text: 'Địa chỉ công khai, ví dụ https://motcua.tenxa.gov.vn',
    check: shape(/^https?:\/\/[^/\s]+\/?$/, 'Địa chỉ có dạng https://tên-máy.'),
  });
  const port = await ask({
    text: 'Cổng lắng nghe sau proxy',
    otherwise: '8080',
    check: shape(/^\d{1,5}$/, 'Nhập một số.'),
  });
  const smtpUrl = await ask({
    text: 'Máy chủ thư, ví dụ smtp://user:matkhau@mail.tenxa.gov.vn:587 (bỏ trống: không gửi thư)',
    otherwise: '',
  });
  const from = smtpUrl === '' ? '' : await ask({ text: 'Người gửi, ví dụ Một Cửa <motcua@tenxa.gov.vn>' });
  const database = await ask({
    text: 'DATABASE_URL của PostgreSQL ≥ 15 (bỏ trống: dùng PostgreSQL đi kèm)',
    otherwise: '',
  });
  const encrypt = await ask({
    text: 'Mã hóa tệp trên đĩa? (c/k)',
    otherwise: 'k',
    check: shape(/^[ck]$/i, 'Gõ c hoặc k.'),
  });
  return checkInitSettings({
    unit,
    administrator: {
      fullName,
      login,
      ...(password === '' ? {} : { password }),
      ...(email === '' ? {} : { email }),
    },
    publicUrl,
    listen: { port: Number(port) },
    ...(smtpUrl === '' ? {} : { smtp: { url: smtpUrl, from } }),
    ...(database === '' ? {} : { database: { url: database } }),
    storage: { encryptFiles: encrypt.toLowerCase() === 'c' },
    ...(units === '' ? {} : { units: [{ file: units, validFrom: '2025-07-01' }] }),
  });
}

/** Asks on the terminal; questions go to stderr, so that stdout keeps the answer only. */
export function createTerminalAsk(): { readonly ask: Ask; close(): void } {
  let muted = false;
  const output = new Writable({
    write(chunk: Buffer, _, done) {
      if (!muted) process.stderr.write(chunk);
      done();
    },
  });
  const terminal = readline.createInterface({ input: process.stdin, output, terminal: true });
  const ask: Ask = async (question) => {
    const { text, otherwise, check, secret } = question;
    process.stderr.write(`${text}${otherwise ? ` [${otherwise}]` : ''}: `);
    muted = secret ?? false;
    const typed = (await terminal.question('')).trim();
    muted = false;
    if (secret) process.stderr.write('\n');
    const answer = typed === '' ? otherwise : typed;
    if (answer === undefined) return ask(question);
    const wrong = answer === '' ? undefined : check?.(answer);
    if (wrong === undefined) return answer;
    process.stderr.write(`  ${wrong}\n`);
    return ask(question);
  };
  return { ask, close: () => terminal.close() };
}
