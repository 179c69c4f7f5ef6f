import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PageName, PortalPages } from './rules/pages.ts';
import { createPortalApp, type PortalApp } from './testing/portal-app.ts';

let portal: PortalApp;
beforeAll(async () => {
  portal = await createPortalApp();
  portal.settings.apologies = Array.from({ length: 45 }, (_, n) => ({
    code: `H17.32.05-261101-${String(n + 1).padStart(4, '0')}`,
    procedureName: 'Cấp Giấy xác nhận tình trạng hôn nhân',
    unitName: 'Ủy ban nhân dân xã Hiệp Đức',
    issuedAt: new Date('2026-11-10T02:00:00Z'),
    dueOriginal: new Date('2026-11-05T02:00:00Z'),
    newDueAt: null,
    finishedAt: null,
    reasonName: 'Cơ quan xử lý chậm',
  }));
  portal.settings.board = Array.from({ length: 94 }, (_, n) => ({
    unitId: `unit-${n}`,
    unitName: `Ủy ban nhân dân xã số ${n}`,
    received: 200 - n,
    resolved: 100,
    early: 50,
    onTime: 50,
    late: 0,
    open: 10,
    openLate: 0,
  }));
});
afterAll(() => portal.close());

async function pageAt<N extends PageName>(name: N, address: string): Promise<PortalPages[N]> {
  const { status, page } = await portal.browser().get(address);
  expect([status, page?.name]).toEqual([200, name]);
  return page?.props as PortalPages[N];
}

it('all apologies are on pages of twenty, each with an address of its own', async () => {
  const first = await pageAt('apologies', '/xin-loi');
  expect([first.page, first.pageCount, first.total, first.rows.length]).toEqual([1, 3, 45, 20]);
  const codes = [
    ...first.rows,
    ...(await pageAt('apologies', '/xin-loi?trang=2')).rows,
    ...(await pageAt('apologies', '/xin-loi?trang=3')).rows,
  ].map((row) => row.code);
  expect(new Set(codes).size).toBe(45);
});

it('all units of the board are on pages of twenty in the order asked for, and whole in its files', async () => {
  const shown: string[] = [];
  for (let page = 1; page <= 5; page++) {
    const view = await pageAt('board', `/tinh-hinh?xep=received&trang=${page}`);
    expect(view.pages).toEqual({ page, pageCount: 5 });
    expect(view.total.received).toBe(portal.settings.board.reduce((sum, row) => sum + row.received, 0));
    shown.push(...view.rows.map((row) => row.unitId));
  }
  expect(shown).toEqual(portal.settings.board.map((row) => row.unitId));
  expect((await pageAt('board', '/tinh-hinh?trang=99')).pages).toEqual({ page: 5, pageCount: 5 });
  const whole = await portal.service.browse.board('', 'received');
  expect([whole.rows.length, whole.pages]).toEqual([94, undefined]);
});
