import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoApp, openDemoApp, type Reply } from './demo-app.ts';
import { addressOf } from './route-list.ts';
import { UNKNOWN_ID } from './schema-sample.ts';

// What a person sees who opens an address of the interface in a tab: a paper whose session has ended, or one not hers.
let demo: DemoApp;
beforeAll(async () => {
  demo = await openDemoApp('2026');
});
afterAll(() => demo.close());

const OPENED = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-fetch-mode': 'navigate' };
const open = (url: string, cookie?: string, headers: Readonly<Record<string, string>> = OPENED): Promise<Reply> =>
  demo.call({ method: 'GET', url, cookie, headers });
const PAPER = `/api/reports/${UNKNOWN_ID}/sheet.pdf?no=2`;

describe('an address of the interface opened in a tab', () => {
  it('leads a stranger to sign in, whatever staff would read there, and names where to come back to', async () => {
    const wrong: string[] = [];
    for (const { method, path, access } of demo.app.routes) {
      if (method !== 'GET' || !path.startsWith('/api/') || access === 'public' || access === 'citizen') continue;
      const url = addressOf(path);
      const { status, headers } = await open(url);
      const told = `${status} ${String(headers['location'])} ${String(headers['cache-control'])}`;
      if (told !== `303 /can-bo/dang-nhap?ve=${encodeURIComponent(url)} no-store`) wrong.push(`${path}: ${told}`);
    }
    expect(wrong).toEqual([]);
    expect((await open(PAPER)).headers['location']).toBe(`/can-bo/dang-nhap?ve=${encodeURIComponent(PAPER)}`);
  });

  it('does so for browsers that do not say how they ask', async () => {
    expect((await open(PAPER, undefined, { accept: OPENED.accept })).status).toBe(303);
  });

  it.each([
    ['a script', { accept: 'application/json', 'sec-fetch-mode': 'cors' }],
    ['a script that takes anything', { ...OPENED, 'sec-fetch-mode': 'cors' }],
    ['a program', { accept: '*/*' }],
  ])('is answered to %s with the problem itself', async (_who, headers) => {
    const reply = await open(PAPER, undefined, headers);
    expect([reply.status, reply.headers['content-type']]).toEqual([401, 'application/problem+json; charset=utf-8']);
  });

  it('tells staff on a page what is missing or not theirs, with a way back to their work', async () => {
    for (const [login, status, words] of [
      ['chutich.hiepduc', 404, 'Không tìm thấy, hoặc bạn không có quyền xem.'],
      ['motcua.hiepduc', 403, 'Tài khoản của bạn không có quyền làm việc này.'],
    ] as const) {
      const reply = await open(PAPER, await demo.signIn(login));
      expect([reply.status, reply.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
      expect(reply.text).toContain(words);
      expect(reply.text).toContain('href="/can-bo/"');
      // No offers for citizens on a page for staff.
      expect(reply.text).not.toContain('/dang-nhap?tiep=');
    }
  });

  it('says no more to a citizen than that there is no such page', async () => {
    const citizen = await demo.signInCitizen('Nguyễn Thị Công Dân', '999090000001');
    const reply = await open(PAPER, citizen);
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('Không tìm thấy trang này');
  });
});
