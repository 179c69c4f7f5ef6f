import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadMessages } from '../web/shared/i18n/load-messages.ts';
import { COMMANDS, overview } from './commands/catalogue.ts';

const HERE = import.meta.dirname;
const texts = loadMessages('vi', ['cli']);
const sources = ['cli.ts', ...fs.readdirSync(path.join(HERE, 'commands'), { recursive: true, encoding: 'utf8' })]
  .map((file) => (file === 'cli.ts' ? file : path.join('commands', file)))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => [file, fs.readFileSync(path.join(HERE, file), 'utf8')] as const);

type Call = { readonly file: string; readonly key: string; readonly places: readonly string[] };

/** The text from a `{` to the `}` that closes it. */
function braced(source: string, start: number): string {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    if (source[at] === '{') depth++;
    if (source[at] === '}' && --depth === 0) return source.slice(start + 1, at);
  }
  return '';
}

/** Names of the members of an object as it is written, without those of objects inside it. */
function membersOf(written: string): string[] {
  let flat = written;
  for (let before = ''; before !== flat; ) {
    before = flat;
    flat = flat.replace(/\([^()]*\)|\{[^{}]*\}|\[[^[\]]*\]|`[^`]*`|'[^']*'/g, '');
  }
  return flat.split(',').flatMap((member) => /^\s*(\w+)/.exec(member)?.[1] ?? []);
}

const calls: Call[] = sources.flatMap(([file, source]) =>
  [...source.matchAll(/\bwords\(\s*'cli\.([\w.-]+)'(,\s*\{)?/g)].map((found) => {
    const [all, key = '', places] = found;
    const members = places ? membersOf(braced(source, found.index + all.length - 1)) : [];
    return { file, key: `cli.${key}`, places: members };
  }),
);
/** `cli.input.reason-${code}` stands for every key that fits it. */
const families = sources.flatMap(([, source]) =>
  [...source.matchAll(/`(cli\.[^`]*\$\{[^`]*)`/g)].map(
    ([, template = '']) => new RegExp(`^${template.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w-]+')}$`),
  ),
);

describe('texts of the command line', () => {
  test('exist for every key that is asked for', () => {
    expect(calls.length).toBeGreaterThan(150);
    expect(calls.filter(({ key }) => !Object.hasOwn(texts, key))).toEqual([]);
  });

  test('are all used', () => {
    const asked = new Set(calls.map(({ key }) => key));
    expect(Object.keys(texts).filter((key) => !asked.has(key) && !families.some((one) => one.test(key)))).toEqual([]);
  });

  test('have the places that are filled, and no others', () => {
    const placesOf = (text = ''): string[] => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, p = '']) => p))];
    const wrong = calls.filter(
      ({ key, places }) => placesOf(texts[key]).sort().join() !== [...new Set(places)].sort().join(),
    );
    expect(wrong).toEqual([]);
    const named = new Set(calls.map(({ key }) => key));
    expect(Object.keys(texts).filter((key) => !named.has(key) && placesOf(texts[key]).length > 0)).toEqual([]);
  });

  test('say for each command what it is and how it is called', () => {
    for (const name of Object.keys(COMMANDS)) {
      expect(texts[`cli.${name}.summary`]).toBeTruthy();
      expect(texts[`cli.${name}.usage`]).toContain(`motcua ${name}`);
      expect(overview()).toContain(texts[`cli.${name}.summary`]);
    }
  });

  test('are nowhere in the source', () => {
    const speaking = sources.filter(([, source]) =>
      /[ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụ]/i.test(source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')),
    );
    expect(speaking.map(([file]) => file)).toEqual([]);
  });
});
