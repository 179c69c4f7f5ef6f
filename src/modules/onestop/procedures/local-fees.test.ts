import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFixedClock } from '../../../platform/config/config.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { createLocalFees } from './local-fees.ts';

const SYSTEM = { kind: 'system', name: 'test', assurance: 'system' } as const;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const fees = () =>
  createLocalFees({
    db: database.db,
    clock: createFixedClock(new Date('2026-03-02T02:00:00Z')),
    catalogueUnits: async () => [],
  });
const decision = 'Nghị quyết (giả định) của HĐND thành phố';

test('an amount holds from its first day until the day before the next one', async () => {
  const service = fees();
  await service.setLocalFee(SYSTEM, '1.004873', {
    feeId: 'le-phi',
    amountVnd: 15_000,
    validFrom: '2025-07-01',
    decision,
  });
  await service.setLocalFee(SYSTEM, '1.004873', {
    feeId: 'le-phi',
    amountVnd: 12_000,
    validFrom: '2026-01-01',
    decision,
  });
  expect(await service.localAmounts('1.004873', '2025-06-30')).toEqual({});
  expect(await service.localAmounts('1.004873', '2025-12-31')).toEqual({ 'le-phi': 15_000 });
  expect(await service.localAmounts('1.004873', '2026-01-01')).toEqual({ 'le-phi': 12_000 });
});

test('an amount before one already set, a negative one and one without a decision are refused and change nothing', async () => {
  const service = fees();
  await service.setLocalFee(SYSTEM, '1.001612', {
    feeId: 'le-phi',
    amountVnd: 100_000,
    validFrom: '2026-01-01',
    decision,
  });
  const wrong = [
    { feeId: 'le-phi', amountVnd: 50_000, validFrom: '2025-07-01', decision },
    { feeId: 'le-phi', amountVnd: -1, validFrom: '2026-02-01', decision },
    { feeId: 'le-phi', amountVnd: 1, validFrom: '2026-02-01', decision: ' ' },
    { feeId: 'le-phi', amountVnd: 1, validFrom: '2026-02-30', decision },
  ];
  for (const fee of wrong) await expect(service.setLocalFee(SYSTEM, '1.001612', fee)).rejects.toThrow();
  expect(await service.listLocalFees('1.001612')).toHaveLength(1);
});
