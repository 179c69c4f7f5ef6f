import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

it('long work lets in what came meanwhile, short work does not wait', async () => {
  const order: string[] = [];
  const work = async (turns: ReturnType<typeof createTurns>): Promise<void> => {
    setImmediate(() => order.push('other'));
    for (let n = 0; n < 3; n++) {
      if (turns.over()) await turns.next();
      order.push(`part ${n}`);
    }
  };
  await work(createTurns(60_000));
  expect(order).toEqual(['part 0', 'part 1', 'part 2']);
  await new Promise((resolve) => setImmediate(resolve));
  order.length = 0;
  // Every turn is over at once.
  await work(createTurns(0));
  expect(order).toEqual(['other', 'part 0', 'part 1', 'part 2']);
});
