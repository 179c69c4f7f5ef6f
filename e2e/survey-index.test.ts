import { spawnSync } from 'node:child_process';
import type { APIRequestContext, Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { readSheet } from '../src/platform/spreadsheet/read-sheet.ts';
import { asPerson, look, openBrowser, shot, staffOf } from './harness.ts';

// From a survey to an index: a commune draws finished dossiers; people answer by link, at a counter, on paper and by
// telephone; the closed survey shows its index to the commune and to everybody.
const base = inject('demo2026');
const NAME = 'Khảo sát quý của xã';
let browser: Browser;
const staff = staffOf(() => browser, base, 'survey-');
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

let survey = '';
let kiosk = '';
let tickets: string[] = [];
let dossiers: { dossierId: string; dossierCode: string }[] = [];
let fact = '';

const GOOD = { 'q-overall': '5', 'q-promised': 'yes', 'q-channel': 'online' };

/** Presses an act of the survey, confirms it in its dialog, waits until the system says that it was done. */
async function act(page: Page, label: string, done: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: label, exact: true }).click();
  await page.getByText(done).first().waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function fillEntry(page: Page, reference: string, overall: string): Promise<void> {
  await page.getByLabel('Mã phiếu hoặc mã hồ sơ').fill(reference);
  await page.getByRole('group', { name: /^1\./ }).getByRole('radio', { name: overall }).check();
  await page.getByRole('group', { name: /^2\./ }).getByRole('radio', { name: 'Có' }).check();
  await page.getByRole('group', { name: /^4\./ }).getByRole('radio', { name: 'Trực tuyến' }).check();
  await page.getByRole('button', { name: 'Lưu phiếu' }).click();
}

/** Code and telephone of a dossier of the sample: whose it is knows them; here they are read where staff may read them. */
async function staffKnows(at: number): Promise<{ readonly code: string; readonly phone: string }> {
  let phone = '';
  const { dossierId = '', dossierCode: code = '' } = dossiers.at(at) ?? {};
  await staff('truongmotcua.hiepduc', async (page) => {
    phone = /0900\d{6}/.exec(await (await page.request.get(`/api/dossiers/${dossierId}`)).text())?.[0] ?? '';
  });
  expect(phone).not.toBe('');
  return { code, phone };
}

/** Begins the questionnaire at the counter. */
async function prove(page: Page, code: string, phone: string): Promise<void> {
  await page.goto(kiosk);
  await page.getByLabel('Mã hồ sơ').fill(code);
  await page.getByLabel('Thông tin đối chiếu').fill(phone);
  await page.getByRole('button', { name: 'Bắt đầu trả lời' }).click();
  await page.getByRole('button', { name: 'Gửi câu trả lời' }).waitFor();
}

async function pick(page: Page, ...answers: readonly [overall: string, promised: string, channel: string]) {
  for (const [at, question] of [/Nhìn chung/, /đúng hẹn/, /Lần tới/].entries())
    await page
      .getByRole('group', { name: question })
      .getByRole('radio', { name: answers[at] ?? '', exact: true })
      .check();
}

const answerByLink = async (request: APIRequestContext, ticket: string, form: Record<string, string>) =>
  request.post(`${base}/khao-sat/${ticket}`, { form, maxRedirects: 0 });

it('the chairman sets a survey up, draws the sample and opens it', async () => {
  await staff('chutich.hiepduc', async (page) => {
    await page.goto('/can-bo/khao-sat');
    await page.getByRole('heading', { level: 1, name: 'Khảo sát mức độ hài lòng' }).waitFor();
    await look(page, 'surveys');
    await page.getByRole('button', { name: 'Lập đợt khảo sát' }).click();
    const form = page.getByRole('form', { name: 'Lập đợt khảo sát' });
    await form.getByLabel('Tên đợt khảo sát').fill(NAME);
    await form.getByLabel('Phiếu hỏi').selectOption({ label: 'Khảo sát ngắn sau khi nhận kết quả' });
    await form.getByLabel('Hồ sơ kết thúc từ ngày').fill('01/01/2025');
    await form.getByLabel('Số hồ sơ mỗi tầng').fill('40');
    await form.getByLabel('Số người trả lời ít nhất để hiện số').fill('5');
    await form.getByLabel('Hạt giống chọn mẫu').fill('quý IV');
    await look(page, 'survey-make');
    await form.getByRole('button', { name: 'Lập đợt', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
    survey = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await act(page, 'Chọn mẫu', 'Đã chọn mẫu.');
    await page.getByRole('heading', { name: 'Mẫu theo tầng' }).waitFor();
    await page.getByRole('button', { name: 'Đổi ngày nhận trả lời' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nhận trả lời đến ngày').fill('01/01/2025');
    await dialog.getByRole('button', { name: 'Đổi ngày nhận trả lời' }).click();
    await dialog.getByRole('link', { name: /đứng trước ngày bắt đầu/ }).waitFor();
    await look(page, 'survey-days');
    await dialog.getByRole('button', { name: 'Hủy bỏ' }).click();
    await dialog.waitFor({ state: 'detached' });
    await act(page, 'Mở nhận trả lời', 'Đã mở nhận trả lời.');
    const link = page.getByRole('link', { name: /\/khao-sat\/quay\// });
    kiosk = new URL((await link.getAttribute('href')) ?? '').pathname;
    await look(page, 'survey-open');
  });
});

it('the desk prints letters, and enters a paper the first time', async () => {
  await staff('truongmotcua.hiepduc', async (page) => {
    const letters = await page.request.get(`/api/surveys/${survey}/letters.pdf`);
    expect(letters.status()).toBe(200);
    const text = spawnSync('pdftotext', ['-', '-'], { input: await letters.body(), encoding: 'utf8' }).stdout;
    tickets = [...new Set(text.match(/\b(?:[2-9A-Z]{4}-){4}[2-9A-Z]{4}\b/g) ?? [])];
    expect(tickets.length).toBeGreaterThan(12);
    const sample = await page.request.get(`/api/surveys/${survey}/sample`);
    dossiers = ((await sample.json()) as { rows: typeof dossiers }).rows;
    // The person whose dossier it is knows the telephone; here it is read where staff may read it.
    const dossier = await page.request.get(`/api/dossiers/${dossiers.at(-1)?.dossierId}`);
    fact = /0900\d{6}/.exec(await dossier.text())?.[0] ?? '';
    expect(fact).not.toBe('');
    await page.goto(`/can-bo/khao-sat/${survey}/nhap`);
    await page.getByRole('heading', { name: 'Nhập một phiếu giấy' }).waitFor();
    await page.getByRole('heading', { name: 'Hồ sơ chưa trả lời' }).waitFor();
    await look(page, 'survey-entry');
    await page.getByRole('button', { name: `Nhập ${dossiers[0]?.dossierCode}` }).click();
    await page.getByRole('button', { name: 'Lưu phiếu' }).click();
    await page.getByRole('link', { name: 'Câu 1: chưa trả lời' }).waitFor();
    await look(page, 'survey-entry-missing');
    await fillEntry(page, tickets[0] ?? '', '4 – Hài lòng');
    await page.getByText('Đã nhập lần một').waitFor();
    await fillEntry(page, tickets[0] ?? '', '4 – Hài lòng');
    await page.getByText('Phiếu giấy phải do hai người khác nhau nhập').waitFor();
  });
});

it('a second person enters it differently, and the right answer is chosen', async () => {
  await staff('traketqua.hiepduc', async (page) => {
    await page.goto(`/can-bo/khao-sat/${survey}/nhap`);
    await page.getByRole('heading', { name: 'Nhập một phiếu giấy' }).waitFor();
    await fillEntry(page, tickets[0]?.toLowerCase() ?? '', '3 – Bình thường');
    await page.getByText('Hai lần nhập khác nhau').waitFor();
    const difference = page.getByLabel('Nhìn chung bạn có hài lòng với lần giải quyết hồ sơ này không?');
    await difference.first().waitFor();
    const left = page.locator('section[aria-labelledby=entry-waiting]').getByText(/^Có tất cả/);
    const waiting = Number(/\d+/.exec(await left.innerText())?.[0]);
    await page.locator('section[aria-labelledby=entry-papers] select').selectOption({ label: 'Lần một: Hài lòng' });
    await look(page, 'survey-papers');
    await page.getByRole('button', { name: 'Lưu lựa chọn, tính phiếu' }).click();
    await page.getByText('Đã tính một phiếu.').first().waitFor();
    // It waits no longer, here at once.
    await expect.poll(() => left.innerText()).toBe(`Có tất cả ${waiting - 1} mục.`);
    await page.goto(`/can-bo/khao-sat/${survey}/nhap?kenh=phone`);
    await page.getByText('Tôi gọi từ').waitFor();
    await page.getByRole('button', { name: 'Từ chối', exact: true }).click();
    await page.getByRole('link', { name: 'Ghi mã phiếu hoặc mã hồ sơ' }).waitFor();
    const called = dossiers[3]?.dossierCode ?? '';
    const row = page.getByRole('row', { name: called });
    await row.getByText('Chưa gọi').waitFor();
    for (const [said, line] of [
      ['Không gặp', 'Không gặp (1 lần gọi)'],
      ['Hẹn gọi lại', 'Hẹn gọi lại (2 lần gọi)'],
      ['Từ chối', 'Từ chối (3 lần gọi)'],
    ] as const) {
      await page.getByLabel('Mã phiếu hoặc mã hồ sơ').fill(called);
      await page.getByRole('group', { name: /^1\./ }).getByRole('radio', { name: '5 –' }).check();
      await page.getByRole('button', { name: said, exact: true }).click();
      await row.getByText(line).waitFor();
      // Nothing of this call is left for the next.
      expect(await page.getByLabel('Mã phiếu hoặc mã hồ sơ').inputValue()).toBe('');
      expect(await page.getByRole('group', { name: /^1\./ }).getByRole('radio', { checked: true }).count()).toBe(0);
    }
    await look(page, 'survey-calls');
    await fillEntry(page, tickets[1] ?? '', '5 – Rất hài lòng');
    await page.getByText('Đã tính một phiếu.').first().waitFor();
  });
});

it('a citizen answers by link without a script at 360 px, once', async () => {
  await asPerson(
    browser,
    base,
    'survey-link',
    async (page) => {
      await page.goto(`/khao-sat/${tickets[2]}`);
      await shot(page, 'survey-link-plain');
      await page.setViewportSize({ width: 360, height: 800 });
      await page.getByRole('button', { name: 'Gửi câu trả lời' }).click();
      await page
        .getByRole('link', { name: /Chưa trả lời/ })
        .first()
        .waitFor();
      await shot(page, 'survey-link-missing');
      await page.setViewportSize({ width: 360, height: 800 });
      await page
        .getByRole('group', { name: /Nhìn chung/ })
        .getByRole('radio', { name: 'Hài lòng', exact: true })
        .check();
      await page
        .getByRole('group', { name: /đúng hẹn/ })
        .getByRole('radio', { name: 'Có' })
        .check();
      await page
        .getByRole('group', { name: /Lần tới/ })
        .getByRole('radio', { name: 'Trực tuyến' })
        .check();
      await page.getByLabel(/Góp ý thêm/).fill('Nên có ghế chờ');
      await page.getByRole('button', { name: 'Gửi câu trả lời' }).click();
      await page.getByRole('heading', { name: 'Đã nhận câu trả lời' }).waitFor();
      const again = await page.goto(`/khao-sat/${tickets[2]}`);
      expect(again?.status()).toBe(409);
      await page.getByText('Hồ sơ này đã trả lời khảo sát rồi').waitFor();
      expect((await answerByLink(page.request, tickets[2] ?? '', GOOD)).status()).toBe(409);
      expect((await answerByLink(page.request, tickets[3] ?? '', { ...GOOD, 'q-overall': '9' })).status()).toBe(422);
      expect((await page.goto('/khao-sat/7KQ2-M9XT-4HRD-W6PN-3CVF'))?.status()).toBe(404);
      await page.getByText('Không có phiếu khảo sát nào với mã này').waitFor();
      for (const ticket of tickets.slice(3, 12))
        expect((await answerByLink(page.request, ticket, GOOD)).status()).toBe(303);
    },
    { width: 360, javaScript: false },
  );
});

it('the pages of a link pass axe', async () => {
  await asPerson(browser, base, 'survey-pages', async (page) => {
    await page.goto(`/khao-sat/${tickets[12]}`);
    await look(page, 'survey-link');
    await page.getByRole('button', { name: 'Gửi câu trả lời' }).click();
    await page
      .getByRole('link', { name: /Chưa trả lời/ })
      .first()
      .waitFor();
    await look(page, 'survey-missing');
    await page.goto(`/khao-sat/${tickets[2]}`);
    await look(page, 'survey-used');
    await page.goto('/khao-sat/cam-on');
    await look(page, 'survey-thanks');
  });
});

it('somebody proves a finished dossier at the counter and answers there', async () => {
  await asPerson(browser, base, 'survey-kiosk', async (page) => {
    await page.goto(kiosk);
    await look(page, 'survey-kiosk');
    const code = dossiers.at(-1)?.dossierCode ?? '';
    await page.getByLabel('Mã hồ sơ').fill(code);
    await page.getByLabel('Thông tin đối chiếu').fill('0000');
    await page.getByRole('button', { name: 'Bắt đầu trả lời' }).click();
    await page.getByText('không khớp').first().waitFor();
    await page.getByLabel('Thông tin đối chiếu').fill(fact);
    await page.getByRole('button', { name: 'Bắt đầu trả lời' }).click();
    await page.getByRole('button', { name: 'Gửi câu trả lời' }).waitFor();
    await page
      .getByRole('group', { name: /Nhìn chung/ })
      .getByRole('radio', { name: 'Không hài lòng', exact: true })
      .check();
    await page
      .getByRole('group', { name: /đúng hẹn/ })
      .getByRole('radio', { name: 'Không', exact: true })
      .check();
    await page
      .getByRole('group', { name: /Lần tới/ })
      .getByRole('radio', { name: 'Trực tiếp' })
      .check();
    await page.getByRole('button', { name: 'Gửi câu trả lời' }).click();
    await page.getByRole('link', { name: 'Người tiếp theo' }).click();
    await page.getByLabel('Mã hồ sơ').fill(code);
    await page.getByLabel('Thông tin đối chiếu').fill(fact);
    await page.getByRole('button', { name: 'Bắt đầu trả lời' }).click();
    await page.getByText('Hồ sơ này đã trả lời khảo sát rồi').waitFor();
  });
});

for (const javaScript of [true, false])
  it(`the next at the counter finds nothing of who was there before, going back neither, ${javaScript ? 'with' : 'without'} a script`, async () => {
    await asPerson(
      browser,
      base,
      'survey-kiosk-back',
      async (page) => {
        const { code, phone } = await staffKnows(javaScript ? -2 : -3);
        await prove(page, code, phone);
        await page.getByLabel(/Góp ý thêm/).fill('Lời của người trước');
        await page.getByRole('button', { name: 'Gửi câu trả lời' }).click();
        await page
          .getByRole('link', { name: /Chưa trả lời/ })
          .first()
          .waitFor();
        await pick(page, 'Không hài lòng', 'Không', 'Trực tiếp tại Bộ phận Một cửa');
        await page.getByRole('button', { name: 'Gửi câu trả lời' }).click();
        await page.getByRole('heading', { name: 'Đã nhận câu trả lời' }).waitFor();
        // Without a script a page that was sent is not shown again at all.
        for (let steps = 0; steps < 3; steps++) {
          await page.goBack().catch(() => null);
          const shown = await page.locator('html').innerHTML();
          expect(shown).not.toContain('Lời của người trước');
          expect(shown).not.toContain(code);
          for (const typed of await page.locator('textarea, input[type=text]').all())
            expect(await typed.inputValue()).toBe('');
          if (!javaScript) continue;
          expect(new URL(page.url()).pathname).toBe(kiosk);
          await page.getByRole('button', { name: 'Bắt đầu trả lời' }).waitFor();
        }
      },
      { javaScript },
    );
  });

it('somebody leaves the counter: the screen asks, waits for whoever is still there, and goes back to its first page', async () => {
  await asPerson(browser, base, 'survey-kiosk-idle', async (page) => {
    await page.clock.install();
    const { code, phone } = await staffKnows(-4);
    await page.goto(kiosk);
    await page.clock.fastForward('10:00');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await prove(page, code, phone);
    await page.getByRole('link', { name: 'Bỏ phiếu này, về trang đầu' }).waitFor();
    await page.getByLabel(/Góp ý thêm/).fill('Lời bỏ dở');
    await page.clock.fastForward('02:00');
    const asked = page.getByRole('dialog', { name: 'Bạn còn ở đây không?' });
    await asked.waitFor();
    await look(page, 'survey-kiosk-idle');
    await asked.getByRole('button', { name: 'Tôi còn ở đây' }).click();
    await asked.waitFor({ state: 'hidden' });
    expect(await page.getByLabel(/Góp ý thêm/).inputValue()).toBe('Lời bỏ dở');
    await page.clock.fastForward('02:00');
    await asked.waitFor();
    await page.clock.fastForward('01:00');
    await page.getByRole('button', { name: 'Bắt đầu trả lời' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(kiosk);
    expect(await page.getByLabel('Mã hồ sơ').inputValue()).toBe('');
  });
});

it('closing freezes the index; the commune and everybody read the same figure', async () => {
  let index = '';
  let results = '';
  await staff('chutich.hiepduc', async (page) => {
    await page.goto(`/can-bo/khao-sat/${survey}`);
    await page.getByRole('heading', { name: 'Cách trả lời' }).waitFor();
    for (const row of [/Đường dẫn.* 10$/, /Quầy.* 3$/, /Phiếu giấy.* 1$/, /Điện thoại.* 1$/])
      await page.getByRole('row', { name: row }).waitFor();
    await act(page, 'Đóng và chốt kết quả', 'Đã đóng và chốt kết quả.');
    await page.getByRole('heading', { name: 'Kết quả đã chốt' }).waitFor();
    index = (await page.locator('.survey-index strong').innerText()).trim().replace(/\s/, ' ');
    expect(index).toMatch(/^\d{1,3},\d{2} %$/);
    await page.getByText('Nên có ghế chờ').waitFor();
    await look(page, 'survey-results');
    const csv = await page.request.get(`/api/surveys/${survey}/results.csv`);
    expect(await csv.text()).toContain(index.replace(' %', ''));
    results = (await page.getByRole('link', { name: 'Trang kết quả cho người dân' }).getAttribute('href')) ?? '';
  });
  await asPerson(
    browser,
    base,
    'survey-public',
    async (page) => {
      await page.goto('/tinh-hinh');
      await page.getByRole('link', { name: 'Kết quả khảo sát mức độ hài lòng' }).click();
      await page.getByRole('heading', { level: 1, name: 'Kết quả khảo sát mức độ hài lòng' }).waitFor();
      await page.getByText(index).first().waitFor();
      await look(page, 'survey-list');
      // The newest first: the demo may have run the journey before.
      await page.getByRole('link', { name: NAME }).first().click();
      expect(new URL(page.url()).pathname).toBe(new URL(results).pathname);
      await page.getByRole('heading', { name: `${index} hài lòng` }).waitFor();
      const xlsx = await page.request.get(`${page.url()}/ket-qua.xlsx`);
      expect(xlsx.headers()['content-type']).toContain('spreadsheetml');
      const sheet = await readSheet(await xlsx.body(), {
        titles: ['Loại', 'Tên', 'Nhóm lĩnh vực', 'Số trả lời', 'Chỉ số hài lòng', 'Từ', 'Đến', 'Ghi chú'],
      });
      const [, , , , total] = sheet.ok ? (sheet.rows[0]?.cells ?? []) : [];
      expect(total).toEqual({
        kind: 'number',
        number: Number(index.replace(' %', '').replace(',', '.')),
        percent: true,
      });
      await look(page, 'survey-public');
      const late = await page.goto(`/khao-sat/${tickets[12]}`);
      expect(late?.status()).toBe(410);
      await page.getByText('Đợt khảo sát đã kết thúc').waitFor();
      // What came of it was promised to who answered.
      await page.getByRole('main').getByRole('link', { name: 'Kết quả các đợt khảo sát' }).click();
      await page.getByRole('link', { name: NAME }).first().waitFor();
    },
    { width: 360 },
  );
});

it('a questionnaire is copied, changed and published, and stays as it is', async () => {
  await staff('chutich.hiepduc', async (page) => {
    await page.goto('/can-bo/khao-sat/phieu');
    await page.getByRole('table').waitFor();
    await look(page, 'survey-forms');
    await page.getByRole('button', { name: 'Lập phiếu mới' }).click();
    await page.getByLabel('Mã phiếu').fill('phiếu của xã');
    await page.getByRole('button', { name: 'Tạo bản nháp' }).click();
    await page.getByText('Mã chỉ gồm chữ thường không dấu').waitFor();
    await page.getByLabel('Bắt đầu từ').selectOption({ label: 'Khảo sát ngắn sau khi nhận kết quả' });
    await page.getByLabel('Mã phiếu').fill(`xa-${Date.now() % 100_000}`);
    await page.getByRole('button', { name: 'Tạo bản nháp' }).click();
    await page.getByLabel('Tên phiếu').fill('Phiếu của xã');
    await page.getByRole('button', { name: 'Thêm câu hỏi' }).click();
    await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
    await page.getByRole('link', { name: /Câu \d+: Chưa ghi nội dung câu hỏi/ }).waitFor();
    await page.getByLabel('Nội dung câu hỏi').last().fill('Chỗ để xe có thuận tiện không?');
    await look(page, 'survey-builder');
    await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
    await page.getByText('Đã lưu bản nháp.').first().waitFor();
    const [preview] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Xem thử như người dân (mở thẻ mới)' }).first().click(),
    ]);
    await preview.getByText('Chỗ để xe có thuận tiện không?').waitFor();
    await look(preview, 'survey-preview');
    expect(await preview.getByRole('button', { name: 'Gửi câu trả lời' }).isDisabled()).toBe(true);
    await preview.close();
    await page.getByRole('button', { name: 'Công bố phiếu' }).click();
    await page.getByText('Đã công bố phiếu.').first().waitFor();
    await page.getByText('Chỗ để xe có thuận tiện không?').waitFor();
    expect(await page.getByRole('button', { name: 'Lưu bản nháp' }).count()).toBe(0);
    await look(page, 'survey-form');
    await page.goto('/can-bo/khao-sat/danh-gia');
    await page.getByRole('table').or(page.getByText('Chưa có đánh giá nào')).first().waitFor();
    await look(page, 'survey-ratings');
  });
});

it('in 2023 the chairman of a district reads its survey, everybody its results; he asks all of his communes anew', async () => {
  const base2023 = inject('demo2023');
  const chairman = staffOf(() => browser, base2023, 'survey-2023-', 2023);
  let index = '';
  await chairman('chutich.hiepduc', async (page) => {
    await page.goto('/can-bo/khao-sat');
    await page
      .getByRole('link', { name: /^Khảo sát mức độ hài lòng quý/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Kết quả đã chốt' }).waitFor();
    index = (await page.locator('.survey-index strong').innerText()).trim().replace(/\s/, ' ');
    await page.getByText('Kết quả chung là chỉ số hài lòng của Huyện Hiệp Đức').waitFor();
    await look(page, 'survey-2023-results');
    await page.goto('/can-bo/khao-sat');
    await page.getByRole('button', { name: 'Lập đợt khảo sát' }).click();
    const form = page.getByRole('form', { name: 'Lập đợt khảo sát' });
    await form.getByRole('button', { name: 'Lập đợt', exact: true }).click();
    await form.getByRole('link', { name: 'Chọn ít nhất một cơ quan được khảo sát' }).waitFor();
    await look(page, 'survey-2023-make');
    await form.getByLabel('Tên đợt khảo sát').fill('Khảo sát của huyện');
    await form.getByRole('button', { name: 'Chọn tất cả', exact: true }).click();
    await form.getByText('Đã chọn 12 trong 12 cơ quan').waitFor();
    await form.getByRole('button', { name: 'Lập đợt', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Khảo sát của huyện' }).waitFor();
    await act(page, 'Chọn mẫu', 'Đã chọn mẫu.');
    await page
      .getByRole('row', { name: /Xã Hiệp Thuận/ })
      .first()
      .waitFor();
    await act(page, 'Bỏ đợt này', 'Đã bỏ đợt khảo sát.');
    await page.getByRole('heading', { level: 1, name: 'Khảo sát mức độ hài lòng' }).waitFor();
    expect(await page.getByRole('link', { name: 'Khảo sát của huyện' }).count()).toBe(0);
  });
  await asPerson(browser, base2023, 'survey-2023-public', async (page) => {
    await page.goto('/khao-sat');
    await page
      .getByRole('link', { name: /^Khảo sát mức độ hài lòng quý/ })
      .first()
      .click();
    await page.getByRole('heading', { name: `${index} hài lòng` }).waitFor();
    await page.getByText('Tính là hài lòng: câu trả lời “Hài lòng”, “Rất hài lòng”.').waitFor();
    await page.getByText(/Hỏi hết \d+ hồ sơ thì kết quả nhiều khả năng nằm trong khoảng từ/).waitFor();
    await look(page, 'survey-2023-public');
  });
});
