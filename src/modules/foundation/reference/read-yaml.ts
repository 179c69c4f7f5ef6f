import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';

/** Folder `content/` of the repository. */
export const CONTENT_DIR = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../../content');

/**
 * Reads one YAML file of content and checks it. YAML 1.2: `2025-07-01` stays text, `off` too.
 * @throws Error naming the file and the first places that do not fit. Content comes with the program, so a fault is a bug.
 */
export function readYaml<S extends TSchema>(file: string, schema: S): Static<S> {
  const value: unknown = parse(fs.readFileSync(file, 'utf8'));
  if (!Value.Check(schema, value)) {
    const first = Value.Errors(schema, value).slice(0, 5);
    throw new Error(
      `${path.relative(CONTENT_DIR, file)}: ${first.map((e) => `${e.instancePath || '/'} ${e.message}`).join('; ')}`,
    );
  }
  return value as Static<S>;
}

/** Paths of the YAML files of a folder, in name order. */
export function yamlFilesIn(dir: string): readonly string[] {
  return fs
    .readdirSync(dir)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => path.join(dir, name));
}
