import readline from 'node:readline/promises';
import { Writable } from 'node:stream';
import { words } from '../../platform/messages/words.ts';
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
    text: words('cli.init.ask-unit'),
    check: shape(/^\d{2,5}$/, words('cli.init.ask-unit-wrong')),
  });
  const units = await ask({
    text: words('cli.init.ask-units'),
    otherwise: '',
  });
  const fullName = await ask({ text: words('cli.init.ask-name') });
  const login = await ask({ text: words('cli.init.ask-login'), otherwise: 'quantri' });
  const password = await ask({
    text: words('cli.init.ask-password'),
    otherwise: '',
    secret: true,
  });
  const email = await ask({ text: words('cli.init.ask-email'), otherwise: '' });
  const publicUrl = await ask({
    text: words('cli.init.ask-url'),
    check: shape(/^https?:\/\/[^/\s]+\/?$/, words('cli.init.ask-url-wrong')),
  });
  const port = await ask({
    text: words('cli.init.ask-port'),
    otherwise: '8080',
    check: shape(/^\d{1,5}$/, words('cli.init.ask-port-wrong')),
  });
  const smtpUrl = await ask({
    text: words('cli.init.ask-smtp'),
    otherwise: '',
  });
  const from = smtpUrl === '' ? '' : await ask({ text: words('cli.init.ask-from') });
  const database = await ask({
    text: words('cli.init.ask-database'),
    otherwise: '',
  });
  const encrypt = await ask({
    text: words('cli.init.ask-encrypt'),
    otherwise: 'k',
    check: shape(/^[ck]$/i, words('cli.init.ask-encrypt-wrong')),
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
