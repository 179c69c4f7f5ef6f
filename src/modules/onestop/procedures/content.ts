import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { checkDefinition, type ShapeProblem } from './rules/check-definition.ts';
import type { ProcedureDefinition } from './rules/definition.ts';

/** Folder `content/procedures` of the repository: `<code>/<revision>/procedure.yaml` and `form.yaml`. */
export const PROCEDURES_DIR = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../../../../content/procedures',
);

export type ContentProblem = ShapeProblem & { readonly file: string };
export type ProcedureContent = {
  readonly definitions: readonly ProcedureDefinition[];
  readonly problems: readonly ContentProblem[];
};

type Raw = Record<string, unknown>;

function readRaw(file: string): Raw {
  const value: unknown = parse(fs.readFileSync(file, 'utf8'), { maxAliasCount: 50 });
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('phải là một đối tượng YAML');
  return value as Raw;
}

function foldersIn(dir: string): string[] {
  return fs
    .readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/**
 * One revision as plain data. `basedOn: <revision>` takes the keys that are not given here from a sibling revision
 * (whole keys; lists are replaced, not merged); `formFrom: <revision>` shares a sibling's form.
 */
function assemble(codeDir: string, revision: string, depth = 0): Raw {
  const dir = path.join(codeDir, revision);
  const { basedOn, formFrom, ...own } = readRaw(path.join(dir, 'procedure.yaml'));
  if (depth > 3) throw new Error('basedOn lồng quá sâu');
  const base = typeof basedOn === 'string' ? assemble(codeDir, path.basename(basedOn), depth + 1) : {};
  const formDir = typeof formFrom === 'string' ? path.join(codeDir, path.basename(formFrom)) : dir;
  const formFile = path.join(formDir, 'form.yaml');
  const form = fs.existsSync(formFile) ? { form: readRaw(formFile) } : {};
  // What the base says about its own end and its doubts does not hold for another revision.
  const { validTo: _end, ...inherited } = base;
  return { ...inherited, ...own, ...form };
}

/** Reads all content of procedures. Files that do not fit are told, the others are given all the same. */
export function readProcedureContent(dir = PROCEDURES_DIR): ProcedureContent {
  const definitions: ProcedureDefinition[] = [];
  const problems: ContentProblem[] = [];
  for (const code of foldersIn(dir)) {
    for (const revision of foldersIn(path.join(dir, code))) {
      const file = `${code}/${revision}/procedure.yaml`;
      try {
        const checked = checkDefinition(assemble(path.join(dir, code), revision));
        if (!checked.ok) problems.push(...checked.problems.map((problem) => ({ ...problem, file })));
        else if (checked.definition.code !== code || checked.definition.revision !== revision) {
          problems.push({ file, path: '/code', message: 'mã hoặc bản không khớp tên thư mục' });
        } else definitions.push(checked.definition);
      } catch (error) {
        problems.push({ file, path: '/', message: error instanceof Error ? error.message : String(error) });
      }
    }
  }
  return { definitions, problems };
}
