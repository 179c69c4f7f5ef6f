import { expect, test } from 'vitest';
import { getNoticeContent } from '../content.ts';
import { maskNumbers, renderNotice } from './notice-template.ts';

test('a line whose value is not known is left out, and blank lines do not pile up', () => {
  expect(renderNotice('A\n\nHạn: {{due}}\n\nB', { due: null })).toBe('A\n\nB');
});

test('a list alone on its line becomes one line an item, within a line it is joined', () => {
  expect(renderNotice('{{items}}\nCần: {{items}}', { items: ['một', 'hai\nba'] })).toBe(
    '- một\n- hai ba\nCần: một; hai ba',
  );
});

test('a value that looks like a place is not filled again', () => {
  expect(renderNotice('{{a}} {{b}}', { a: '{{b}}', b: 'x' })).toBe('{{b}} x');
});

test('a place nobody knows is a mistake of the template', () => {
  expect(() => renderNotice('{{nothing}}', {})).toThrow('{{nothing}}');
});

test.each([
  ['CCCD 012345678901 sai', 'CCCD … sai'],
  ['CMND 012.345.678', 'CMND …'],
  ['Mã hồ sơ H47.12.05-230831-0001', 'Mã hồ sơ H47.12.05-230831-0001'],
  ['ngày 28/08/2023 lúc 09:00', 'ngày 28/08/2023 lúc 09:00'],
  ['nộp 500.000 đồng', 'nộp 500.000 đồng'],
])('%s → %s', (text, masked) => {
  expect(maskNumbers(text)).toBe(masked);
});

test('no template names a person, and every topic has a subject with the code', () => {
  for (const topic of [
    'submitted',
    'received',
    'completion-requested',
    'refused',
    'supplement-requested',
    'finance-requested',
    'suspended',
    'resumed',
    'numbered',
    'handed-over',
    'withdrawn',
    'stopped',
  ])
    for (const template of getNoticeContent().templatesOf(`dossier.${topic}`))
      expect(template.subject).toContain('{{code}}');
  expect(getNoticeContent().templatesOf('dossier.received')).toHaveLength(1);
});
