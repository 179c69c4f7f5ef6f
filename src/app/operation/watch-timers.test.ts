import { expect, it } from 'vitest';
import { createFixedClock } from '../../platform/config/config.ts';
import { createTimerWatch } from './watch-timers.ts';

it('notes how each run of a timer ended and lets its failure through', async () => {
  const clock = createFixedClock(new Date('2026-11-22T03:00:00Z'));
  const watch = createTimerWatch(clock);
  let broken = true;
  const run = async (): Promise<boolean> => {
    if (broken) throw new Error('hết chỗ');
    return true;
  };
  const [timer] = watch.watch([{ name: 'mail', everyMs: 1000, run }]);
  expect(watch.states()).toMatchObject([{ name: 'mail', runs: 0, lastEndedAt: null, lastError: null }]);
  await expect(timer?.run()).rejects.toThrow('hết chỗ');
  expect(watch.states()).toMatchObject([{ runs: 1, failures: 1, lastError: 'hết chỗ', lastEndedAt: clock.now() }]);
  broken = false;
  expect(await timer?.run()).toBe(true);
  expect(watch.states()).toMatchObject([{ runs: 2, failures: 1, lastError: null }]);
});
