import { sql } from 'kysely';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor, CitizenActor, StaffActor } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { createFixedClock } from '../../../platform/config/config.ts';
import { deliver, dispatchOnce, emit } from '../../../platform/events/outbox.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import {
  createDossierNotices,
  createNotificationService,
  type NoticeFacts,
  type NotificationService,
} from './index.ts';

const at = new Date('2026-11-22T01:00:00Z');
const [unit, otherUnit, staffId, accountId, dossierId] = Array.from({ length: 5 }, () => uuidv7(at)) as [
  string,
  string,
  string,
  string,
  string,
];
const citizen: CitizenActor = {
  kind: 'citizen',
  accountId,
  subject: 's',
  fullName: 'Người thử',
  idNumber: null,
  birthDate: null,
  email: null,
  phone: null,
  assurance: 'loa2',
  address: '203.0.113.7',
};
const staff = (units: string[]): StaffActor => ({
  kind: 'staff',
  accountId: uuidv7(at),
  staffId,
  displayName: 'Cán bộ thử',
  homeUnitId: unit,
  unitIds: [unit],
  roles: [],
  unitsByPermission: new Map([['notification.read-log', new Set(units)]]),
  assurance: 'password',
  address: '203.0.113.9',
});
const facts: NoticeFacts = {
  code: 'H47.12.05-261122-0001',
  procedureName: 'Cấp bản sao trích lục',
  decidedByUnitName: 'UBND xã Thử',
  receivedByUnitName: 'Bộ phận Một cửa xã Thử',
  receivedByUnitId: unit,
  handlerName: 'Phòng Tư pháp',
  channel: 'online',
  submittedAt: at,
  receivedAt: at,
  dueAt: new Date('2026-11-25T10:00:00Z'),
  endedAt: null,
  returnedAt: null,
  returnPlace: null,
  reason: null,
  items: [],
  deadline: null,
  applicantEmail: 'nguoi.nop@example.org',
  citizenAccountId: accountId,
  holderStaffId: staffId,
};
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let service: NotificationService;

beforeEach(async () => {
  database = await createTestDatabase();
  service = createNotificationService({ db: database.db, clock: createFixedClock(at) });
});
afterEach(() => database.drop());

/** What the subscriber queues for an event of that topic. */
async function happen(topic: string, changed: Partial<NoticeFacts> = {}, times = 1) {
  const notices = createDossierNotices({
    findNoticeFacts: async (ids) => new Map(ids.map((id) => [id, { ...facts, ...changed }])),
    trackingUrl: (code) => `https://motcua.example.vn/tra-cuu?code=${code}`,
  });
  const event = { id: uuidv7(at), topic, key: dossierId, payload: { dossierId }, occurredAt: at };
  for (let time = 0; time < times; time++) await deliver(notices, [event], database.db);
  const { rows } = await sql<{
    channel: string;
    recipient: string;
    body: string;
    subject: string;
    to_address: string | null;
  }>`
    select channel, recipient, to_address, subject, body from notifications.message order by id`.execute(database.db);
  return rows;
}

test('a received dossier is told in the account and by mail, with agency, handler and times', async () => {
  const rows = await happen('dossier.received');
  expect(rows.map(({ channel, recipient, to_address }) => [channel, recipient, to_address])).toEqual([
    ['app', `citizen:${accountId}`, null],
    ['email', `citizen:${accountId}`, 'nguoi.nop@example.org'],
  ]);
  const mail = rows[1]?.body ?? '';
  for (const part of [
    'UBND xã Thử',
    'Phòng Tư pháp',
    '08:00 ngày 22/11/2026',
    '17:00 ngày 25/11/2026',
    '/tra-cuu?code=H47',
  ])
    expect(mail).toContain(part);
  expect(mail).not.toContain('Nơi trả kết quả'); // not known: the line is left out
});

test('an event delivered twice is told once', async () => {
  expect(await happen('dossier.received', {}, 2)).toHaveLength(2);
});

test('a guest gets the mail only, a citizen without an address the account only, nobody nothing', async () => {
  expect((await happen('dossier.received', { citizenAccountId: null })).map((row) => row.recipient)).toEqual([
    `dossier:${dossierId}`,
  ]);
  expect(await happen('dossier.received', { applicantEmail: null })).toHaveLength(2);
  expect(await happen('dossier.received', { applicantEmail: null, citizenAccountId: null })).toHaveLength(2);
});

test('papers asked for are listed and what looks like an identity number is masked', async () => {
  const [first] = await happen('dossier.supplement-requested', {
    items: ['Bản sao giấy chứng sinh', 'Căn cước số 079 123 456 789'],
    reason: 'Số 079123456789 không khớp',
    deadline: '2026-12-01',
  });
  expect(first?.body).toContain('- Bản sao giấy chứng sinh\n- Căn cước số …');
  expect(first?.body).toContain('Lý do: Số … không khớp');
  expect(first?.body).toContain('01/12/2026');
});

test('a dossier taken at the desk is not announced as filed online', async () => {
  expect(await happen('dossier.submitted', { channel: 'desk' })).toHaveLength(0);
});

test('a dossier assigned is told to who holds it, in the application only', async () => {
  expect((await happen('dossier.assigned')).map((row) => [row.channel, row.recipient])).toEqual([
    ['app', `staff:${staffId}`],
  ]);
});

test('a topic without a template tells nobody', async () => {
  expect(await happen('dossier.opened')).toHaveLength(0);
});

test('through the outbox the notice comes with the commit of the fact and not without it', async () => {
  const notices = createDossierNotices({
    findNoticeFacts: async (ids) => new Map(ids.map((id) => [id, facts])),
    trackingUrl: (code) => code,
  });
  const event = { id: uuidv7(at), topic: 'dossier.received', key: dossierId, payload: { dossierId }, occurredAt: at };
  await database.db
    .transaction()
    .execute(async (trx) => {
      await emit(trx, [event]);
      throw new Error('undone');
    })
    .catch(() => {});
  await dispatchOnce(database.db, [notices], pino({ level: 'silent' }));
  expect((await service.listMine(citizen, {})).rows).toHaveLength(0);
  await emit(database.db, [event]);
  await dispatchOnce(database.db, [notices], pino({ level: 'silent' }));
  expect((await service.listMine(citizen, {})).rows).toHaveLength(1);
});

test('the inbox shows the reader’s own messages; reading counts down and keeps its first time', async () => {
  await happen('dossier.received');
  await happen('dossier.numbered');
  const inbox = await service.listMine(citizen, { limit: 1 });
  expect(inbox).toMatchObject({
    unread: 2,
    rows: [{ subject: 'Hồ sơ H47.12.05-261122-0001 đã có kết quả', readAt: null }],
  });
  expect((await service.listMine(citizen, { limit: 1, cursor: inbox.nextCursor ?? '' })).nextCursor).toBeNull();
  const id = inbox.rows[0]?.id ?? '';
  await expect(service.readMine({ ...citizen, accountId: uuidv7(at) }, id)).rejects.toMatchObject({
    code: 'row/missing',
  });
  await service.readMine(citizen, id);
  await service.readMine(citizen, id);
  expect((await service.listMine(citizen, {})).unread).toBe(1);
});

test('the delivery log is narrowed to the reader’s units and masks addresses', async () => {
  await happen('dossier.received');
  expect((await service.listDeliveries(staff([otherUnit]), {})).rows).toHaveLength(0);
  const { rows } = await service.listDeliveries(staff([unit]), { dossierId, status: 'waiting' });
  expect(rows).toMatchObject([{ to: 'n***@example.org', status: 'waiting', attempts: 0 }]);
  expect(rows[0]).not.toHaveProperty('body');
});

test('a resend makes one new mail however often it is asked for, and is recorded', async () => {
  await happen('dossier.received');
  const actor: Actor = staff([unit]);
  const [mail] = (await service.listDeliveries(actor, {})).rows;
  const id = mail?.id ?? '';
  expect(await service.resend(actor, id)).toEqual({ id }); // it still waits: nothing to do
  await sql`update notifications.message set status = 'failed' where id = ${id}`.execute(database.db);
  const answers = await Promise.all([service.resend(actor, id), service.resend(actor, id), service.resend(actor, id)]);
  expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
  expect((await service.listDeliveries(actor, {})).rows).toMatchObject([{ resendOf: id, status: 'waiting' }, { id }]);
  await expect(service.resend(staff([otherUnit]), id)).rejects.toMatchObject({ code: 'row/missing' });
  const { rows } = await sql`select action from audit.entry where action = 'notification.resend'`.execute(database.db);
  expect(rows).toHaveLength(1);
});
