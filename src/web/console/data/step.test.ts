import { expect, test } from 'vitest';
import { createStep } from './step.ts';

test('a step that worked is not done again when the act is sent again', async () => {
  const step = createStep<number>();
  let count = 0;
  const work = async (): Promise<number> => ++count;
  expect(await step({ points: 4 }, work)).toBe(1);
  expect(await step({ points: 4 }, work)).toBe(1);
  expect(count).toBe(1);
});

test('what was changed before sending again goes on from the answer to what was sent first', async () => {
  const step = createStep<{ version: number }>();
  const work = async (before: { version: number } | undefined) => ({ version: (before?.version ?? 0) + 1 });
  expect(await step({ points: 4 }, work)).toEqual({ version: 1 });
  expect(await step({ points: 5 }, work)).toEqual({ version: 2 });
});

test('a step that failed is done again', async () => {
  const step = createStep<string>();
  await expect(step('a', () => Promise.reject(new Error('line broke')))).rejects.toThrow('line broke');
  expect(await step('a', async (before) => before ?? 'first')).toBe('first');
});
