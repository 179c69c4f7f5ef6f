import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { flattenMessages } from '../../../core/text/messages.ts';
import { loadMessages, messagesFolder } from './load-messages.ts';
import { createTranslator } from './translator.ts';

describe('flattenMessages', () => {
  it('puts the namespace before every key, once', () => {
    expect(flattenMessages('a', { b: { c: 'x' } })).toEqual({ 'a.b.c': 'x' });
    expect(flattenMessages('a', { a: { b: 'x' } })).toEqual({ 'a.b': 'x' });
    expect(flattenMessages('a', { 'a.b': 'x' })).toEqual({ 'a.b': 'x' });
  });

  it('refuses what is not a text', () => {
    expect(() => flattenMessages('a', { b: 3 })).toThrow('"b"');
  });
});

describe('createTranslator', () => {
  const t = createTranslator({ 'a.hello': 'Chào {{name}}', 'a.count': '{{count}} hồ sơ' });

  it('fills places and leaves text as it is', () => {
    expect(t('a.hello', { name: '<Đỗ> {{count}}' })).toBe('Chào <Đỗ> {{count}}');
    expect(t('a.count', { count: 1 })).toBe('1 hồ sơ');
  });

  it('gives an unknown key back', () => {
    expect(t('a.nothing')).toBe('a.nothing');
  });
});

const root = path.resolve(messagesFolder, '../..');
const catalogue = loadMessages();
const namespaces = new Set(Object.keys(catalogue).map((key) => key.split('.')[0] ?? ''));

/** Text of every source file that can name a key. */
function sources(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /\.test\.tsx?$/.test(entry.name)) return [];
    return [fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8')];
  });
}

const code = ['src/web', 'src/modules', 'src/app']
  .map((f) => path.join(root, f))
  .filter(fs.existsSync)
  .flatMap(sources)
  .join('\n');

// A key is any literal that begins with a namespace; a template literal stands for every key that begins like it.
const literals = new Set([...code.matchAll(/['"]([a-z]+(?:\.[a-zA-Z0-9_-]+)+)['"]/g)].map((m) => m[1] ?? ''));
const prefixes = [...code.matchAll(/`([a-z]+\.[a-zA-Z0-9_.-]*)\$\{/g)].map((m) => m[1] ?? '');

/** Keys that modules hand to the pages: `{ key: 'portal.papers.missing' }`. */
const keyMembers = [...code.matchAll(/\bkey: ['"]([a-z]+(?:\.[a-zA-Z0-9_-]+)+)['"]/g)].map((m) => m[1] ?? '');

/** Names of permissions look like keys: `absence.manage`. */
const permissions = new Set(
  Object.keys(parse(fs.readFileSync(path.join(root, 'content/roles.yaml'), 'utf8')).permissions),
);

/** Namespaces of the interface; those of commands, errors, the server and shapes of data have tests of their own (`words.test.ts`, `shapes.test.ts`). */
const watched = [...namespaces].filter((namespace) => !['cli', 'errors', 'server', 'shapes'].includes(namespace));

describe.each(watched)('texts of %s', (namespace) => {
  const known = Object.keys(catalogue).filter((key) => key.startsWith(`${namespace}.`));

  it('exist for every key the code uses', () => {
    const named = new Set([...webLiterals(), ...keyMembers].filter((key) => key.startsWith(`${namespace}.`)));
    const missing = [...named].filter(
      (key) => !(key in catalogue) && !permissions.has(key) && !known.some((k) => k.startsWith(`${key}.`)),
    );
    expect(missing).toEqual([]);
  });

  it('are all used', () => {
    const unused = known.filter((key) => !literals.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)));
    expect(unused).toEqual([]);
  });

  it('are Vietnamese text without stray spaces', () => {
    expect(known.filter((key) => (catalogue[key] ?? '').trim() !== catalogue[key] || catalogue[key] === '')).toEqual(
      [],
    );
  });
});

/** Keys named by the interface itself; permissions and events of modules look alike ("portal.edit"). */
function webLiterals(): Set<string> {
  const web = sources(path.join(root, 'src/web')).join('\n');
  return new Set(
    [...web.matchAll(/['"]([a-z]+(?:\.[a-zA-Z0-9_-]+)+)['"]/g)]
      .map((m) => m[1] ?? '')
      .filter((k) => !/\.(css|tsx?|json|yaml)$/.test(k)),
  );
}
