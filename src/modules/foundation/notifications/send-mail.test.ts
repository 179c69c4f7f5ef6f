import { sql } from 'kysely';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSmtpMailer } from '../../../adapters/smtp/mailer.ts';
import { type Behaviour, startTestMailServer } from '../../../adapters/smtp/test-server.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { type Mailer, queueMessage, sendMailOnce } from './index.ts';

const log = pino({ level: 'silent' });
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let server: Awaited<ReturnType<typeof startTestMailServer>>;
let start: Date;

const mailerTo = (port: number): Mailer =>
  createSmtpMailer({ url: `smtp://127.0.0.1:${port}`, from: 'motcua@xa.example.vn', silenceMs: 2000, connectMs: 2000 });
const after = (minutes: number): Date => new Date(start.getTime() + minutes * 60_000);
/** One run of the timer that many minutes later. */
const run = (minutes: number) => sendMailOnce({ db: database.db, mailer: mailerTo(server.port), log }, after(minutes));
const statuses = async () => {
  const { rows } = await sql<{ status: string; attempts: number; last_error: string | null }>`
    select status, attempts, last_error from notifications.message order by id`.execute(database.db);
  return rows;
};
const queue = (key: string, toAddress = `${key}@example.org`) =>
  queueMessage(database.db, {
    recipient: 'dossier:018a4958-0000-7000-8000-000000000001',
    channel: 'email',
    toAddress,
    subject: `Thông báo ${key}`,
    body: 'Nội dung',
    template: 'test',
    dedupeKey: key,
    at: new Date('2023-08-31T01:00:00Z'),
  });

beforeEach(async () => {
  database = await createTestDatabase();
  server = await startTestMailServer();
  // A minute ahead: the database says when a mail was queued, and a slow machine queues late.
  start = new Date(Date.now() + 60_000);
});
afterEach(async () => {
  await server.stop().catch(() => {});
  await database.drop();
});

test('a mail queued twice for one fact goes out once', async () => {
  expect(await queue('a')).toBeDefined();
  expect(await queue('a')).toBeUndefined();
  await run(0);
  await run(1);
  expect(server.taken).toHaveLength(1);
  expect(await statuses()).toMatchObject([{ status: 'sent', attempts: 1 }]);
});

test.each<[Behaviour, string]>([
  ['busy-greeting', 'turns everybody away'],
  ['refuse-address', 'refuses the address'],
  ['greylist', 'greylists'],
  ['busy-data', 'refuses the text for now'],
  ['drop-in-text', 'drops the connection within the text'],
  ['hang', 'says nothing more'],
])('%s: where the server %s, the mail arrives once, later', async (behaviour) => {
  server.behave(behaviour);
  await queue('a');
  await run(0);
  expect(server.taken).toHaveLength(0);
  expect(await statuses()).toMatchObject([{ status: 'waiting', attempts: 1 }]);
  await run(0);
  server.behave('well');
  await run(60);
  await run(120);
  expect(server.taken).toHaveLength(1);
  expect(await statuses()).toMatchObject([{ status: 'sent', attempts: 2, last_error: null }]);
});

test('where the server is down, mails wait and arrive once each when it is up again', async () => {
  const { port } = server;
  await server.stop();
  for (const key of ['a', 'b', 'c']) await queue(key);
  for (const minute of [0, 1, 2]) await run(minute);
  expect((await statuses()).every(({ status }) => status === 'waiting')).toBe(true);
  server = await startTestMailServer(port);
  await run(60);
  await run(120);
  expect(server.taken).toHaveLength(3);
  expect(server.mailbox().size).toBe(3);
});

test('a slow server gets each mail once although three processes send at the same time', async () => {
  server.behave('slow');
  for (const key of ['a', 'b', 'c', 'd', 'e']) await queue(key);
  await Promise.all([run(0), run(0), run(0)]);
  expect(server.taken).toHaveLength(5);
  expect(server.mailbox().size).toBe(5);
});

test('where the server takes the mail and drops the connection before answering, the mailbox holds it once', async () => {
  server.behave('drop-after-taking');
  await queue('a');
  await run(0);
  await run(10); // not before a quarter of an hour
  expect(server.taken).toHaveLength(1);
  server.behave('well');
  await run(16);
  await run(60);
  // SMTP has no way to ask; the second copy carries the same Message-ID, by which the mailbox drops it.
  expect(server.mailbox().size).toBe(1);
  expect(server.taken).toHaveLength(2);
  expect(await statuses()).toMatchObject([{ status: 'sent', attempts: 2 }]);
});

test('an address refused three times is given up and shows as failed', async () => {
  server.behave('refuse-address');
  await queue('a');
  for (const minute of [0, 31, 62, 200]) await run(minute);
  expect(await statuses()).toMatchObject([{ status: 'failed', attempts: 3 }]);
  expect((await statuses())[0]?.last_error).not.toContain('@');
});

test('one refused address does not keep the other mails back', async () => {
  server.behave('greylist');
  for (const key of ['a', 'b']) await queue(key);
  await run(0);
  expect((await statuses()).map(({ attempts }) => attempts)).toEqual([1, 1]);
});

test('a mail whose sending process died is taken up again after a quarter of an hour', async () => {
  await queue('a');
  const dead: Mailer = { send: () => Promise.reject(new Error('killed')) };
  await expect(sendMailOnce({ db: database.db, mailer: dead, log }, after(0))).rejects.toThrow('killed');
  await run(10);
  expect(await statuses()).toMatchObject([{ status: 'sending' }]);
  await run(16);
  expect(await statuses()).toMatchObject([{ status: 'sent', attempts: 2 }]);
});

test('a mail a week old is not sent any more', async () => {
  await queue('a');
  await run(8 * 24 * 60);
  expect(server.taken).toHaveLength(0);
  expect(await statuses()).toMatchObject([{ status: 'failed' }]);
});

test('what is no address fails at once and shows in the log', async () => {
  await queue('a', 'không có');
  expect(await statuses()).toMatchObject([
    { status: 'failed', attempts: 0, last_error: 'địa chỉ thư điện tử không hợp lệ' },
  ]);
});
