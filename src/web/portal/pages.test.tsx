import { describe, expect, it } from 'vitest';
import type { PageName } from '../../modules/onestop/portal/rules/pages.ts';
import { loadMessages } from '../shared/i18n/load-messages.ts';
import { createTranslator } from '../shared/i18n/translator.ts';
import { renderHtml } from './render.tsx';
import { sampleContext, samplePages } from './sample-pages.ts';

const t = createTranslator(loadMessages('vi', ['ui', 'forms', 'portal']));
const names = Object.keys(samplePages) as PageName[];

function html(name: PageName, path = '/'): string {
  return renderHtml(t, name, samplePages[name], { ...sampleContext, path });
}

describe.each(names)('page %s', (name) => {
  const page = html(name);

  it('is a Vietnamese document with one main heading, a title and a description', () => {
    expect(page.startsWith('<!doctype html><html lang="vi">')).toBe(true);
    expect(page.match(/<h1[ >]/g)).toHaveLength(1);
    expect(page).toMatch(/<title>[^<]{5,}<\/title>/);
    expect(page).toContain('name="description"');
    expect(page).toContain('id="main"');
  });

  it('shows no bare key of a text', () => {
    const text = page.replaceAll(/<[^>]*>/g, ' ');
    expect(text.match(/\b(?:portal|ui|forms)\.[a-z][\w.-]+/g)).toBeNull();
    expect(text).not.toContain('{{');
    expect(text).not.toContain('undefined');
    expect(text).not.toContain('[object');
  });

  it('keeps to a strict content security policy and to this host', () => {
    expect(page).not.toMatch(/<script(?![^>]* src=)/);
    expect(page).not.toMatch(/ style="/);
    expect(page).not.toMatch(/ on[a-z]+="/);
    expect(page.match(/(?:src|href|action)="https?:[^"]*"/g)).toBeNull();
  });

  it('labels every control and uses every id once', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((m) => m[1] ?? '');
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const labelled = new Set([...page.matchAll(/ for="([^"]+)"/g)].map((m) => m[1]));
    const controls = [...page.matchAll(/<(?:input|select|textarea)([^>]*)>/g)]
      .map((m) => m[1] ?? '')
      .filter((a) => !/type="hidden"/.test(a));
    const bare = controls.filter(
      (attributes) => !/aria-label=/.test(attributes) && !labelled.has(/ id="([^"]+)"/.exec(attributes)?.[1]),
    );
    expect(bare).toEqual([]);
  });

  it('links problems only to what is on the page', () => {
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]));
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map((m) => m[1]);
    expect(targets.filter((target) => !ids.has(target))).toEqual([]);
  });

  it('stays below 40 kB', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(40_000);
  });
});

it('shows no name of a person on pages for strangers', () => {
  for (const name of ['tracked', 'check-code', 'board'] as const) {
    const page = renderHtml(t, name, samplePages[name], { ...sampleContext, account: undefined as never });
    expect(page).not.toContain('Trần Thị Mẫu');
  }
});

it('writes what people typed as text, never as markup', () => {
  const evil = '<img src=x onerror=alert(1)>"\'';
  const page = renderHtml(
    t,
    'procedures',
    { ...samplePages.procedures, q: evil, total: 0 },
    { ...sampleContext, siteName: evil },
  );
  expect(page).not.toContain('<img');
});

it('marks where one is in the menu', () => {
  expect(html('board', '/tinh-hinh')).toContain('<a href="/tinh-hinh" aria-current="page">');
});

it('offers the board of the month shown as files', () => {
  const { month, order } = samplePages.board;
  const page = html('board', '/tinh-hinh');
  for (const kind of ['xlsx', 'csv'])
    expect(page).toContain(`href="/tinh-hinh.${kind}?thang=${month}&amp;xep=${order}"`);
});

it('prints the points of an index with two decimals, maxima as the set has them', () => {
  const page = html('indices', '/chi-so');
  for (const text of ['81,40', '72,00/96', '81,40\u00a0%', '+1,20 điểm', '−3,50 điểm phần trăm', '12,00'])
    expect(page).toContain(text);
  expect(page).toContain('>13<');
});

it('leads to the national portal where the regime says so', () => {
  const page = renderHtml(
    t,
    'procedure',
    { ...samplePages.procedure, offer: { kind: 'national', url: 'https://dichvucong.gov.vn' } },
    sampleContext,
  );
  expect(page).toContain('href="https://dichvucong.gov.vn"');
  expect(page).not.toContain('/nop-ho-so?');
});
