import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OnlineFiling } from './ports.ts';
import type { PageName, PortalPages } from './rules/pages.ts';
import { type Browser, citizen, createPortalApp, DESK, type PortalApp, type ShownPage } from './testing/portal-app.ts';

let portal: PortalApp;
beforeAll(async () => {
  portal = await createPortalApp();
});
afterAll(() => portal.close());
beforeEach(() => {
  portal.settings.limits = undefined;
  portal.clock.set(new Date('2026-11-20T02:00:00Z'));
});

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n');
const MARRIAGE = '1.004873';
const GUEST = '1.001776';
const contact = { 'f.phone': '0900 000 077', 'f.email': '', 'f.address.text': 'Thôn An Tây' };

function propsOf<N extends PageName>(page: ShownPage | undefined, name: N): PortalPages[N] {
  expect(page?.name).toBe(name);
  return page?.props as PortalPages[N];
}

const versionOf = (page: ShownPage | undefined): string =>
  String((page?.props as { frame: { version: number } } | undefined)?.frame.version);

/** A draft at its first page, with what is typed there. */
async function typing(browser: Browser, code: string) {
  const begun = await browser.post('/nop-ho-so', { 'thu-tuc': code, 'noi-nhan': DESK, 'truong-hop': '' });
  const draft = begun.location ?? '';
  const href = (await browser.get(draft)).location ?? '';
  const version = versionOf((await browser.get(href)).page);
  return { draft, href, body: { ...contact, version, op: 'next' } };
}

const phoneOf = async (browser: Browser, href: string): Promise<unknown> => {
  const node = propsOf((await browser.get(href)).page, 'form').section.nodes.find((one) => one.path === 'phone');
  return node?.kind === 'field' ? node.value : undefined;
};

const heldPosts = async (): Promise<number> =>
  Number((await sql<{ n: string }>`select count(*) n from portal.held_post`.execute(portal.db)).rows[0]?.n);

describe('a page of the wizard whose session has ended', () => {
  it('says so, keeps what was typed, and saves it once the same citizen has signed in', async () => {
    const browser = portal.browser('citizen');
    const { href, body } = await typing(browser, MARRIAGE);
    browser.signOut();
    const ended = await browser.post(href, body);
    expect(ended.status).toBe(401);
    expect(propsOf(ended.page, 'session-ended')).toEqual({
      returnTo: href,
      kept: 'text',
      hadFiles: false,
      byCode: true,
    });

    browser.signIn('citizen');
    const back = propsOf((await browser.get(href)).page, 'form');
    expect(back.frame.notice).toBe('restored');
    expect(back.section.nodes[0]).toMatchObject({ path: 'phone', value: '0900000077' });
    const other = portal.browser('citizen');
    expect(await phoneOf(other, href)).toBe('0900000077');
    const again = propsOf((await browser.get(href)).page, 'form');
    expect(again.frame.notice).toBeNull();
    expect((await browser.post(href, { ...body, version: String(again.frame.version) })).status).toBe(422);
  });

  it('shows another citizen nothing, on the same browser too, and leaves the text to its owner', async () => {
    const browser = portal.browser('citizen');
    const { href, body } = await typing(browser, MARRIAGE);
    browser.signOut();
    await browser.post(href, body);
    browser.signIn('stranger');
    const foreign = await browser.get(href);
    expect([foreign.status, foreign.page?.name]).toEqual([404, 'status']);
    expect(JSON.stringify(foreign.json)).not.toContain('077');
    browser.signIn('citizen');
    expect(await phoneOf(browser, href)).toBe('0900000077');
  });

  it('keeps it unreadable in the database', async () => {
    const browser = portal.browser('citizen');
    const { href, body } = await typing(browser, MARRIAGE);
    browser.signOut();
    await browser.post(href, { ...body, 'f.address.text': 'Thôn Zyqora' });
    const { rows } = await sql<{ row: string }>`select held_post::text || encode(sealed, 'escape') as row
      from portal.held_post`.execute(portal.db);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ row }) => row).join()).not.toMatch(/Zyqora|0900/);
  });

  it('answers the same for a draft that is missing, and 404 for an address that is none', async () => {
    const browser = portal.browser();
    const missing = '/nop-ho-so/019af000-0000-7000-8000-00000000ffff/nguoi-nop.lienHe';
    expect((await browser.post(missing, { op: 'next' })).page?.name).toBe('session-ended');
    expect((await browser.get(missing)).status).toBe(401);
    expect((await browser.post('/nop-ho-so/khong-phai-ma/x', { op: 'next' })).status).toBe(404);
  });

  it('shows what was typed without overwriting what was saved elsewhere meanwhile', async () => {
    const browser = portal.browser('citizen');
    const { href, body } = await typing(browser, MARRIAGE);
    browser.signOut();
    await browser.post(href, body);
    const other = portal.browser('citizen');
    await other.post(href, { ...body, 'f.phone': '0900 000 088' });
    browser.signIn('citizen');
    const back = propsOf((await browser.get(href)).page, 'form');
    expect(back.frame.problems).toEqual([{ id: 'main', key: 'portal.filing.stale' }]);
    expect(back.section.nodes[0]).toMatchObject({ value: '0900000077' });
    expect(await phoneOf(other, href)).toBe('0900000088');
    await browser.post(href, { ...body, version: String(back.frame.version) });
    expect(propsOf((await browser.get(href)).page, 'form').frame.problems).toEqual([]);
    expect(await phoneOf(other, href)).toBe('0900000077');
  });

  it('says that files must be chosen again', async () => {
    const browser = portal.browser('citizen');
    const { draft } = await typing(browser, MARRIAGE);
    const href = `${draft}/giay-to`;
    const version = versionOf((await browser.get(href)).page);
    browser.signOut();
    const ended = await browser.upload(href, { version, op: 'next' }, [
      { field: 'file.uy-quyen', name: 'a.pdf', content: PDF },
    ]);
    expect(ended.status).toBe(401);
    expect(propsOf(ended.page, 'session-ended')).toMatchObject({ kept: 'nothing-typed', hadFiles: true });
    browser.signIn('citizen');
    expect(propsOf((await browser.get(href)).page, 'papers').components.every((one) => one.files.length === 0)).toBe(
      true,
    );
  });

  it('files nothing by itself at the last step', async () => {
    const browser = portal.browser('citizen');
    const { draft } = await typing(browser, MARRIAGE);
    browser.signOut();
    const before = portal.dossiers.kept.size;
    const ended = await browser.post(`${draft}/kiem-tra`, { op: 'next', 'cam-ket': '1', version: '1' });
    expect(propsOf(ended.page, 'session-ended').kept).toBe('nothing-typed');
    browser.signIn('citizen');
    await browser.get(`${draft}/kiem-tra`);
    expect(portal.dossiers.kept.size).toBe(before);
  });

  it('is told as a problem to the script that saves while one types, and holds nothing', async () => {
    const browser = portal.browser('citizen');
    const { href, body } = await typing(browser, MARRIAGE);
    browser.signOut();
    const before = await heldPosts();
    const answer = await browser.post(href, body, { 'x-autosave': '1', accept: 'application/json' });
    expect([answer.status, (answer.json as { code: string }).code]).toEqual([401, 'access/sign-in']);
    expect(await heldPosts()).toBe(before);
  });

  it('says what to do where nothing could be kept: too long, or too many from one place', async () => {
    const browser = portal.browser('citizen');
    const { href, body } = await typing(browser, MARRIAGE);
    browser.signOut();
    const long = await browser.post(href, { ...body, 'f.address.text': 'x'.repeat(400_000) });
    expect([long.status, propsOf(long.page, 'session-ended').kept]).toEqual([401, 'not']);
    portal.settings.limits = { guestHold: { addressPerHour: 1 } };
    await browser.post(href, body);
    expect(propsOf((await browser.post(href, body)).page, 'session-ended').kept).toBe('not');
  });

  it('is forgotten after an hour', async () => {
    const browser = portal.browser('citizen');
    const { href, body } = await typing(browser, MARRIAGE);
    browser.signOut();
    await browser.post(href, body);
    portal.clock.set(new Date('2026-11-20T03:00:01Z'));
    browser.signIn('citizen');
    expect(await phoneOf(browser, href)).toBe('0900000001');
    await portal.service.held.forgetExpired();
    expect(await heldPosts()).toBe(0);
  });
});

it('a guest whose cookie is gone gets the text back with the code of the draft', async () => {
  const browser = portal.browser();
  const { draft, href, body } = await typing(browser, GUEST);
  const secret = propsOf((await browser.get(href)).page, 'form').frame.resumeCode ?? '';
  browser.forget('motcua_khach');
  const ended = await browser.post(href, body);
  expect([ended.status, ended.page?.name]).toEqual([401, 'session-ended']);
  await browser.post('/nop-ho-so/tiep-tuc', { 'ma-bi-mat': secret });
  expect((await browser.get(draft)).location).toBe(href);
  const back = propsOf((await browser.get(href)).page, 'form');
  expect(back.frame.notice).toBe('restored');
  expect(back.section.nodes.find((node) => node.path === 'phone')).toMatchObject({ value: '0900000077' });
});

it('where filing begins the way back has the procedure and the choices', async () => {
  const ended = await portal.browser().post('/nop-ho-so', { 'thu-tuc': MARRIAGE, 'noi-nhan': DESK, 'truong-hop': '' });
  expect(ended.status).toBe(401);
  const { returnTo } = propsOf(ended.page, 'session-ended');
  expect(returnTo).toBe(`/nop-ho-so?thu-tuc=${MARRIAGE}&noi-nhan=${DESK}`);
  expect(propsOf((await portal.browser('citizen').get(returnTo)).page, 'start').deskId).toBe(DESK);
});

const filing: OnlineFiling = {
  procedureCode: GUEST,
  revisionId: 'r',
  caseId: null,
  unitId: DESK,
  parties: [
    { role: 'owner', snapshot: { fullName: 'Trần Thị Mẫu', subjectType: 'citizen', idNumber: '999000004321' } },
  ],
  formValues: {},
  components: [],
  resultMethod: 'desk',
  resultAddress: null,
  fileOwner: { type: 'portal-draft', id: 'x' },
};

describe("on a dossier's page", () => {
  async function filed() {
    const made = await portal.dossiers.port.file(citizen, filing, crypto.randomUUID(), () => []);
    return `/ho-so/${made.id}`;
  }

  it('the reason of a withdrawal is still there after signing in, and nothing was done', async () => {
    const browser = portal.browser('citizen');
    const href = await filed();
    browser.signOut();
    const ended = await browser.post(`${href}/rut`, { 'ly-do': 'Tôi nộp nhầm nơi', version: '1' });
    expect(ended.status).toBe(401);
    expect(propsOf(ended.page, 'session-ended')).toMatchObject({ returnTo: href, kept: 'text' });
    browser.signIn('stranger');
    expect((await browser.get(href)).status).toBe(404);
    browser.signIn('citizen');
    const view = propsOf((await browser.get(href)).page, 'dossier');
    expect([view.notice, view.withdrawReason, view.statusName]).toEqual([
      'restored',
      'Tôi nộp nhầm nơi',
      expect.not.stringContaining('rút'),
    ]);
    await browser.post(`${href}/rut`, { 'ly-do': '', version: '1' });
    expect(propsOf((await browser.get(href)).page, 'dossier').withdrawReason).toBe('');
  });

  it('an answer keeps its words and loses its files', async () => {
    const browser = portal.browser('citizen');
    const href = await filed();
    browser.signOut();
    const ended = await browser.upload(`${href}/bo-sung`, { 'tra-loi': 'Tôi gửi bản sao', version: '1' }, [
      { field: 'file.0', name: 'a.pdf', content: PDF },
    ]);
    expect(propsOf(ended.page, 'session-ended')).toMatchObject({ kept: 'text', hadFiles: true });
    browser.signIn('citizen');
    const view = propsOf((await browser.get(href)).page, 'dossier');
    expect([view.notice, view.answer]).toEqual(['restored-without-files', 'Tôi gửi bản sao']);
  });
});
