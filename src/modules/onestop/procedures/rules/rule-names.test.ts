import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

it('every rule of the linter and the importer is explained in the README', () => {
  const readme = fs.readFileSync(path.join(import.meta.dirname, '../README.md'), 'utf8');
  const sources = fs
    .readdirSync(import.meta.dirname)
    .filter((name) => /^(lint|national).*\.ts$/.test(name) && !name.includes('.test.'));
  const names = sources.flatMap((name) => {
    const code = fs.readFileSync(path.join(import.meta.dirname, name), 'utf8');
    return [...code.matchAll(/(?:report\(\s*|rule: (?:\w+ \? )?|: |code: )'([a-z]+\/[a-z-]+)'/g)].map(
      (match) => match[1] ?? '',
    );
  });
  expect(names.length).toBeGreaterThan(50);
  expect([...new Set(names)].filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});
