import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { words } from '../../../platform/messages/words.ts';
import { storyLine } from './labels.ts';
import { ACTION_KINDS } from './rules/state.ts';

it('says in the story how much is asked for', () => {
  expect(storyLine('finance-requested', { amountVnd: 15_000 }, () => undefined)).toMatch(
    /^Yêu cầu thực hiện nghĩa vụ tài chính 15\.000\sđ, tạm dừng tính thời gian$/,
  );
  expect(storyLine('finance-requested', {}, () => undefined)).toBe(
    'Yêu cầu thực hiện nghĩa vụ tài chính, tạm dừng tính thời gian',
  );
});

it('has words for every act', () => {
  for (const kind of ACTION_KINDS) expect(storyLine(kind, {}, () => undefined)).not.toContain('server.');
});

it('has words for every command and for what it will do', () => {
  const source = fs.readFileSync(path.join(import.meta.dirname, 'rules/commands.ts'), 'utf8');
  const commands = [...source.matchAll(/readonly kind: '([a-z-]+)'/g)].map(([, kind = '']) => kind);
  expect(commands.length).toBeGreaterThan(20);
  const said = commands.flatMap((kind) => [
    words(`server.command.${kind}`),
    // These name the next or the earlier step instead.
    ...(['forward', 'approve', 'return-step'].includes(kind) ? [] : [words(`server.consequence.${kind}`)]),
  ]);
  expect(said.filter((text) => text.startsWith('server.'))).toEqual([]);
});
