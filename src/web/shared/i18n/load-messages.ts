// Node only (tests, the Vite plugin, server modules): the browser gets the catalogue bundled.
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { flattenMessages } from '../../../core/text/messages.ts';

/** Folder of the message files, `content/messages`. */
export const messagesFolder = path.resolve(import.meta.dirname, '../../../../content/messages');

/** The namespaces there are texts of: the names of the files. */
export function messageNamespaces(language = 'vi', folder = messagesFolder): string[] {
  const ending = `.${language}.yaml`;
  return fs
    .readdirSync(folder)
    .flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []))
    .sort();
}

/**
 * Reads `content/messages/<namespace>.<language>.yaml` into one catalogue of full keys.
 *
 * @param namespaces which files; all of the language when left out.
 */
export function loadMessages(language = 'vi', namespaces?: readonly string[], folder = messagesFolder) {
  const catalogue: Record<string, string> = {};
  for (const namespace of messageNamespaces(language, folder)) {
    if (namespaces && !namespaces.includes(namespace)) continue;
    const file = path.join(folder, `${namespace}.${language}.yaml`);
    Object.assign(catalogue, flattenMessages(namespace, parse(fs.readFileSync(file, 'utf8'))));
  }
  return catalogue;
}
