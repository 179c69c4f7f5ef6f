import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadMessages } from '../web/shared/i18n/load-messages.ts';
import { COMMANDS, overview } from './commands/catalogue.ts';

const SRC = path.resolve(import.meta.dirname, '..');
const sources = fs
  .readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|^web\//.test(file))
  .map((file) => [file, fs.readFileSync(path.join(SRC, file), 'utf8')] as const);

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

const allCalls: Call[] = sources.flatMap(([file, source]) =>
  [...source.matchAll(/\bwords\(\s*'([\w.-]+)'(,\s*\{)?/g)].map((found) => {
    const [all, key = '', places] = found;
    return { file, key, places: places ? membersOf(braced(source, found.index + all.length - 1)) : [] };
  }),
);
/** `cli.input.reason-${code}` stands for every key that fits it. */
const families = sources.flatMap(([, source]) =>
  [...source.matchAll(/\bwords\(\s*`([^`]*)`(,)?/g)].map(([, template = '', filled]) => ({
    fits: new RegExp(`^${template.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w-]+')}$`),
    filled: filled !== undefined,
  })),
);

describe.each(['cli', 'server'])('texts of %s', (namespace) => {
  const texts = loadMessages('vi', [namespace]);
  const calls = allCalls.filter(({ key }) => key.startsWith(`${namespace}.`));

  test('exist for every key that is asked for', () => {
    expect(calls.length).toBeGreaterThan(50);
    expect(calls.filter(({ key }) => !Object.hasOwn(texts, key))).toEqual([]);
  });

  test('are all used', () => {
    const asked = new Set(calls.map(({ key }) => key));
    expect(Object.keys(texts).filter((key) => !asked.has(key) && !families.some((one) => one.fits.test(key)))).toEqual(
      [],
    );
  });

  test('have the places that are filled, and no others', () => {
    const placesOf = (text = ''): string[] => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, p = '']) => p))];
    const wrong = calls.filter(
      ({ key, places }) => placesOf(texts[key]).sort().join() !== [...new Set(places)].sort().join(),
    );
    expect(wrong).toEqual([]);
    const named = new Set(calls.map(({ key }) => key));
    const unfilled = Object.keys(texts).filter(
      (key) =>
        !named.has(key) && placesOf(texts[key]).length > 0 && !families.some((one) => one.filled && one.fits.test(key)),
    );
    expect(unfilled).toEqual([]);
  });
});

describe('the command line', () => {
  const texts = loadMessages('vi', ['cli']);

  test('says for each command what it is and how it is called', () => {
    for (const name of Object.keys(COMMANDS)) {
      expect(texts[`cli.${name}.summary`]).toBeTruthy();
      expect(texts[`cli.${name}.usage`]).toContain(`motcua ${name}`);
      expect(overview()).toContain(texts[`cli.${name}.summary`]);
    }
  });

  test('has no words of its own in the source', () => {
    const speaking = sources.filter(
      ([file, source]) =>
        /^app\/(cli\.ts|commands\/)/.test(file) &&
        /[ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụ]/i.test(source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')),
    );
    expect(speaking.map(([file]) => file)).toEqual([]);
  });
});
