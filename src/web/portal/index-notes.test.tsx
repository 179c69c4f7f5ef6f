import { expect, it } from 'vitest';
import { loadMessages } from '../shared/i18n/load-messages.ts';
import { createTranslator } from '../shared/i18n/translator.ts';
import { renderHtml } from './render.tsx';
import { sampleContext, samplePages } from './sample-pages.ts';

it('the page of published indices tells what its sets are made of and what of it nobody ever published', () => {
  const t = createTranslator(loadMessages('vi', ['ui', 'forms', 'portal']));
  const page = renderHtml(t, 'indices', samplePages.indices, { ...sampleContext, path: '/chi-so' });
  for (const text of [
    'Trọng số: Thẩm định 70 % (suy ra), Điều tra 30 %.',
    'Ranh giới xếp loại là suy ra, không phải số đã công bố.',
    'Ghi chú: Trọng số của phần thẩm định chưa thấy văn bản.',
  ])
    expect(page.replaceAll('\u00a0', ' ')).toContain(text);
});
