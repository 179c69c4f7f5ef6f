import { expect, it } from 'vitest';
import { storyLine } from './labels.ts';

it('says in the story how much is asked for', () => {
  expect(storyLine('finance-requested', { amountVnd: 15_000 }, () => undefined)).toMatch(
    /^Yêu cầu thực hiện nghĩa vụ tài chính 15\.000\sđ, tạm dừng tính thời gian$/,
  );
  expect(storyLine('finance-requested', {}, () => undefined)).toBe(
    'Yêu cầu thực hiện nghĩa vụ tài chính, tạm dừng tính thời gian',
  );
});
