import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { sendMade } from './send-made.ts';

async function answerOf(
  ...[name, made, how]: Parameters<typeof sendMade> extends [unknown, ...infer Rest] ? Rest : never
) {
  const app = Fastify();
  app.get('/', (_request, reply) => sendMade(reply, name, made, how));
  return app.inject('/');
}

test('a made file is kept under its name, by its reader alone', async () => {
  // A view into a larger buffer sends its own bytes only.
  const reply = await answerOf('ho-tich-2026.xlsx', new Uint8Array([9, 80, 75, 9]).subarray(1, 3));
  expect(reply.headers).toMatchObject({
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': 'attachment; filename="ho-tich-2026.xlsx"',
    'cache-control': 'private, no-store',
    'content-length': '2',
  });
  expect(reply.rawPayload.toString('latin1')).toBe('PK');
});

test('what everybody may read says nothing of caches, what is shown stays in the browser', async () => {
  const open = await answerOf('xin-loi.csv', 'Tháng;Số', { open: true });
  expect([open.headers['content-type'], open.headers['cache-control'], open.payload]).toEqual([
    'text/csv; charset=utf-8',
    undefined,
    'Tháng;Số',
  ]);
  const shown = await answerOf('giay.pdf', '%PDF', { shown: true });
  expect([shown.headers['content-type'], shown.headers['content-disposition'], shown.headers['cache-control']]).toEqual(
    ['application/pdf', 'inline; filename="giay.pdf"', 'private, no-store'],
  );
});
