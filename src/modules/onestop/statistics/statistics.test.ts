import { afterAll, beforeAll, expect, it } from 'vitest';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { createFixedClock } from '../../../platform/config/config.ts';
import { deliver } from '../../../platform/events/outbox.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { createStatisticsService, createStatisticsSubscriber } from './index.ts';

let test: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const unit = uuidv7(new Date('2026-01-01T00:00:00Z'));
const clock = createFixedClock(new Date('2026-11-18T10:00:00+07:00'));
const subscriber = createStatisticsSubscriber();

function tell(topic: string, dossierId: string, more: Record<string, unknown> = {}): Promise<void> {
  const payload = {
    dossierId,
    channel: 'desk',
    decidedByUnitId: unit,
    receivedAt: '2026-10-31T23:30:00+07:00',
    endedAt: null,
    punctuality: null,
    ...more,
  };
  return deliver(
    subscriber,
    [{ id: uuidv7(new Date()), topic, key: dossierId, payload, occurredAt: new Date() }],
    test.db,
  );
}
const month = async (text: string) => (await createStatisticsService({ db: test.db, clock }).boardOf([unit], text))[0];

it('counts receptions and endings on their days in Vietnam, however often and in whatever order they are told', async () => {
  const first = uuidv7(new Date());
  const ended = { endedAt: '2026-11-01T08:00:00+07:00', punctuality: 'late' };
  await tell('dossier.received', first);
  await tell('dossier.received', first);
  expect(await month('2026-10')).toMatchObject({ received: 1, receivedDesk: 1, resolved: 0 });
  await tell('dossier.numbered', first, ended);
  await tell('dossier.handed-over', first, ended);
  await tell('dossier.numbered', first, ended);
  expect(await month('2026-10')).toMatchObject({ received: 1, resolved: 0 });
  expect(await month('2026-11')).toMatchObject({ received: 0, resolved: 1, late: 1, early: 0 });
  const second = uuidv7(new Date());
  await tell('dossier.withdrawn', second, { receivedAt: null, endedAt: '2026-11-01T08:00:00+07:00' });
  await tell('dossier.numbered', uuidv7(new Date()), {
    channel: 'online',
    receivedAt: '2026-11-01T08:00:00+07:00',
    ...ended,
    punctuality: 'early',
  });
  expect(await month('2026-11')).toMatchObject({ received: 1, receivedOnline: 1, resolved: 2, late: 1, early: 1 });
  expect(await createStatisticsService({ db: test.db, clock }).firstMonth()).toBe('2026-10');
});
