import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoApp, openDemoApp, type Reply } from './demo-app.ts';
import { UNKNOWN_ID } from './schema-sample.ts';

// A questionnaire as citizens will see it, before anybody is asked: drawn by their page, with nothing to send from it.
let demo: DemoApp;
let maker: string;
let unitId: string;
beforeAll(async () => {
  demo = await openDemoApp('2026');
  maker = await demo.signIn('chutich.hiepduc');
  unitId = demo.unitId('20779-hiep-duc-2025');
});
afterAll(() => demo.close());

const open = (url: string, cookie?: string): Promise<Reply> =>
  demo.call({ method: 'GET', url, cookie, headers: { accept: 'text/html' } });
const send = async (url: string, body: unknown): Promise<Record<string, unknown>> =>
  JSON.parse((await demo.call({ method: 'POST', url, body, cookie: maker })).text) as Record<string, unknown>;

/** The form of the page itself; the head has one to sign out. */
const mainOf = (page: string): string => /<main[\s\S]*<\/main>/.exec(page)?.[0] ?? '';

describe('the preview of a questionnaire', () => {
  it('is the citizens’ page of it, says that it is one, and sends nothing', async () => {
    const reply = await open('/api/surveys/forms/sipas-2023/preview', maker);
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const main = mainOf(reply.text);
    expect(main).toContain('Nơi ngồi chờ có đủ chỗ và thuận tiện');
    expect(main.match(/type="radio"/g)?.length).toBeGreaterThan(100);
    expect(main).toContain('Bản xem thử');
    expect(main).not.toContain('<form');
    expect(main).not.toMatch(/<button(?![^>]*disabled)/);
    const sent = await demo.call({ method: 'POST', url: '/api/surveys/forms/sipas-2023/preview', cookie: maker });
    expect(sent.status).toBe(404);
  });

  it('shows a draft to those who may read it, and to nobody else', async () => {
    const { id } = await send('/api/surveys/forms', { unitId, code: 'phieu-xem-thu' });
    const address = `/api/surveys/forms/${String(id)}/preview`;
    expect((await open(address, maker)).status).toBe(200);
    expect((await open(address, await demo.signIn('kiemsoat.danang'))).status).toBe(200);
    expect((await open(address, await demo.signIn('motcua.vietan'))).status).toBe(403);
    expect((await open(`/api/surveys/forms/${UNKNOWN_ID}/preview`, maker)).status).toBe(404);
    expect((await open(address)).status).toBe(303);
  });

  it('of a survey bears its name and its last day', async () => {
    const made = await send('/api/surveys', {
      unitId,
      formId: 'sau-ho-so',
      name: 'Khảo sát thử của xã',
      unitIds: [unitId],
      finishedFrom: '2026-01-01',
      finishedTo: '2026-06-30',
      openFrom: '2026-12-01',
      openTo: '2026-12-15',
      quota: { kind: 'fixed', perStratum: 10 },
      seed: 'thử',
      minimum: 5,
      weighted: true,
      walkIns: false,
    });
    const reply = await open(`/api/surveys/${String(made['id'])}/preview`, maker);
    expect([reply.status, made['detail']]).toEqual([200, undefined]);
    expect(mainOf(reply.text)).toContain('Khảo sát thử của xã');
    expect(mainOf(reply.text)).toContain('15/12/2026');
    expect(mainOf(reply.text)).not.toContain('<form');
    expect((await open(`/api/surveys/${UNKNOWN_ID}/preview`, maker)).status).toBe(404);
    expect((await open('/api/surveys/khong-phai-ma/preview', maker)).status).toBe(404);
  });
});
