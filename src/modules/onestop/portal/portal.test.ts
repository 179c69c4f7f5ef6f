import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PageName, PortalPages } from './rules/pages.ts';
import { type Browser, createPortalApp, DESK, type PortalApp, type ShownPage } from './testing/portal-app.ts';

let portal: PortalApp;
beforeAll(async () => {
  portal = await createPortalApp();
});
afterAll(() => portal.close());
beforeEach(() => {
  portal.settings.training = true;
  portal.settings.regime = { onlineFiling: 'national-portal', trainingMode: true, guestFiling: true };
  portal.clock.set(new Date('2026-11-20T02:00:00Z'));
});

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n');
const MARRIAGE = '1.004873';
const GUEST = '1.001776';

function propsOf<N extends PageName>(page: ShownPage | undefined, name: N): PortalPages[N] {
  expect(page?.name).toBe(name);
  return page?.props as PortalPages[N];
}

async function begin(browser: Browser, code: string): Promise<string> {
  const begun = await browser.post('/nop-ho-so', { 'thu-tuc': code, 'noi-nhan': DESK, 'truong-hop': '' });
  expect(begun.status).toBe(303);
  return begun.location ?? '';
}

/** The page a draft opens at, with its address and version. */
async function at(browser: Browser, draft: string) {
  const href = (await browser.get(draft)).location ?? '';
  const shown = await browser.get(href);
  return { href, page: shown.page };
}

const contact = {
  'f.phone': '0900 000 001',
  'f.email': '',
  'f.address.text': 'Thôn An Tây',
  'f.address.unitText': 'xã Hiệp Đức, thành phố Đà Nẵng',
};
const who = {
  'f.filingFor': 'self',
  'f.applicant.fullName': 'Trần Thị Mẫu',
  'f.applicant.idType': 'cccd',
  'f.applicant.idNumber': '999000000012',
  'f.applicant.birthDate': '05/09/1990',
  'f.applicant.gender': 'female',
  'f.applicant.nationality': 'Việt Nam',
  'f.applicantAddress.unitText': 'xã Hiệp Đức',
};
const answers: Record<string, Record<string, string>> = {
  'nguoi-nop.lienHe': contact,
  'to-khai.who': who,
  'to-khai.status': { 'f.maritalStatus': 'never-married', 'f.otherResidences': '' },
  'to-khai.use': {
    'f.purpose': 'property',
    'f.certificateCount': '2',
    'f.previouslyIssued': 'no',
    'f.feeExemption': 'none',
  },
  'to-khai.oath': { 'f.declaration': '1' },
  'giay-to': {},
  'ket-qua.nhanKetQua': { 'f.method': 'electronic' },
};

function versionOf(page: ShownPage | undefined): string {
  return String((page?.props as { frame: { version: number } } | undefined)?.frame.version);
}

/** Fills every page up to the last look. */
async function fillAll(browser: Browser, draft: string): Promise<{ href: string; version: string }> {
  for (let count = 0; count < 12; count++) {
    const { href, page } = await at(browser, draft);
    const step = href.split('/').at(-1) ?? '';
    if (step === 'kiem-tra') return { href, version: versionOf(page) };
    const body = answers[step] ?? {};
    const sent = await browser.post(href, { ...body, version: versionOf(page), op: 'next' });
    expect([step, sent.status, sent.page?.props]).toEqual([step, 303, undefined]);
  }
  throw new Error('the wizard does not end');
}

describe('before sign-in', () => {
  it('finds procedures without diacritics and shows steps, papers, fee and limit', async () => {
    const browser = portal.browser();
    const list = propsOf((await browser.get('/thu-tuc?q=tinh+trang+hon+nhan')).page, 'procedures');
    expect(list.rows.map((row) => row.code)).toContain(MARRIAGE);
    const view = propsOf((await browser.get(`/thu-tuc/${MARRIAGE}`)).page, 'procedure');
    expect(view.limits[0]?.text).toBe('3 ngày làm việc');
    expect(view.componentGroups.flatMap((group) => group.items).length).toBe(6);
    expect(view.steps.length).toBeGreaterThan(3);
  });

  it('says the same for a procedure that is missing', async () => {
    const answer = await portal.browser().get('/thu-tuc/9.999999');
    expect(answer.status).toBe(404);
    expect(propsOf(answer.page, 'status').kind).toBe('not-found');
  });

  it('leads to the national portal where the regime says so, except in training', async () => {
    portal.settings.training = false;
    const browser = portal.browser('citizen');
    expect((await browser.get(`/nop-ho-so?thu-tuc=${MARRIAGE}`)).location).toBe('https://dichvucong.gov.vn');
    expect((await browser.post('/nop-ho-so', { 'thu-tuc': MARRIAGE, 'noi-nhan': DESK })).status).toBe(422);
    portal.settings.regime = { onlineFiling: 'local-portal', trainingMode: true, guestFiling: true };
    expect((await browser.get(`/nop-ho-so?thu-tuc=${MARRIAGE}`)).page?.name).toBe('start');
  });

  it('does not let a guest begin where the procedure wants an account', async () => {
    const answer = await portal.browser().post('/nop-ho-so', { 'thu-tuc': MARRIAGE, 'noi-nhan': DESK });
    expect(answer.status).toBe(401);
    expect(propsOf(answer.page, 'session-ended').returnTo).toContain(MARRIAGE);
  });

  it('asks for the desk again when none was chosen', async () => {
    const answer = await portal.browser('citizen').post('/nop-ho-so', { 'thu-tuc': MARRIAGE, 'noi-nhan': 'x' });
    expect(answer.status).toBe(422);
    expect(propsOf(answer.page, 'start').problems).toEqual([{ id: 'noi-nhan', key: 'portal.start.desk-missing' }]);
  });
});

describe('a citizen who files', () => {
  it('fills one section a page, is prefilled from the account, and ends with one dossier however often she clicks', async () => {
    const browser = portal.browser('citizen');
    const draft = await begin(browser, MARRIAGE);
    const first = propsOf((await at(browser, draft)).page, 'form');
    expect(first.filedAs).toBe('Trần Thị Mẫu');
    expect(first.section.nodes.map((node) => node.path)).toEqual(['phone', 'email', 'address']);
    const last = await fillAll(browser, draft);
    const check = propsOf((await browser.get(last.href)).page, 'check');
    expect(check.groups.flatMap((group) => group.lines).some((line) => line.value.includes('Trần Thị Mẫu'))).toBe(true);

    const undeclared = await browser.post(last.href, { version: last.version, op: 'next' });
    expect(undeclared.status).toBe(422);
    const again = propsOf(undeclared.page, 'check');
    expect(again.frame.problems).toEqual([{ id: 'cam-ket', key: 'portal.check.declare-first' }]);

    const before = portal.dossiers.kept.size;
    const body = { version: String(again.frame.version), op: 'next', 'cam-ket': '1' };
    const [one, two] = await Promise.all([browser.post(last.href, body), browser.post(last.href, body)]);
    expect([one.status, two.status].filter((status) => status === 303).length).toBeGreaterThanOrEqual(1);
    expect(portal.dossiers.kept.size).toBe(before + 1);

    const filed = propsOf((await browser.get(`${draft}/xong`)).page, 'filed');
    expect(filed.code).toMatch(/^H17/);
    const [kept] = [...portal.dossiers.kept.values()].slice(-1);
    expect(kept?.filing.parties).toMatchObject([
      { role: 'owner', snapshot: { fullName: 'Trần Thị Mẫu', idNumber: '999000000012', phone: '0900000001' } },
    ]);
    expect(kept?.filing.formValues).toMatchObject({ purpose: 'property', certificateCount: 2 });
    expect(kept?.filing.components.find((component) => component.code === 'to-khai')).toMatchObject({ provided: true });

    const { rows } = await sql<{
      answers: unknown;
      applicant: unknown;
    }>`select answers, applicant from portal.draft where dossier_id = ${kept?.dossier.id}`.execute(portal.db);
    expect(rows).toEqual([{ answers: {}, applicant: {} }]);
    expect((await browser.get(last.href)).location).toBe(`${draft}/xong`);
  });

  it('loses nothing typed when something is wrong', async () => {
    const browser = portal.browser('citizen');
    const draft = await begin(browser, MARRIAGE);
    const { href, page } = await at(browser, draft);
    const sent = await browser.post(href, { ...contact, 'f.phone': 'không nhớ', version: versionOf(page), op: 'next' });
    expect(sent.status).toBe(422);
    const view = propsOf(sent.page, 'form');
    expect(view.errors.map((error) => [error.path, error.code])).toEqual([['phone', 'bad-phone']]);
    expect(view.section.nodes[0]).toMatchObject({ path: 'phone', value: 'không nhớ' });
    const later = propsOf((await browser.get(href)).page, 'form');
    expect(later.section.nodes[0]).toMatchObject({ value: 'không nhớ' });
  });

  it('goes on another day where she stopped, from the list of her drafts', async () => {
    const browser = portal.browser('citizen');
    const draft = await begin(browser, MARRIAGE);
    const { href, page } = await at(browser, draft);
    await browser.post(href, { ...contact, version: versionOf(page), op: 'next' });
    const other = portal.browser('citizen');
    const list = propsOf((await other.get('/ho-so')).page, 'dossiers');
    expect(list.drafts.some((one) => one.href === draft)).toBe(true);
    expect((await at(other, draft)).href).toBe(`${draft}/to-khai.who`);
  });

  it('shows pages that a choice has made visible, and takes them away again', async () => {
    const browser = portal.browser('citizen');
    const draft = await begin(browser, MARRIAGE);
    const first = await at(browser, draft);
    await browser.post(first.href, { ...contact, version: versionOf(first.page), op: 'next' });
    const page = await at(browser, draft);
    const sent = await browser.post(page.href, {
      ...who,
      'f.filingFor': 'other',
      version: versionOf(page.page),
      op: 'next',
    });
    const paths = propsOf(sent.page, 'form').section.nodes.map((node) => node.path);
    expect(paths).toContain('submitter');
    const back = await browser.post(page.href, {
      ...who,
      'f.filingFor': 'self',
      version: versionOf(sent.page),
      op: 'next',
    });
    expect(back.status).toBe(303);
  });

  it('adds and removes items of a list without script', async () => {
    const browser = portal.browser('citizen');
    const draft = await begin(browser, MARRIAGE);
    const href = `${draft}/to-khai.status`;
    const page = (await browser.get(href)).page;
    const added = await browser.post(href, {
      'f.maritalStatus': 'never-married',
      'f.otherResidences': '',
      version: versionOf(page),
      op: 'add:otherResidences',
    });
    expect(added.status).toBe(200);
    const list = propsOf(added.page, 'form').section.nodes.find((node) => node.path === 'otherResidences');
    expect(list).toMatchObject({ kind: 'list', items: [{ path: 'otherResidences.0' }] });
    const removed = await browser.post(href, {
      'f.otherResidences': '',
      version: versionOf(added.page),
      op: 'remove:otherResidences:0',
    });
    expect(propsOf(removed.page, 'form').section.nodes.find((node) => node.path === 'otherResidences')).toMatchObject({
      items: [],
    });
  });

  it('is told when another window saved meanwhile, with what she typed here still there', async () => {
    const browser = portal.browser('citizen');
    const draft = await begin(browser, MARRIAGE);
    const { href, page } = await at(browser, draft);
    await browser.post(href, { ...contact, version: versionOf(page), op: 'next' });
    const late = await browser.post(href, {
      ...contact,
      'f.phone': '0900 000 002',
      version: versionOf(page),
      op: 'next',
    });
    expect(late.status).toBe(422);
    const view = propsOf(late.page, 'form');
    expect(view.frame.problems).toEqual([{ id: 'main', key: 'portal.filing.stale' }]);
    expect(view.section.nodes[0]).toMatchObject({ value: '0900000002' });
    expect(
      (await browser.post(href, { ...contact, 'f.phone': '0900 000 002', version: versionOf(late.page), op: 'next' }))
        .status,
    ).toBe(303);
  });

  it('has her draft saved while she types, quietly', async () => {
    const browser = portal.browser('citizen');
    const draft = await begin(browser, MARRIAGE);
    const { href, page } = await at(browser, draft);
    const saved = await browser.post(
      href,
      { ...contact, version: versionOf(page) },
      { 'x-autosave': '1', accept: 'application/json' },
    );
    expect([saved.status, saved.json]).toEqual([200, { version: Number(versionOf(page)) }]);
    expect(propsOf((await browser.get(href)).page, 'form').section.nodes[0]).toMatchObject({ value: '0900000001' });
  });

  it('keeps her values when the procedure gets a new revision, also those the new form does not know', async () => {
    const browser = portal.browser('citizen');
    const draft = await begin(browser, MARRIAGE);
    await browser.post(`${draft}/to-khai.use`, {
      ...answers['to-khai.use'],
      version: versionOf((await browser.get(`${draft}/to-khai.use`)).page),
      op: 'save',
    });
    const old = portal.settings.procedures.get(MARRIAGE);
    if (!old?.form) throw new Error('the content must have the form');
    const form = structuredClone(old.form);
    for (const section of form.sections) section.fields = section.fields.filter((field) => field.id !== 'feeExemption');
    portal.settings.procedures.set(MARRIAGE, {
      id: '019af000-0000-7000-8000-00000000b001',
      definition: { ...old.definition, form: form as never, fees: [] },
      form,
    });
    try {
      const view = propsOf((await browser.get(`${draft}/to-khai.use`)).page, 'form');
      expect(view.frame.notice).toBe('new-revision');
      expect(view.section.nodes.find((node) => node.path === 'purpose')).toMatchObject({ value: 'property' });
      const { rows } = await sql<{
        leftover: unknown;
      }>`select leftover from portal.draft where id = ${draft.split('/').at(-1)}`.execute(portal.db);
      expect(rows[0]?.leftover).toEqual({ feeExemption: 'none' });
    } finally {
      portal.settings.procedures.set(MARRIAGE, old);
    }
  });
});

describe('papers', () => {
  async function papersPage(browser: Browser) {
    const draft = await begin(browser, MARRIAGE);
    const href = `${draft}/giay-to`;
    return { href, version: versionOf((await browser.get(href)).page) };
  }

  it('takes a PDF, keeps it over the next page, and lets it be removed', async () => {
    const browser = portal.browser('citizen');
    const { href, version } = await papersPage(browser);
    const sent = await browser.upload(href, { version, op: 'next' }, [
      { field: 'file.uy-quyen', name: 'Ủy quyền.pdf', content: PDF },
    ]);
    expect(sent.status).toBe(303);
    const view = propsOf((await browser.get(href)).page, 'papers');
    const paper = view.components.find((component) => component.id === 'uy-quyen');
    expect(paper?.files.map((file) => [file.name, file.sizeBytes])).toEqual([['Ủy quyền.pdf', PDF.length]]);
    const removed = await browser.upload(
      href,
      { version: String(view.frame.version), op: `remove:uy-quyen:${paper?.files[0]?.id}` },
      [],
    );
    expect(propsOf(removed.page, 'papers').components.find((component) => component.id === 'uy-quyen')?.files).toEqual(
      [],
    );
  });

  it('takes no more files in all than a draft may have, those taken out again counted', async () => {
    const browser = portal.browser('citizen');
    const { href } = await papersPage(browser);
    const statuses: number[] = [];
    for (let round = 0; round < 4; round++) {
      const version = versionOf((await browser.get(href)).page);
      const twenty = Array.from({ length: 20 }, (_, n) => ({ field: 'file.uy-quyen', name: `${n}.pdf`, content: PDF }));
      statuses.push((await browser.upload(href, { version, op: 'save' }, twenty)).status);
    }
    expect(statuses).toEqual([303, 303, 303, 422]);
    const id = href.split('/')[2] ?? '';
    expect(await portal.files.listOf(portal.db, { type: 'portal-draft', id })).toHaveLength(60);
  });

  it.each([
    ['of a wrong type', 'anh.pdf', Buffer.from('MZ this is a program'.padEnd(400, '.')), 'không phải PDF'],
    ['empty', 'trong.pdf', Buffer.alloc(0), 'không có nội dung'],
    ['cut off', 'cut.pdf', PDF.subarray(0, 30), 'bị cắt cụt'],
    ['too large', 'to.pdf', Buffer.concat([PDF, Buffer.alloc(11 * 1024 * 1024, 32), PDF]), 'lớn hơn'],
  ])('refuses a file that is %s and keeps the good one beside it', async (_, name, content, text) => {
    const browser = portal.browser('citizen');
    const { href, version } = await papersPage(browser);
    const sent = await browser.upload(href, { version, op: 'next' }, [
      { field: 'file.uy-quyen', name, content },
      { field: 'file.tuy-than', name: 'tot.pdf', content: PDF },
    ]);
    expect(sent.status).toBe(422);
    const view = propsOf(sent.page, 'papers');
    expect(view.frame.problems[0]).toMatchObject({ id: 'file-uy-quyen', text: expect.stringContaining(text) });
    expect(view.components.find((component) => component.id === 'tuy-than')?.files.length).toBe(1);
  });

  it('takes nothing in from a stranger', async () => {
    const owner = portal.browser('citizen');
    const { href, version } = await papersPage(owner);
    const answer = await portal
      .browser('stranger')
      .upload(href, { version, op: 'next' }, [{ field: 'file.uy-quyen', name: 'a.pdf', content: PDF }]);
    expect(answer.status).toBe(404);
    expect(
      propsOf((await owner.get(href)).page, 'papers').components.every((component) => component.files.length === 0),
    ).toBe(true);
  });
});

describe('a guest', () => {
  it('gets a secret that opens the draft on another device, and nobody else has it', async () => {
    const browser = portal.browser();
    const draft = await begin(browser, GUEST);
    const { href, page } = await at(browser, draft);
    const secret = propsOf(page, 'form').frame.resumeCode ?? '';
    expect(secret).toMatch(/^([2-9A-Z]{4}-){4}[2-9A-Z]{4}$/);
    expect(href).not.toContain(secret);
    expect((await portal.browser().get(href)).status).toBe(401);
    expect((await portal.browser('stranger').get(href)).status).toBe(404);

    const other = portal.browser();
    const wrong = await other.post('/nop-ho-so/tiep-tuc', { 'ma-bi-mat': '2222-2222-2222-2222-2222' });
    expect([wrong.status, wrong.page?.name]).toEqual([422, 'resume']);
    const opened = await other.post('/nop-ho-so/tiep-tuc', { 'ma-bi-mat': secret.toLowerCase().replaceAll('-', ' ') });
    expect(opened.location).toBe(draft);
    expect((await at(other, draft)).href).toBe(href);
  });

  it('keeps two drafts apart in one browser', async () => {
    const browser = portal.browser();
    const one = await begin(browser, GUEST);
    const two = await begin(browser, GUEST);
    expect((await at(browser, one)).page?.name).toBe('form');
    expect((await at(browser, two)).page?.name).toBe('form');
  });

  it('opens the dossier with the same secret after filing', async () => {
    const browser = portal.browser();
    const draft = await begin(browser, GUEST);
    const secret = propsOf((await at(browser, draft)).page, 'form').frame.resumeCode ?? '';
    const guest = { kind: 'guest', assurance: 'none', address: '' } as const;
    const filed = await portal.dossiers.port.file(guest, filingStub, draft, () => []);
    await sql`update portal.draft set dossier_id = ${filed.id}, dossier_code = ${filed.code}, submitted_at = now() where id = ${draft.split('/').at(-1)}`.execute(
      portal.db,
    );
    const view = propsOf((await browser.get(`${draft}/xong`)).page, 'filed');
    expect(view.guestKey).toBe(secret);
    expect((await browser.get(`/ho-so/${filed.id}`)).page?.name).toBe('dossier');
    expect((await portal.browser().get(`/ho-so/${filed.id}`)).status).toBe(401);
    expect((await portal.browser('stranger').get(`/ho-so/${filed.id}`)).status).toBe(404);
    const other = portal.browser();
    expect((await other.post('/nop-ho-so/tiep-tuc', { 'ma-bi-mat': secret })).location).toBe(`/ho-so/${filed.id}`);
    expect((await other.get(`/ho-so/${filed.id}`)).status).toBe(200);
  });
});

const filingStub = {
  procedureCode: GUEST,
  revisionId: 'r',
  caseId: null,
  unitId: DESK,
  parties: [
    {
      role: 'owner' as const,
      snapshot: { fullName: 'Trần Thị Mẫu', subjectType: 'citizen' as const, idNumber: '999000004321' },
    },
  ],
  formValues: {},
  components: [],
  resultMethod: 'desk' as const,
  resultAddress: null,
  fileOwner: { type: 'portal-draft' as const, id: 'x' },
};

describe('guests', () => {
  const start = (browser: Browser) =>
    browser.post('/nop-ho-so', { 'thu-tuc': GUEST, 'noi-nhan': DESK, 'truong-hop': '' });

  it('may begin only so many drafts from one address, and all of them together', async () => {
    portal.settings.limits = { guestDraft: { addressPerHour: 2 } };
    portal.clock.set(new Date('2026-11-22T02:50:00Z'));
    const statuses: number[] = [];
    for (let n = 0; n < 3; n++) statuses.push((await start(portal.browser())).status);
    expect(statuses).toEqual([303, 303, 429]);
    const refused = await start(portal.browser());
    expect(refused.headers['retry-after']).toBe('600');
    // Who has signed in is counted alone, by the account, wherever it is used.
    const mine: number[] = [];
    for (let n = 0; n < 3; n++) mine.push((await start(portal.browser('citizen'))).status);
    expect(mine).toEqual([303, 303, 429]);
    portal.clock.set(new Date('2026-11-22T03:00:00Z'));
    expect((await start(portal.browser())).status).toBe(303);
    portal.settings.limits = { guestDraft: { allPerMinute: 1 } };
    portal.clock.set(new Date('2026-11-22T04:00:30Z'));
    expect([(await start(portal.browser())).status, (await start(portal.browser())).status]).toEqual([303, 429]);
    portal.settings.limits = undefined;
    portal.clock.set(new Date('2026-11-20T02:00:00Z'));
  });
});

describe('following a dossier', () => {
  it('needs the code and a second fact, and shows no name', async () => {
    const { code } = await portal.dossiers.port.file(
      { kind: 'guest', assurance: 'none', address: '' },
      filingStub,
      'follow-1',
      () => [],
    );
    const browser = portal.browser();
    expect((await browser.post('/tra-cuu', { ma: code })).status).toBe(200);
    const bad = await browser.post('/tra-cuu', { ma: 'x', 'doi-chieu': '1' });
    expect([bad.status, propsOf(bad.page, 'tracking').problems.length]).toEqual([422, 2]);
    const found = await browser.post('/tra-cuu', { ma: ` ${code.toLowerCase()} `, 'doi-chieu': '43 21' });
    expect(propsOf(found.page, 'tracked').code).toBe(code);
    expect(JSON.stringify(found.page)).not.toContain('Trần');
    const wrong = await browser.post('/tra-cuu', { ma: code, 'doi-chieu': '0000' });
    expect([wrong.status, propsOf(wrong.page, 'tracking').code]).toEqual([404, code]);
  });

  it('makes somebody who tries one fact after another wait, but not for ever', async () => {
    const { code } = await portal.dossiers.port.file(
      { kind: 'guest', assurance: 'none', address: '' },
      filingStub,
      'follow-2',
      () => [],
    );
    const browser = portal.browser();
    const statuses: number[] = [];
    for (let fact = 1000; fact < 1012; fact++)
      statuses.push((await browser.post('/tra-cuu', { ma: code, 'doi-chieu': String(fact) })).status);
    expect(statuses.at(-1)).toBe(429);
    expect((await browser.post('/tra-cuu', { ma: code, 'doi-chieu': '4321' })).status).toBe(429);
    const refused = await browser.post('/tra-cuu', { ma: code, 'doi-chieu': '4321' });
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '900']);
    portal.clock.set(new Date('2026-11-20T02:16:00Z'));
    const other = await portal.dossiers.port.file(
      { kind: 'guest', assurance: 'none', address: '' },
      filingStub,
      'follow-2b',
      () => [],
    );
    expect((await browser.post('/tra-cuu', { ma: other.code, 'doi-chieu': '4321' })).status).toBe(200);
    await portal.service.browse.forgetOnce();
  });

  it('closes short facts at a code that is guessed from everywhere, but not the whole number', async () => {
    const { code } = await portal.dossiers.port.file(
      { kind: 'guest', assurance: 'none', address: '' },
      filingStub,
      'follow-everywhere',
      () => [],
    );
    portal.clock.set(new Date('2026-11-20T02:40:00Z'));
    const from = (n: number, fact: string) =>
      portal.service.browse
        .follow(code, fact, { kind: 'guest', assurance: 'none', address: `198.51.100.${n}` })
        .then((found) => (found ? 'found' : 'wrong'))
        .catch((error: { code: string }) => error.code);
    for (let n = 1; n <= 10; n++) expect(await from(n, String(1950 + n))).toBe('wrong');
    expect(await from(11, '1990')).toBe('follow/whole-number');
    expect(await from(12, '4321')).toBe('follow/whole-number');
    expect(await from(12, '999000004321')).toBe('found');
    const browser = portal.browser();
    const refused = await browser.post('/tra-cuu', { ma: code, 'doi-chieu': '1990' });
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '86400']);
    expect(propsOf(refused.page, 'tracking').problems).toEqual([
      { id: 'doi-chieu', text: expect.stringContaining('Nhập đủ số giấy tờ tùy thân') },
    ]);
    expect((await browser.post('/tra-cuu', { ma: code, 'doi-chieu': '999000004321' })).status).toBe(200);
    // The next day ten more, then not before the month is over.
    portal.clock.set(new Date('2026-11-21T03:00:00Z'));
    for (let n = 21; n <= 30; n++) expect(await from(n, String(1950 + n))).toBe('wrong');
    portal.clock.set(new Date('2026-11-25T03:00:00Z'));
    await portal.service.browse.forgetOnce();
    expect(await from(31, '4321')).toBe('follow/whole-number');
    const { rows } = await sql<{ n: number }>`select count(*)::int n from portal.failed_follow
      where address <> ''`.execute(portal.db);
    expect(rows[0]?.n).toBe(0);
    portal.clock.set(new Date('2026-12-25T03:00:00Z'));
    expect(await from(31, '4321')).toBe('found');
    portal.clock.set(new Date('2026-11-20T02:16:00Z'));
  });

  it('counts an IPv6 subscriber as one address', async () => {
    const statuses: string[] = [];
    for (let n = 0; n < 12; n++) {
      statuses.push(
        await portal.service.browse
          .follow(`H99.99-261120-00${10 + n}`, '999000004321', {
            kind: 'guest',
            assurance: 'none',
            address: `2001:db8:1:2::${n.toString(16)}`,
          })
          .then(() => 'wrong')
          .catch((error: { code: string }) => error.code),
      );
    }
    expect(statuses.filter((status) => status === 'wrong').length).toBe(10);
    expect(statuses.at(-1)).toBe('request/too-many');
  });

  it('gives many guesses at once no more tries than one after the other', async () => {
    const { code } = await portal.dossiers.port.file(
      { kind: 'guest', assurance: 'none', address: '' },
      filingStub,
      'follow-at-once',
      () => [],
    );
    portal.clock.set(new Date('2026-11-20T04:00:00Z'));
    const guess = async (fact: number): Promise<number> =>
      (await portal.browser().post('/tra-cuu', { ma: code, 'doi-chieu': String(fact) })).status;
    const statuses = await Promise.all(Array.from({ length: 40 }, (_, n) => guess(5000 + n)));
    expect(statuses.filter((status) => status === 404).length).toBeLessThanOrEqual(10);
    portal.clock.set(new Date('2026-11-20T02:16:00Z'));
  });

  it('checks a slip by its code alone: procedure, unit, dates and status', async () => {
    const { code } = await portal.dossiers.port.file(
      { kind: 'guest', assurance: 'none', address: '' },
      filingStub,
      'follow-3',
      () => [],
    );
    const view = propsOf((await portal.browser().get(`/kiem-tra/${code}`)).page, 'check-code');
    expect(Object.keys(view).sort()).toEqual([
      'code',
      'dates',
      'found',
      'procedureName',
      'statusName',
      'tone',
      'unitName',
    ]);
    expect((await portal.browser().get('/kiem-tra/H99.99-000000-0000')).status).toBe(404);
  });
});

describe('the owner of a dossier', () => {
  async function own() {
    const { citizen } = await import('./testing/portal-app.ts');
    return portal.dossiers.port.file(citizen, filingStub, crypto.randomUUID(), () => []);
  }

  it('answers a request with files and words, and is asked for at least one of them', async () => {
    const { id } = await own();
    portal.dossiers.change(id, {
      status: 'awaiting-completion',
      commands: ['complete', 'withdraw'],
      request: {
        reason: 'Ảnh mờ',
        deadline: null,
        items: [{ code: 'tuy-than', name: 'Giấy tờ tùy thân', what: 'Chụp lại' }],
      },
    });
    const browser = portal.browser('citizen');
    const empty = await browser.upload(`/ho-so/${id}/bo-sung`, { version: '1', 'tra-loi': '' }, []);
    expect([empty.status, propsOf(empty.page, 'dossier').problems]).toEqual([
      422,
      [{ id: 'tra-loi', key: 'portal.request.empty' }],
    ]);
    const bad = await browser.upload(`/ho-so/${id}/bo-sung`, { version: '1', 'tra-loi': 'đã chụp lại' }, [
      { field: 'file.0', name: 'a.pdf', content: Buffer.from('x') },
    ]);
    expect(propsOf(bad.page, 'dossier').answer).toBe('đã chụp lại');
    const sent = await browser.upload(`/ho-so/${id}/bo-sung`, { version: '1', 'tra-loi': 'đã chụp lại' }, [
      { field: 'file.0', name: 'a.pdf', content: PDF },
    ]);
    expect([sent.status, sent.location]).toEqual([303, `/ho-so/${id}?xong=bo-sung`]);
    expect(propsOf((await browser.get(sent.location ?? '')).page, 'dossier').notice).toBe('supplemented');
  });

  it('keeps no file of an answer that came too late', async () => {
    const { id } = await own();
    portal.dossiers.change(id, {
      status: 'supplement',
      commands: ['accept-supplement'],
      request: { reason: 'Ảnh mờ', deadline: null, items: [{ code: 'tuy-than', name: 'Giấy tờ tùy thân', what: '' }] },
    });
    const late = await portal
      .browser('citizen')
      .upload(`/ho-so/${id}/bo-sung`, { version: '7', 'tra-loi': 'đây' }, [
        { field: 'file.0', name: 'a.pdf', content: PDF },
      ]);
    expect([late.status, propsOf(late.page, 'dossier').answer]).toEqual([422, 'đây']);
    expect(await portal.files.listOf(portal.db, { type: 'portal-answer', id })).toEqual([]);
  });

  it('withdraws with a reason; a stale page changes nothing and keeps the reason', async () => {
    const { id } = await own();
    const browser = portal.browser('citizen');
    expect((await browser.post(`/ho-so/${id}/rut`, { version: '1', 'ly-do': ' ' })).status).toBe(422);
    const stale = await browser.post(`/ho-so/${id}/rut`, { version: '7', 'ly-do': 'không cần nữa' });
    expect([stale.status, propsOf(stale.page, 'dossier').withdrawReason]).toEqual([422, 'không cần nữa']);
    expect((await browser.post(`/ho-so/${id}/rut`, { version: '1', 'ly-do': 'không cần nữa' })).status).toBe(303);
    expect(portal.dossiers.kept.get(id)?.dossier.status).toBe('withdrawn');
  });

  it('rates once there is a result', async () => {
    const { id } = await own();
    portal.dossiers.change(id, { status: 'returned' });
    const browser = portal.browser('citizen');
    expect(propsOf((await browser.get(`/ho-so/${id}`)).page, 'dossier').rating).toBe('open');
    expect((await browser.post(`/ho-so/${id}/danh-gia`, { muc: '9' })).status).toBe(422);
    expect((await browser.post(`/ho-so/${id}/danh-gia`, { muc: '5', 'gop-y': 'Tốt' })).status).toBe(303);
    expect(propsOf((await browser.get(`/ho-so/${id}`)).page, 'dossier').rating).toBe('given');
  });

  it('downloads files as attachments that no page can run', async () => {
    const { id } = await own();
    const answer = await portal.browser('citizen').get(`/ho-so/${id}/phieu/1`);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    expect((await portal.browser('stranger').get(`/ho-so/${id}/phieu/1`)).status).toBe(404);
    expect((await portal.browser('citizen').get(`/ho-so/${id}/phieu/x`)).status).toBe(404);
  });

  it('cannot tell a foreign dossier from a missing one', async () => {
    const { id } = await own();
    const browser = portal.browser('stranger');
    const foreign = await browser.get(`/ho-so/${id}`);
    const missing = await browser.get('/ho-so/019af000-0000-7000-8000-00000000ffff');
    expect([foreign.status, foreign.json]).toEqual([missing.status, missing.json]);
  });
});

describe('bad input', () => {
  it.each([
    ['a hostile name', { __proto__: 'x', constructor: 'y', 'f.__proto__.a': 'z' }],
    ['control characters', { 'f.phone': '09\u0000\u0007', 'f.address.text': '\uD800' }],
    ['a very long text', { 'f.phone': '0'.repeat(100_000) }],
    ['a nonsense operation', { op: 'remove:__proto__:1' }],
    ['no version', { version: 'abc' }],
  ])('with %s gets an answer that is no failure of ours', async (_, fields) => {
    const browser = portal.browser('citizen');
    const draft = await begin(browser, MARRIAGE);
    const { href, page } = await at(browser, draft);
    const answer = await browser.post(href, { version: versionOf(page), op: 'next', ...fields });
    expect(answer.status).toBeLessThan(500);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  it('in an address leads to the page for what is missing', async () => {
    const browser = portal.browser('citizen');
    for (const url of [
      '/thu-tuc/%00',
      '/nop-ho-so?thu-tuc=%00',
      '/nop-ho-so/khong-phai-ma/x',
      '/ho-so/khong-phai-ma',
      '/nop-ho-so/019af000-0000-7000-8000-00000000ffff/giay-to',
    ]) {
      expect((await browser.get(url)).status).toBe(404);
    }
  });

  it('as a place to go back to never leads to another host', async () => {
    for (const ve of ['//evil.example', 'https://evil.example', '/\\evil.example', '/\t/evil.example']) {
      const answer = await portal.browser().post('/hien-thi', { ve, theme: 'dark', size: 'large', contrast: '<b>' });
      expect(answer.location).toBe('/');
    }
  });
});

it('forgets drafts nobody touched for thirty days, with their files', async () => {
  const browser = portal.browser('citizen');
  const draft = await begin(browser, MARRIAGE);
  const href = `${draft}/giay-to`;
  await browser.upload(href, { version: versionOf((await browser.get(href)).page), op: 'save' }, [
    { field: 'file.uy-quyen', name: 'a.pdf', content: PDF },
  ]);
  const id = draft.split('/').at(-1) ?? '';
  expect((await portal.files.listOf(portal.db, { type: 'portal-draft', id })).length).toBe(1);
  portal.clock.set(new Date('2026-12-21T02:00:00Z'));
  expect((await browser.get(href)).status).toBe(404);
  while (await portal.service.drafts.expireOnce());
  expect((await portal.files.listOf(portal.db, { type: 'portal-draft', id })).length).toBe(0);
});
