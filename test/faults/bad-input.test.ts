import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoApp, openDemoApp } from '../demo-app.ts';
import { exampleIntake } from '../example-intake.ts';

let demo: DemoApp;
let cookie: string;
let desk: string;
beforeAll(async () => {
  demo = await openDemoApp('2026');
  cookie = await demo.signIn('motcua.hiepduc');
  desk = demo.unitId('20779-hiep-duc-2025/mot-cua');
});
afterAll(() => demo.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const count = async (): Promise<number> =>
  (await demo.system.db.raw.query<{ n: number }>('select count(*)::int n from dossiers.dossier')).rows[0]?.n ?? -1;

/** A multipart body with one file. */
function upload(name: string, content: Buffer): { body: Buffer; headers: Record<string, string> } {
  const boundary = 'ranh-gioi-cua-phep-thu';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/pdf\r\n\r\n`;
  return {
    body: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('a body that is no intake', () => {
  it.each([
    ['broken JSON', '{"procedureCode": ', JSON_TYPE, 400],
    ['no body', undefined, {}, 400],
    ['a list', '[]', JSON_TYPE, 400],
    ['XML', '<a/>', { 'content-type': 'text/xml' }, 415],
    ['two megabytes', JSON.stringify({ procedureCode: 'x'.repeat(2_000_000) }), JSON_TYPE, 413],
    ['a key that would reach into objects', '{"__proto__": {"admin": true}}', JSON_TYPE, 400],
    ['deep nesting', `${'['.repeat(5000)}${']'.repeat(5000)}`, JSON_TYPE, 400],
  ])('%s is refused as a problem, and nothing is written', async (_, body, headers, status) => {
    const before = await count();
    const reply = await demo.call({ method: 'POST', url: '/api/dossiers', cookie, headers, body });
    expect([reply.status, String(reply.headers['content-type'])]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(JSON.parse(reply.text)).toMatchObject({
      status,
      code: expect.stringMatching(/^request\//),
      requestId: expect.any(String),
    });
    expect(await count()).toBe(before);
  });

  it.each([
    ['a number for the unit', { unitId: 7 }],
    ['a unit that is no id', { unitId: 'mot-cua' }],
    ['no party', { parties: [] }],
    [
      'a name of 300 letters',
      { parties: [{ role: 'owner', snapshot: { fullName: 'x'.repeat(300), subjectType: 'citizen' } }] },
    ],
    ['a channel nobody has', { channel: 'fax' }],
    ['minus one copy', { copies: -1 }],
    ['a component counted with a fraction', { components: [{ code: 'ban-chinh', provided: true, originals: 1.5 }] }],
  ])('%s is told by its field', async (_, wrong) => {
    const body = { ...exampleIntake(desk, 'sai-1'), ...wrong };
    const reply = await demo.call({ method: 'POST', url: '/api/dossiers', cookie, body });
    expect([reply.status, JSON.parse(reply.text).fields.length > 0]).toEqual([400, true]);
  });

  it('a form with wrong answers is told field by field, in words', async () => {
    const body = {
      ...exampleIntake(desk, 'sai-2'),
      formValues: { applicant: { fullName: '' }, documents: [], foreignPaper: 'maybe' },
    };
    const reply = await demo.call({ method: 'POST', url: '/api/dossiers', cookie, body });
    expect(reply.status).toBe(422);
    const { code, fields } = JSON.parse(reply.text) as { code: string; fields: { path: string; message: string }[] };
    expect(code).toBe('dossier/form-invalid');
    expect(fields.map((field) => field.path).join()).toContain('applicant');
    expect(fields.every((field) => field.message.length > 5)).toBe(true);
  });

  it('a procedure nobody knows, and a desk of another commune, are refused', async () => {
    const unknown = { ...exampleIntake(desk, 'sai-3'), procedureCode: '9.999999' };
    expect((await demo.call({ method: 'POST', url: '/api/dossiers', cookie, body: unknown })).status).toBe(422);
    const foreign = exampleIntake(demo.unitId('20767-viet-an-2025/mot-cua'), 'sai-4');
    const reply = await demo.call({ method: 'POST', url: '/api/dossiers', cookie, body: foreign });
    expect([403, 404, 422]).toContain(reply.status);
  });
});

describe('an uploaded file', () => {
  it.each([
    ['that is whole is taken', 'anh.png', PNG, 201, undefined],
    ['that is empty', 'rong.pdf', Buffer.alloc(0), 422, 'file/empty'],
    [
      'that is a program under another name',
      'don.pdf',
      Buffer.from('MZ\u0090\u0000\u0003chương trình'),
      422,
      'file/wrong-type',
    ],
    [
      'that is a page with script',
      'don.pdf',
      Buffer.from('<html><script>alert(1)</script></html>'),
      422,
      'file/wrong-type',
    ],
    ['that is cut off', 'anh.png', PNG.subarray(0, 50), 422, 'file/truncated'],
    ['that is a PDF without an end', 'don.pdf', Buffer.from('%PDF-1.7\n1 0 obj\n<<'), 422, 'file/truncated'],
    [
      'that is too large',
      'lon.pdf',
      Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(26 * 1024 * 1024, 0x20)]),
      413,
      undefined,
    ],
  ])('%s', async (_, name, content, status, code) => {
    const reply = await demo.call({ method: 'POST', url: '/api/uploads', cookie, ...upload(name, content) });
    expect([reply.status, code ?? JSON.parse(reply.text).code]).toEqual([status, JSON.parse(reply.text).code]);
  });
});

describe('a session that ended meanwhile', () => {
  it('refuses the intake, writes nothing, and the same request goes through after signing in again', async () => {
    const old = await demo.signIn('motcua.hiepduc');
    await demo.call({ method: 'DELETE', url: '/api/session', cookie: old });
    const before = await count();
    const send = (as: string) =>
      demo.call({
        method: 'POST',
        url: '/api/dossiers',
        cookie: as,
        headers: { 'idempotency-key': 'phien-1' },
        body: exampleIntake(desk, 'phien-1'),
      });
    const refused = await send(old);
    expect([refused.status, JSON.parse(refused.text).code]).toEqual([401, 'access/sign-in']);
    expect(await count()).toBe(before);
    const fresh = await demo.signIn('motcua.hiepduc');
    expect((await send(fresh)).status).toBe(201);
    expect((await send(fresh)).status).toBe(201);
    expect(await count()).toBe(before + 1);
  });

  it('of a made-up cookie is a guest', async () => {
    const reply = await demo.call({ method: 'GET', url: '/api/inbox?view=mine', cookie: 'motcua_session=abc' });
    expect(reply.status).toBe(401);
  });
});

describe('a repeated request', () => {
  it('with the same key and another content is a conflict', async () => {
    await demo.receive(cookie, desk, 'khoa-1');
    const reply = await demo.call({
      method: 'POST',
      url: '/api/dossiers',
      cookie,
      headers: { 'idempotency-key': 'khoa-1' },
      body: exampleIntake(desk, 'khoa-1-khac'),
    });
    expect([reply.status, JSON.parse(reply.text).code]).toEqual([409, 'request/repeated-differently']);
  });

  it('of a double click is one dossier', async () => {
    const before = await count();
    const made = await Promise.all(
      Array.from({ length: 10 }, () => demo.receive(cookie, desk, 'khoa-2').catch((error: Error) => error)),
    );
    const ids = new Set(made.flatMap((one) => (one instanceof Error ? [] : [one.id])));
    expect(ids.size).toBe(1);
    expect(await count()).toBe(before + 1);
  });
});

describe('while the process is closing', () => {
  it('it says that it is not ready, so that nothing new is sent to it', async () => {
    expect((await demo.call({ method: 'GET', url: '/suc-khoe/san-sang' })).status).toBe(200);
    demo.state.closing = true;
    const reply = await demo.call({ method: 'GET', url: '/suc-khoe/san-sang' });
    demo.state.closing = false;
    expect([reply.status, JSON.parse(reply.text)]).toEqual([503, { ok: false, reason: 'closing' }]);
  });
});
