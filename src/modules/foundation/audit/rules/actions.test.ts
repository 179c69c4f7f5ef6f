import fs from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { AUDIT_ACTIONS } from './actions.ts';

test('every act people choose from has words', () => {
  const file = parse(fs.readFileSync('content/messages/console.vi.yaml', 'utf8')) as {
    audit: { act: Record<string, Record<string, string>>; group: Record<string, string> };
  };
  const wanted = Object.entries(AUDIT_ACTIONS).flatMap(([group, names]) => names.map((name) => [group, name] as const));
  const silent = wanted.filter(([group, name]) => !file.audit.act[group]?.[name]).map((pair) => pair.join('.'));
  expect(silent).toEqual([]);
  expect(Object.keys(AUDIT_ACTIONS).filter((group) => !file.audit.group[group])).toEqual([]);
});
