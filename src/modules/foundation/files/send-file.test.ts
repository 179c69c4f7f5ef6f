import { Readable } from 'node:stream';
import fastify from 'fastify';
import { expect, test } from 'vitest';
import { sendFile } from './index.ts';

const answer = async (mime: string, how: 'inline' | 'attachment') => {
  const content = Buffer.from('nội dung');
  const reference = {
    id: 'x',
    owner: { type: 'dossier', id: 'y' },
    name: 'Đơn đề nghị.pdf',
    kind: 'component',
    mime,
    size: content.length,
    createdBy: 'system:test',
    createdAt: new Date(0),
    legalHold: false,
    scanStatus: 'not-scanned',
  };
  const app = fastify();
  app.get('/', (_, reply) => sendFile(reply, { reference, content: Readable.from([content]) }, how));
  return app.inject('/');
};

test('a paper opens in the browser under its Vietnamese name, unsniffed and uncached', async () => {
  const reply = await answer('application/pdf', 'inline');
  expect(reply.body).toBe('nội dung');
  expect(reply.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="Don de nghi.pdf"; filename*=UTF-8''%C4%90%C6%A1n%20%C4%91%E1%BB%81%20ngh%E1%BB%8B.pdf`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  });
});

test('what is no paper or picture is always downloaded', async () => {
  expect((await answer('text/html', 'inline')).headers['content-disposition']).toMatch(/^attachment/);
});
