import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { CONTENT_DIR } from './read-yaml.ts';

/** A statement of content that nobody has checked against its source yet (contracts §4.13). */
export type UnverifiedItem = {
  readonly file: string;
  readonly place: string;
  readonly label: string;
  readonly source: string;
};

/**
 * Everything in `content/` marked `verified: false`, for the administrator's page.
 * @param dir folder to search, including its sub-folders.
 */
export function listUnverified(dir = CONTENT_DIR): readonly UnverifiedItem[] {
  const found: UnverifiedItem[] = [];
  for (const name of fs.readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.yaml')) continue;
    walk(parse(fs.readFileSync(path.join(dir, name), 'utf8')), '', (place, node) => {
      found.push({
        file: name,
        place,
        label: textOf(node, ['id', 'key', 'code', 'name', 'text', 'title']),
        source: textOf(node, ['source', 'text', 'note']),
      });
    });
  }
  return found;
}

type Node = Readonly<Record<string, unknown>>;

function walk(value: unknown, place: string, report: (place: string, node: Node) => void): void {
  if (typeof value !== 'object' || value === null) return;
  const node = value as Node;
  if (node.verified === false) report(place || '/', node);
  for (const [key, child] of Object.entries(node)) walk(child, `${place}/${key}`, report);
}

function textOf(node: Node, names: readonly string[]): string {
  for (const name of names) if (typeof node[name] === 'string') return node[name];
  return '';
}
