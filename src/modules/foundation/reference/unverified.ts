import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { CONTENT_DIR } from './read-yaml.ts';

/** A statement of content that nobody has checked against its source yet (contracts §4.13). */
export type UnverifiedItem = {
  readonly file: string;
  /** What the file calls itself; empty where it has no name. */
  readonly document: string;
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
    const root: unknown = parse(fs.readFileSync(path.join(dir, name), 'utf8'));
    const document = typeof root === 'object' && root !== null ? textOf(root as Node, ['name', 'title', 'text']) : '';
    walk(root, '', (place, node) => {
      found.push({
        file: name,
        document,
        place,
        label: textOf(node, ['name', 'title', 'label', 'text', 'id', 'key', 'code']),
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
