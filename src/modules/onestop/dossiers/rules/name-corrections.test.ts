import { expect, it } from 'vitest';
import { correctionsOf, indexNameWords } from './name-corrections.ts';

const words = indexNameWords(['nguyen', 'van', 'vang', 'an', 'anh', 'thi', 'duc', 'luc', 'phuc']);

it.each([
  ['nguyne van anh', 'nguyen van anh'],
  ['nguyen van ahn', 'nguyen van anh'],
  ['ngyen van anh', 'nguyen van anh'],
  ['nguyeen van anh', 'nguyen van anh'],
  ['nguyenvan anh', 'nguyen van anh'],
  ['nguyen van xx anh', 'nguyen van anh'],
  ['nguyen duc luc', 'nguyen duc phuc'.replace('phuc', 'duc')],
  ['nguyne vna an', 'nguyen van an'],
])('%s may mean %s', (typed, meant) => {
  expect(correctionsOf(typed, words)).toContain(meant);
});

it('gives nothing for words that are no names', () => {
  expect(correctionsOf('chung thuc ban sao', words)).toEqual([]);
});

it('stays bounded', () => {
  const many = indexNameWords(
    Array.from(
      { length: 26 * 26 },
      (_, i) => `a${String.fromCharCode(97 + (i % 26))}${String.fromCharCode(97 + Math.floor(i / 26))}`,
    ),
  );
  expect(correctionsOf('aaa aab aac aad aae aaf aag aah', many).length).toBeLessThanOrEqual(200);
});
