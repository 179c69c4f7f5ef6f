import http from 'node:http';
import { CALLBACK_PATH } from '../../modules/foundation/identity/index.ts';
import type { Config } from '../../platform/config/config.ts';
import { freePort } from '../../platform/db/embedded.ts';
import { readDemoFile } from './demo-file.ts';

/** Stand-ins for outside systems of the demo: national identity and a mail server with a mailbox to look into. */
export type Companions = {
  readonly issuer: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly mailboxUrl: string;
  close(): Promise<void>;
};

type Received = { readonly at: Date; readonly to: string; readonly raw: string };

const escapeHtml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Decodes the plain-text mails we send ourselves; anything odd is shown raw. */
function readable(raw: string): { subject: string; body: string } {
  const [head = '', ...rest] = raw.replace(/\r\n/g, '\n').split('\n\n');
  const unfolded = head.replace(/\n[ \t]+/g, ' ');
  const encoded = /^subject: (.*)$/im.exec(unfolded)?.[1] ?? '';
  const subject = encoded
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('utf8')
        : Buffer.from(
            text
              .replace(/_/g, ' ')
              .replace(/=([0-9A-F]{2})/gi, (_x, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          ).toString('utf8'),
    );
  const text = rest.join('\n\n');
  if (/^content-transfer-encoding: base64$/im.test(head))
    return { subject, body: Buffer.from(text, 'base64').toString('utf8') };
  if (/^content-transfer-encoding: quoted-printable$/im.test(head)) {
    const bytes = text
      .replace(/=\n/g, '')
      .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return { subject, body: Buffer.from(bytes, 'latin1').toString('utf8') };
  }
  return { subject, body: text };
}

async function startMailbox(): Promise<{ smtpUrl: string; url: string; close(): Promise<void> } | undefined> {
  // smtp-server is a development dependency: a production install without it simply has no mailbox.
  const loaded = await import('smtp-server').catch(() => undefined);
  if (!loaded) return undefined;
  const mails: Received[] = [];
  const smtp = new loaded.SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map((r) => r.address).join(', ');
        mails.unshift({ at: new Date(), to, raw: Buffer.concat(chunks).toString('utf8') });
        mails.length = Math.min(mails.length, 200);
        done();
      });
    },
  });
  const smtpPort = await freePort();
  await new Promise<void>((resolve) => smtp.listen(smtpPort, '127.0.0.1', resolve));
  const page = http.createServer((_request, response) => {
    const items = mails.map((mail) => {
      const { subject, body } = readable(mail.raw);
      return `<article><h2>${escapeHtml(subject)}</h2><p>Tới: ${escapeHtml(mail.to)} · ${mail.at.toLocaleString('vi-VN')}</p><pre>${escapeHtml(body)}</pre></article>`;
    });
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('content-security-policy', "default-src 'none'");
    response.end(
      `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Hộp thư thử</title></head><body><main><h1>Hộp thư thử</h1>${items.join('') || '<p>Chưa có thư nào.</p>'}</main></body></html>`,
    );
  });
  const port = await freePort();
  await new Promise<void>((resolve) => page.listen(port, '127.0.0.1', resolve));
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      page.close();
      page.closeAllConnections();
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
    },
  };
}

/** Starts what the demo needs beside the application. Each can be replaced by a real system through the settings. */
export async function startDemoCompanions(config: Config): Promise<Companions> {
  const mailbox = config.smtpUrl ? undefined : await startMailbox();
  let simulator: { issuer: string; close(): Promise<void> } | undefined;
  if (!config.oidcIssuer) {
    const { startOidcSimulator } = await import('../../adapters/oidc/simulator.ts');
    simulator = await startOidcSimulator({
      port: 0,
      citizens: readDemoFile(config.era).citizens,
      clientId: config.oidcClientId,
      redirectUris: [`${config.publicUrl}${CALLBACK_PATH}`],
    });
  }
  return {
    issuer: simulator?.issuer,
    smtpUrl: mailbox?.smtpUrl,
    mailboxUrl: mailbox?.url ?? '(chưa có)',
    close: async () => {
      await mailbox?.close();
      await simulator?.close();
    },
  };
}
