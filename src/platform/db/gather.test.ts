import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createGatherer } from './gather.ts';

type Item = { readonly key: string; readonly fails?: boolean };

function writer(atOnce: number, most = 100) {
  const batches: Item[][] = [];
  let running = 0;
  let atMost = 0;
  const write = createGatherer<Item, string>({
    write: async (items) => {
      batches.push([...items]);
      running++;
      atMost = Math.max(atMost, running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      if (items.some((item) => item.key === 'lost')) throw new Error('connection lost');
      if (items.some((item) => item.fails)) throw new Error('refused');
      return items.map((item) => `done ${item.key}`);
    },
    keyOf: (item) => item.key,
    mayRepeat: (error) => error instanceof Error && error.message === 'refused',
    atOnce,
    most,
  });
  return { write, batches, atMost: () => atMost };
}

it('lets an item that is alone go at once, and gathers what comes meanwhile', async () => {
  const { write, batches } = writer(1);
  const replies = await Promise.all(['a', 'b', 'c', 'd'].map((key) => write({ key })));
  expect(replies).toEqual(['done a', 'done b', 'done c', 'done d']);
  expect(batches.map((batch) => batch.map((item) => item.key))).toEqual([['a'], ['b', 'c', 'd']]);
});

it('never lets two items of one key travel together, and keeps their order', async () => {
  const { write, batches } = writer(1);
  await Promise.all(['a', 'b', 'b', 'c', 'b'].map((key) => write({ key })));
  expect(batches.map((batch) => batch.map((item) => item.key).join(''))).toEqual(['a', 'bc', 'b', 'b']);
});

it('tells only the one at fault where a batch fails', async () => {
  const { write } = writer(1);
  const replies = await Promise.allSettled([
    write({ key: 'a' }),
    write({ key: 'b' }),
    write({ key: 'c', fails: true }),
    write({ key: 'd' }),
  ]);
  expect(replies.map((reply) => reply.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
});

it('writes nothing again where nobody knows whether it was written', async () => {
  const { write, batches } = writer(1);
  const replies = await Promise.allSettled([write({ key: 'a' }), write({ key: 'b' }), write({ key: 'lost' })]);
  expect(replies.map((reply) => reply.status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(batches).toHaveLength(2);
});

it('answers everybody once, however many there are and whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fails: fc.boolean() }), {
        maxLength: 40,
      }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 8 }),
      async (items, atOnce, most) => {
        const { write, batches, atMost } = writer(atOnce, most);
        const replies = await Promise.allSettled(items.map((item) => write(item)));
        expect(replies.map((reply) => reply.status === 'rejected')).toEqual(items.map((item) => item.fails));
        expect(atMost()).toBeLessThanOrEqual(atOnce);
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(most);
          expect(new Set(batch.map((item) => item.key)).size).toBe(batch.length);
        }
      },
    ),
    { numRuns: 100 },
  );
});
