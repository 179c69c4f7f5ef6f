// Node only (tests, the Vite plugin, server modules): the browser gets the catalogue bundled.
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { flattenMessages } from '../../../core/text/messages.ts';

/** Folder of the message files, `content/messages`. */
export const messagesFolder = path.resolve(import.meta.dirname, '../../../../content/messages');

/**
 * Reads `content/messages/<namespace>.<language>.yaml` into one catalogue of full keys.
 *
 * @param namespaces which files; all of the language when left out.
 */
export function loadMessages(language = 'vi', namespaces?: readonly string[], folder = messagesFolder) {
  const catalogue: Record<string, string> = {};
  const ending = `.${language}.yaml`;
  for (const file of fs.readdirSync(folder).sort()) {
    if (!file.endsWith(ending)) continue;
    const namespace = file.slice(0, -ending.length);
    if (namespaces && !namespaces.includes(namespace)) continue;
    Object.assign(catalogue, flattenMessages(namespace, parse(fs.readFileSync(path.join(folder, file), 'utf8'))));
  }
  return catalogue;
}
