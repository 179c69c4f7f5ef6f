import http from 'node:http';
import type { AddressInfo } from 'node:net';
import Type from 'typebox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endpoint } from '../../core/contract/endpoint.ts';
import { call, configureApi, fetchFile, toRequest } from './api.ts';
import { ApiError, fieldErrorText } from './api-error.ts';

// A server that answers what the test told it to, so that the client meets real HTTP.
let answers: { status: number; body: unknown; disposition?: string }[] = [];
let seen: { method: string; url: string; body: string; key: string | undefined }[] = [];
let base = '';
const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += String(chunk);
  });
  request.on('end', () => {
    const key = request.headers['idempotency-key'];
    seen.push({
      method: request.method ?? '',
      url: request.url ?? '',
      body,
      key: typeof key === 'string' ? key : undefined,
    });
    const answer = answers.shift() ?? { status: 200, body: {} };
    if (answer.disposition !== undefined) response.setHeader('content-disposition', answer.disposition);
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  answers = [];
  seen = [];
  configureApi({});
});

const declared = () =>
  endpoint({
    id: 'rename',
    module: 'test',
    summary: 'Đổi tên',
    access: 'public',
    method: 'POST',
    path: `${base}/api/things/:id`,
    params: Type.Object({ id: Type.String() }),
    body: Type.Object({ name: Type.String() }),
    reply: Type.Object({ ok: Type.Boolean() }),
  });

describe('toRequest', () => {
  it('fills the path, leaves empty query members out and repeats lists', () => {
    const e = { method: 'GET', path: '/api/a/:id', reply: Type.Unknown() };
    const { url } = toRequest(e, {
      params: { id: 'x/y' },
      query: { q: '', page: 2, tag: ['m', 'n'], none: undefined },
    });
    expect(url).toBe('/api/a/x%2Fy?page=2&tag=m&tag=n');
  });
});

describe('call', () => {
  it('sends JSON and gives the reply', async () => {
    answers = [{ status: 200, body: { ok: true } }];
    const reply = await call(declared(), { params: { id: '1' }, body: { name: 'Đơn' } }, { idempotencyKey: 'k1' });
    expect(reply.ok).toBe(true);
    expect(seen[0]).toEqual({ method: 'POST', url: '/api/things/1', body: '{"name":"Đơn"}', key: 'k1' });
  });

  it('turns a refusal into an error with code, text and fields', async () => {
    const fields = [{ path: 'body.name', code: 'minLength', message: 'Nhập tên' }];
    answers = [{ status: 422, body: { code: 'request/invalid', detail: 'Chưa hợp lệ', requestId: 'r1', fields } }];
    const error = await call(declared(), { params: { id: '1' }, body: { name: '' } }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 422, code: 'request/invalid', message: 'Chưa hợp lệ', requestId: 'r1' });
    expect(fieldErrorText(error, 'name')).toBe('Nhập tên');
  });

  it('asks for sign-in after a 401 and sends the very same request again', async () => {
    answers = [
      { status: 401, body: { code: 'access/sign-in' } },
      { status: 200, body: { ok: true } },
    ];
    configureApi({ askSignIn: async () => true });
    const reply = await call(
      declared(),
      { params: { id: '1' }, body: { name: 'giữ nguyên' } },
      { idempotencyKey: 'k2' },
    );
    expect(reply.ok).toBe(true);
    expect(seen.map((s) => [s.body, s.key])).toEqual([
      ['{"name":"giữ nguyên"}', 'k2'],
      ['{"name":"giữ nguyên"}', 'k2'],
    ]);
  });

  it('is an error when sign-in is given up', async () => {
    answers = [{ status: 401, body: { code: 'access/sign-in' } }];
    configureApi({ askSignIn: async () => false });
    await expect(call(declared(), { params: { id: '1' }, body: { name: 'x' } })).rejects.toMatchObject({ status: 401 });
  });

  it('says so when no answer comes', async () => {
    configureApi({ networkText: 'Mất kết nối' });
    const nowhere = { ...declared(), path: 'http://127.0.0.1:1/api' };
    await expect(call(nowhere, { params: { id: '1' }, body: { name: 'x' } })).rejects.toMatchObject({
      code: 'network',
      message: 'Mất kết nối',
    });
  });

  it('survives an answer that is not JSON', async () => {
    answers = [{ status: 200, body: undefined }];
    await expect(call(declared(), { params: { id: '1' }, body: { name: 'x' } })).rejects.toBeInstanceOf(ApiError);
  });
});

describe('a file', () => {
  it('comes after sign-in, under the name the server gives it, else the last part of its address', async () => {
    answers = [
      { status: 401, body: { code: 'access/sign-in' } },
      { status: 200, body: { rows: 2 }, disposition: 'attachment; filename="ho-so.xlsx"' },
      { status: 200, body: {} },
    ];
    configureApi({ askSignIn: async () => true });
    const file = await fetchFile(`${base}/api/dossiers/export.xlsx?columns=code`);
    expect([file.name, await file.blob.text()]).toEqual(['ho-so.xlsx', '{"rows":2}']);
    expect((await fetchFile(`${base}/api/dossiers/export.xlsx?columns=code`)).name).toBe('export.xlsx');
  });

  it('that is refused is an error in the words of the server, not a file', async () => {
    answers = [{ status: 422, body: { code: 'exports/too-many-rows', detail: 'Quá nhiều hồ sơ' } }];
    await expect(fetchFile(`${base}/api/dossiers/export.xlsx`)).rejects.toMatchObject({
      code: 'exports/too-many-rows',
      message: 'Quá nhiều hồ sơ',
    });
    answers = [{ status: 401, body: { code: 'access/sign-in' } }];
    configureApi({ askSignIn: async () => false });
    await expect(fetchFile(`${base}/api/dossiers/export.xlsx`)).rejects.toMatchObject({ status: 401 });
  });
});
