import fs from 'node:fs';
import path from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readSet } from '../../../../core/scoring/index.ts';
import { TranslateProvider } from '../../../shared/i18n/context.tsx';
import { loadMessages } from '../../../shared/i18n/load-messages.ts';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import { ItemFacts } from './item-facts.tsx';
import { linesOf } from './set-tree.ts';

const t = createTranslator(loadMessages('vi', ['ui', 'indices']));
const SETS = path.resolve(import.meta.dirname, '../../../../../content/sets');

/** What the page of a shipped set says of each of its items, as plain text. */
function said(code: string): ReadonlyMap<string, string> {
  const read = readSet(parse(fs.readFileSync(path.join(SETS, `${code}.yaml`), 'utf8')));
  if (!read.ok) throw new Error(code);
  const texts = linesOf(read.set).map((line) => {
    const html = renderToStaticMarkup(
      <TranslateProvider t={t}>
        <ItemFacts line={line} metric={undefined} imported={read.set.importOnly === true} />
      </TranslateProvider>,
    );
    return [line.id, html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')] as const;
  });
  return new Map(texts);
}

it('the page of a set tells note, source and doubt of every item, and what a denominator of 0 gives', () => {
  const shown = said('766-2022');
  const read = readSet(parse(fs.readFileSync(path.join(SETS, '766-2022.yaml'), 'utf8')));
  if (!read.ok) throw new Error('766');
  for (const { id, item } of linesOf(read.set)) {
    const { note, source, verified } = item as { note?: string; source?: string; verified?: boolean };
    for (const text of [note, source]) if (text !== undefined) expect(shown.get(id)).toContain(text);
    expect(shown.get(id)?.includes('Chưa đối chiếu') ?? false).toBe(verified === false);
  }
  expect(shown.get('petitions-on-time')).toContain('Mẫu số bằng 0: đủ điểm.');
  expect(shown.get('dossiers-satisfied')).toContain('Mẫu số bằng 0: 0 điểm.');
});

it('what is told for information, and what is only imported, is scored by nobody', () => {
  expect(said('766-2022').get('average-time')).not.toContain('Chấm tay');
  expect([...said('ddci-2022').values()].join()).not.toContain('Chấm tay');
  expect(said('ddci-2022').get('land')).toContain('Nhập theo kết quả đã công bố.');
  expect(said('par-index-cao-bang-2022').get('procedures')).toContain('Bài báo in nhầm');
});
