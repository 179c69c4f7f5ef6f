import fs from 'node:fs';
import path from 'node:path';
import { FILE_LIST, type FileLine, type Manifest, type Part } from './manifest.ts';
import { ownSchemas } from './tables.ts';

/** Settings a backup holds; anything else in that folder is not ours to put anywhere. */
const SETTINGS = new Set(['settings/secret', 'settings/motcua.env']);
/** A stored content: `files/ab/cd/<SHA-256>`, `.enc` where it is encrypted. */
const CONTENT = /^files\/([0-9a-f]{2})\/([0-9a-f]{2})\/\1\2[0-9a-f]{60}(\.enc)?$/;
/** A column as `quote_ident` writes it: it goes into SQL as it stands. */
const COLUMN = /^([a-z_][a-z0-9_$]*|"[^"\0]+")$/;
const MIGRATION = /^\d{4}_[a-z0-9_]+\.sql$/;

/**
 * Places and names of a manifest that no backup of ours has. The digest beside a manifest keeps it from accidents, not
 * from somebody who makes a backup up: what it names becomes paths and SQL, so each name is held against its form.
 */
export function foreignNames(manifest: Manifest): readonly string[] {
  const schemas = new Set(ownSchemas());
  const isOwn = (thing: { readonly schema: string; readonly name: string }): boolean =>
    schemas.has(thing.schema) && /^[a-z_][a-z0-9_]*$/.test(thing.name);
  return [
    ...manifest.tables
      .filter(
        (table) =>
          !isOwn(table) ||
          table.path !== `database/${table.schema}.${table.name}.copy.gz` ||
          !table.columns.every((column) => COLUMN.test(column)),
      )
      .map((table) => table.path),
    ...manifest.sequences.filter((sequence) => !isOwn(sequence)).map(({ schema, name }) => `${schema}.${name}`),
    ...manifest.settings.filter((part) => !SETTINGS.has(part.path)).map((part) => part.path),
    ...manifest.migrations.filter(({ name }) => !MIGRATION.test(name)).map(({ name }) => name),
    ...(manifest.files.list.path === FILE_LIST ? [] : [manifest.files.list.path]),
  ];
}

/** Whether a line of the list of contents names a content where the store keeps it. */
export function isContentLine(line: FileLine): boolean {
  return CONTENT.test(line.path);
}

/** Whether a part of the folder is an ordinary file in it, reached without any symbolic link. */
export function isPlainFile(folder: string, part: Pick<Part, 'path'>): boolean {
  const root = fs.realpathSync(folder);
  const wanted = path.join(root, part.path);
  if (path.isAbsolute(part.path) || !wanted.startsWith(root + path.sep)) return false;
  try {
    return fs.realpathSync(wanted) === wanted && fs.lstatSync(wanted).isFile();
  } catch {
    return false;
  }
}
