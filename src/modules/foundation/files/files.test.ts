import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFolderStore } from '../../../adapters/storage/folder.ts';
import type { Actor } from '../../../core/access/actor.ts';
import { createFixedClock } from '../../../platform/config/config.ts';
import { createTestDatabase } from '../../../platform/testing/database.ts';
import { createFilesService, type FilesService } from './index.ts';

const actor: Actor = { kind: 'system', name: 'test', assurance: 'system' };
const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const JPG = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.alloc(200),
  Buffer.from('ffd9', 'hex'),
]);
const draft = { type: 'draft', id: 'a' };
const dossier = { type: 'dossier', id: 'b' };
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let dir: string;
let files: FilesService;

const serviceIn = (folder: string, key?: Buffer): FilesService =>
  createFilesService({
    db: database.db,
    store: createFolderStore({ dir: folder, key }),
    clock: createFixedClock(new Date('2026-11-22T01:00:00Z')),
  });
const contentsOf = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
const add = async (service: FilesService, content: Buffer, owner = draft) => {
  const upload = await service.checkUpload(content, { name: 'Giấy tờ.pdf' });
  return database.db.transaction().execute((trx) => service.attach(trx, actor, upload, owner, 'component'));
};
const unique = (): Buffer => Buffer.concat([PDF, Buffer.from(`% ${crypto.randomUUID()}\n%%EOF\n`)]);

beforeAll(async () => {
  database = await createTestDatabase();
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-files-'));
  files = serviceIn(dir);
});
afterAll(async () => {
  await database.drop();
  fs.rmSync(dir, { recursive: true, force: true });
});

test.each([
  ['đơn.pdf', PDF, 'đơn.pdf', 'application/pdf'],
  ['ảnh.png', PNG, 'ảnh.png', 'image/png'],
  ['ảnh.jpeg', JPG, 'ảnh.jpg', 'image/jpeg'],
  ['giả làm ảnh.png', PDF, 'giả làm ảnh.pdf', 'application/pdf'],
])('%s is taken as what it is', async (name, content, shown, mime) => {
  const upload = await files.checkUpload(Readable.from([content.subarray(0, 5), content.subarray(5)]), { name });
  expect(upload).toMatchObject({ name: shown, mime, staged: { size: content.length } });
  await upload.discard();
});

test.each([
  ['nothing at all', Buffer.alloc(0), 'file/empty'],
  ['a page', Buffer.from('<!doctype html><script>1</script>'), 'file/wrong-type'],
  ['a picture that is also a PDF', Buffer.concat([Buffer.from('GIF89a'), PDF]), 'file/wrong-type'],
  ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300)]), 'file/wrong-type'],
  ['the head of an archive', Buffer.from('504b0304140000000800', 'hex'), 'file/wrong-type'],
  ['a PDF without its end', PDF.subarray(0, 30), 'file/truncated'],
  ['a PNG without its end', PNG.subarray(0, -12), 'file/truncated'],
  ['a JPEG without its end', JPG.subarray(0, -2), 'file/truncated'],
])('%s is refused and nothing stays behind', async (_, content, code) => {
  const before = contentsOf(dir).length;
  await expect(files.checkUpload(content, { name: 'tệp.pdf' })).rejects.toMatchObject({
    code,
    details: { params: { name: 'tệp.pdf' } },
  });
  expect(contentsOf(dir)).toHaveLength(before);
});

test('the largest size allowed is taken, one byte more is refused', async () => {
  await (await files.checkUpload(PDF, { name: 'a.pdf', maxBytes: PDF.length })).discard();
  await expect(files.checkUpload(PDF, { name: 'a.pdf', maxBytes: PDF.length - 1 })).rejects.toMatchObject({
    code: 'file/too-large',
  });
});

test('an upload that is too large is read to its end: the next part of a posted form comes after it', async () => {
  const before = contentsOf(dir).length;
  const source = Readable.from([PDF, Buffer.alloc(200_000, 32), Buffer.alloc(200_000, 32), PDF]);
  await expect(files.checkUpload(source, { name: 'a.pdf', maxBytes: 100_000 })).rejects.toMatchObject({
    code: 'file/too-large',
  });
  expect(source.readableEnded).toBe(true);
  expect(contentsOf(dir)).toHaveLength(before);
});

test('an upload whose sender went away leaves nothing behind', async () => {
  const before = contentsOf(dir).length;
  const broken = Readable.from(
    (async function* () {
      yield PDF;
      throw new Error('gone');
    })(),
  );
  await expect(files.checkUpload(broken, { name: 'a.pdf' })).rejects.toThrow('gone');
  expect(contentsOf(dir)).toHaveLength(before);
});

test('a file comes back as it went in, and its digest is told to nobody', async () => {
  const content = unique();
  const reference = await add(files, content);
  expect(reference).not.toHaveProperty('digest');
  const opened = await files.openReference(reference.id);
  expect(await buffer(opened.content)).toEqual(content);
  expect(opened.reference).toMatchObject({ owner: draft, kind: 'component', createdBy: 'system:test' });
});

test('the same content is stored once under two references', async () => {
  const content = unique();
  const before = contentsOf(dir).length;
  const [a, b] = [await add(files, content), await add(files, content)];
  expect(a.id).not.toBe(b.id);
  expect(contentsOf(dir)).toHaveLength(before + 1);
});

test('a digest, a missing id and nonsense open nothing', async () => {
  const digest = crypto.createHash('sha256').update(PDF).digest('hex');
  for (const id of [digest, crypto.randomUUID(), '../../etc/passwd', ''])
    await expect(files.openReference(id)).rejects.toMatchObject({ code: 'row/missing' });
});

test('files move from draft to dossier together or not at all', async () => {
  const [a, foreign] = [
    await add(files, unique()),
    await add(files, unique(), { type: 'draft', id: 'of another person' }),
  ];
  const move = (ids: string[]) => database.db.transaction().execute((trx) => files.move(trx, ids, draft, dossier));
  await expect(move([a.id, foreign.id])).rejects.toMatchObject({ code: 'row/missing' });
  expect((await files.getReference(a.id)).owner).toEqual(draft);
  await move([a.id, a.id]);
  expect((await files.listOf(database.db, dossier)).map((file) => file.id)).toEqual([a.id]);
});

describe('erasure', () => {
  const age = () => sql`update files.blob set used_at = used_at - interval '2 days'`.execute(database.db);
  const erase = (id: string) => database.db.transaction().execute((trx) => files.erase(trx, id));

  test('the content goes with its last reference, after a day', async () => {
    const content = unique();
    const [a, b] = [await add(files, content), await add(files, content)];
    await age();
    await files.sweepOnce();
    expect(await erase(a.id)).toBe(true);
    await files.sweepOnce();
    expect(await buffer((await files.openReference(b.id)).content)).toEqual(content);
    await expect(files.openReference(a.id)).rejects.toMatchObject({ code: 'row/missing' });
    expect(await erase(b.id)).toBe(true);
    expect(await files.sweepOnce()).toBe(1);
    const digest = crypto.createHash('sha256').update(content).digest('hex');
    expect(contentsOf(dir)).not.toContain(digest);
    const again = await add(files, content);
    expect(await buffer((await files.openReference(again.id)).content)).toEqual(content);
  });

  test('a file under legal hold stays', async () => {
    const owner = { type: 'dossier', id: 'held' };
    const { id } = await add(files, unique(), owner);
    await files.setLegalHold(database.db, owner, true);
    expect(await erase(id)).toBe(false);
    await files.setLegalHold(database.db, owner, false);
    expect(await erase(id)).toBe(true);
  });

  test('a document made by the system can be reused by another owner', async () => {
    const made = await database.db
      .transaction()
      .execute((trx) =>
        files.attachMade(
          trx,
          actor,
          { content: unique(), name: 'Kết quả.pdf', mime: 'application/pdf' },
          dossier,
          'result',
        ),
      );
    const reused = await database.db
      .transaction()
      .execute((trx) => files.reuse(trx, actor, made.id, draft, 'component'));
    await erase(made.id);
    expect((await files.openReference(reused.id)).reference).toMatchObject({ name: 'Kết quả.pdf', owner: draft });
  });
});

describe('encryption at rest', () => {
  const key = crypto.randomBytes(32);

  test('contents are unreadable on disk and readable with the key, plain ones stay readable', async () => {
    const folder = fs.mkdtempSync(path.join(dir, 'sealed-'));
    const [plain, secret] = [unique(), Buffer.concat([PDF, crypto.randomBytes(300_000), Buffer.from('%%EOF')])];
    const early = await add(serviceIn(folder), plain);
    const sealed = serviceIn(folder, key);
    const late = await add(sealed, secret);
    const name = contentsOf(folder).find((file) => file.endsWith('.enc')) ?? '';
    const raw = fs.readFileSync(path.join(folder, name.slice(0, 2), name.slice(2, 4), name));
    expect(raw.includes('%PDF')).toBe(false);
    expect(await buffer((await sealed.openReference(late.id)).content)).toEqual(secret);
    expect(await buffer((await sealed.openReference(early.id)).content)).toEqual(plain);
    await expect(serviceIn(folder).openReference(late.id)).rejects.toThrow('MOTCUA_FILES_KEY');
    const wrong = (await serviceIn(folder, crypto.randomBytes(32)).openReference(late.id)).content;
    await expect(buffer(wrong)).rejects.toThrow();
  });
});
