import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fillPlaces, flattenMessages } from '../../core/text/messages.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../content/messages');
const LANGUAGE = 'vi';
const read = new Map<string, Readonly<Record<string, string>>>();

/**
 * A text of the server by its key: `words('cli.backup.file-exists', { file })`. The first part of the key names the file,
 * `content/messages/cli.vi.yaml`, which is read when the first of its texts is asked for: a command that says nothing
 * (`motcua due --json`) reads none. An unknown key comes back as itself, so that it is seen.
 */
export function words(key: string, places: Readonly<Record<string, string | number>> = {}): string {
  const text = textsOf(key.slice(0, key.indexOf('.')))[key];
  return text === undefined ? key : fillPlaces(text, places);
}

function textsOf(namespace: string): Readonly<Record<string, string>> {
  const known = read.get(namespace);
  if (known) return known;
  // Loaded here and not by an import: the parser alone takes longer than the whole of `motcua due`.
  const { parse } = createRequire(import.meta.url)('yaml') as typeof import('yaml');
  const file = path.join(FOLDER, `${namespace}.${LANGUAGE}.yaml`);
  const texts = flattenMessages(namespace, parse(fs.readFileSync(file, 'utf8')));
  read.set(namespace, texts);
  return texts;
}
