import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSmtpMailer } from './mailer.ts';
import { type Behaviour, startTestMailServer } from './test-server.ts';

const mail = {
  id: '018a4958-0000-7000-8000-000000000001',
  to: 'nguoi.nop@example.org',
  subject: 'Đã tiếp nhận hồ sơ H47.12.05-230831-0001',
  text: 'Kính gửi Ông/Bà,\nHồ sơ đã được tiếp nhận.\n.\nDòng sau dấu chấm.',
  date: new Date('2026-11-22T01:00:00Z'),
};
let server: Awaited<ReturnType<typeof startTestMailServer>>;
const mailer = (silenceMs = 5000) =>
  createSmtpMailer({
    url: `smtp://127.0.0.1:${server.port}`,
    from: 'Một cửa <motcua@xa.example.vn>',
    silenceMs,
    connectMs: silenceMs,
  });

beforeEach(async () => {
  server = await startTestMailServer();
});
afterEach(() => server.stop());

test('a mail arrives whole, with Vietnamese letters, a stable Message-ID and the mark of a machine', async () => {
  expect(await mailer().send(mail)).toMatchObject({ kind: 'accepted' });
  const [text = ''] = server.taken;
  expect(text).toContain(`Message-ID: <${mail.id}@xa.example.vn>`);
  expect(text).toContain('Auto-Submitted: auto-generated');
  expect(text).toMatch(/^Subject: =\?UTF-8\?/m);
  expect(text).toContain('K=C3=ADnh g=E1=BB=ADi');
});

test.each<[Behaviour, string, boolean]>([
  ['busy-greeting', 'later', true],
  ['greylist', 'later', false],
  ['busy-data', 'later', false],
  ['refuse-address', 'refused', false],
  ['hang', 'later', true],
  ['drop-after-taking', 'unknown', true],
])('a server that behaves “%s” means “%s”', async (behaviour, kind, serverWide) => {
  server.behave(behaviour);
  expect(await mailer(400).send(mail)).toMatchObject({ kind, serverWide });
});

test('nobody listening means later', async () => {
  await server.stop();
  expect(await mailer().send(mail)).toMatchObject({ kind: 'later', serverWide: true });
});

test('a slow server is waited for', async () => {
  server.behave('slow');
  expect(await mailer().send(mail)).toMatchObject({ kind: 'accepted' });
});

test('the address stays out of the error', async () => {
  server.behave('refuse-address');
  expect(JSON.stringify(await mailer().send(mail))).not.toContain('example.org');
});

test('a subject with line breaks adds no header', async () => {
  await mailer().send({ ...mail, subject: 'A\r\nBcc: khac@example.org' });
  expect(server.taken[0]).not.toMatch(/^Bcc:/m);
});
