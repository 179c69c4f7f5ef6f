import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../core/access/actor.ts';
import { toIso } from '../../../core/time/index.ts';
import { dueAt } from '../../../core/working-time/index.ts';
import { createFixedClock } from '../../../platform/config/config.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { createOrganisationService } from '../organisation/index.ts';
import { readCalendars } from './content.ts';
import { type CalendarService, createCalendarService } from './service.ts';

const system: Actor = { kind: 'system', name: 'test', assurance: 'system' };
const clock = createFixedClock(new Date('2023-08-31T02:00:00Z'));
const windows = [
  ['07:00', '11:30'],
  ['13:30', '17:00'],
];
const week = { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows, sat: [], sun: [] };
const plain = { timeZone: 'Asia/Ho_Chi_Minh', week };

let test: Awaited<ReturnType<typeof createTestDatabase>>;
let service: CalendarService;
let unitOf: (code: string, day: string) => Promise<string>;
beforeAll(async () => {
  test = await createTestDatabase();
  const organisation = createOrganisationService({ db: test.db, clock });
  await organisation.loadContent();
  service = createCalendarService({ db: test.db, clock, directory: organisation.directory });
  await service.loadContent();
  unitOf = async (code, day) => (await organisation.directory()).byCode('gso', code, day)?.unitId ?? '';
});
afterAll(() => test.drop());

describe('calendars of the content folder', () => {
  it('give the due dates of the contract’s holidays', async () => {
    const { calendar } = await service.getCalendarFor(await unitOf('20761', '2023-08-31'), '2023-08-31');
    const due = dueAt(calendar, new Date('2023-08-31T15:30:00+07:00'), { unit: 'working-day', amount: 3 });
    expect(due.ok && due.dueAt && toIso(due.dueAt)).toBe('2023-09-07T15:30:00+07:00');
  });

  it('know the swapped Saturdays', () => {
    const office = readCalendars().find((c) => c.isDefault);
    const working = office?.revisions[0]?.definition.exceptions?.filter((e) => e.kind === 'working').map((e) => e.date);
    expect(working).toEqual(['2024-05-04', '2025-04-26', '2026-01-10', '2026-08-22']);
  });

  it('are published once', async () => {
    expect(await service.loadContent()).toEqual({ published: 0 });
  });
});

describe('which calendar counts', () => {
  it('is the unit’s own, else that of the unit above, else the default; by day', async () => {
    const [commune, district] = [await unitOf('20761', '2023-08-31'), await unitOf('512', '2023-08-31')];
    await service.assignCalendar(system, district, 'saturday-morning-desk', '2023-06-01');
    expect((await service.getCalendarFor(commune, '2023-05-31')).code).toBe('vietnam-office-hours');
    expect((await service.getCalendarFor(commune, '2023-06-01')).code).toBe('saturday-morning-desk');
    await service.assignCalendar(system, commune, 'vietnam-office-hours', '2023-07-01');
    expect((await service.getCalendarFor(commune, '2023-07-01')).code).toBe('vietnam-office-hours');
    await service.assignCalendar(system, commune, null, '2023-08-01');
    expect((await service.getCalendarFor(commune, '2023-08-01')).code).toBe('saturday-morning-desk');
    expect((await service.getCalendarFor(commune, '2023-07-31')).code).toBe('vietnam-office-hours');
  });

  it('can be laid over a period, and the unit’s own goes on behind it', async () => {
    const commune = await unitOf('20767', '2023-08-31');
    await service.assignCalendar(system, commune, 'vietnam-office-hours', '2023-01-01');
    await service.assignCalendar(system, commune, 'saturday-morning-desk', '2023-06-01', '2023-06-30');
    expect((await service.getCalendarFor(commune, '2023-06-30')).code).toBe('saturday-morning-desk');
    const told = await service.getUnitCalendar(commune, '2023-07-01');
    expect(told.inForce).toMatchObject({ code: 'vietnam-office-hours', own: true });
    expect(told.assignments.map(({ code, validFrom, validTo }) => [code, validFrom, validTo])).toEqual([
      ['vietnam-office-hours', '2023-07-01', null],
      ['saturday-morning-desk', '2023-06-01', '2023-06-30'],
      ['vietnam-office-hours', '2023-01-01', '2023-05-31'],
    ]);
    await expect(service.assignCalendar(system, commune, null, '2023-06-01', '2023-05-01')).rejects.toMatchObject({
      code: 'request/invalid',
    });
  });

  it('says so where none was in force', async () => {
    const commune = await unitOf('20764', '2023-08-31');
    await expect(service.getCalendarFor(commune, '2017-12-31')).rejects.toMatchObject({ code: 'calendar/missing' });
  });
});

describe('publishing', () => {
  it('keeps the revision a dossier was counted by', async () => {
    await service.createCalendar(
      system,
      { code: 'thu-nghiem', name: 'Thử nghiệm' },
      { definition: plain, validFrom: '2023-01-01', source: 'thử' },
    );
    const unit = await unitOf('531', '2023-08-31');
    await service.assignCalendar(system, unit, 'thu-nghiem', '2023-01-01');
    const before = await service.getCalendarFor(unit, '2023-08-31');
    const holiday = { ...plain, exceptions: [{ date: '2023-09-01', kind: 'off' }] };
    const revisionId = await service.publishRevision(system, 'thu-nghiem', {
      definition: holiday,
      validFrom: '2023-08-25',
      source: 'Thông báo nghỉ lễ',
    });
    const after = await service.getCalendarFor(unit, '2023-08-31');
    expect(after.revisionId).toBe(revisionId);
    expect((await service.getCalendarFor(unit, '2023-08-24')).revisionId).toBe(before.revisionId);
    expect(await service.getRevision(before.revisionId)).toBe(before.calendar);
    const corrected = await service.publishRevision(system, 'thu-nghiem', {
      definition: plain,
      validFrom: '2023-08-25',
      source: 'Đính chính',
    });
    expect((await service.getCalendarFor(unit, '2023-08-31')).revisionId).toBe(corrected);
    expect((await service.listRevisions('thu-nghiem')).map((r) => [r.id, r.supersededAt !== null])).toEqual(
      expect.arrayContaining([
        [revisionId, true],
        [corrected, false],
        [before.revisionId, false],
      ]),
    );
  });

  it('refuses a broken calendar with the reason and the place', async () => {
    const broken = { ...plain, week: { ...week, mon: [['08:00', '07:00']] } };
    expect(service.check(broken)[0]?.message).toBeTruthy();
    await expect(
      service.publishRevision(system, 'vietnam-office-hours', {
        definition: broken,
        validFrom: '2024-01-01',
        source: 'x',
      }),
    ).rejects.toMatchObject({
      code: 'calendar/invalid',
      details: { fields: [expect.objectContaining({ message: expect.any(String) })] },
    });
    await expect(
      service.publishRevision(system, 'vietnam-office-hours', {
        definition: { ...plain, timeZone: 'Asia/Atlantis' },
        validFrom: '2024-01-01',
        source: 'x',
      }),
    ).rejects.toMatchObject({ code: 'calendar/invalid' });
  });

  it('refuses a stored calendar that was damaged, instead of counting by it', async () => {
    const unit = await unitOf('052', '2023-08-31');
    await service.createCalendar(
      system,
      { code: 'hong', name: 'Hỏng' },
      { definition: plain, validFrom: '2023-01-01', source: 'thử' },
    );
    await service.assignCalendar(system, unit, 'hong', '2023-01-01');
    await sql`update calendar.revision set definition = '{"week":{}}' where calendar_id = (select id from calendar.calendar where code = 'hong')`.execute(
      test.db,
    );
    await expect(service.getCalendarFor(unit, '2023-08-31')).rejects.toMatchObject({ code: 'calendar/invalid' });
  });

  it('needs the permission', async () => {
    const guest: Actor = { kind: 'guest', assurance: 'none', address: '127.0.0.1' };
    await expect(
      service.publishRevision(guest, 'vietnam-office-hours', {
        definition: plain,
        validFrom: '2024-01-01',
        source: 'x',
      }),
    ).rejects.toMatchObject({ code: 'access/forbidden' });
  });
});
