import { readFileSync } from 'node:fs';
import Value from 'typebox/value';
import { parse } from 'yaml';
import type { SlipFormSet } from './rules/form-sets.ts';
import { FormSetFile } from './rules/form-sets.ts';

const FOLDER = new URL('../../../../content/templates/slips/', import.meta.url);

export type SlipContent = {
  readonly sets: readonly SlipFormSet[];
  readonly resultTemplate: string;
  /** Source of a template beside sets.yaml. */
  getTemplate(file: string): string;
};

let loaded: SlipContent | undefined;

/**
 * Form sets and templates of `content/templates/slips`, read once per process (templates when first used).
 * @throws Error naming the place when sets.yaml is not what it should be; a mistake of the installation, not of a user
 */
export function getSlipContent(): SlipContent {
  loaded ??= readContent();
  return loaded;
}

function readContent(): SlipContent {
  const file: unknown = parse(readFileSync(new URL('sets.yaml', FOLDER), 'utf8'));
  if (!Value.Check(FormSetFile, file)) {
    const [first] = Value.Errors(FormSetFile, file);
    throw new Error(`content/templates/slips/sets.yaml ${first?.instancePath ?? ''}: ${first?.message ?? 'invalid'}`);
  }
  const templates = new Map<string, string>();
  return {
    sets: file.sets,
    resultTemplate: file.result.template,
    getTemplate(name) {
      const known = templates.get(name);
      if (known !== undefined) return known;
      const source = readFileSync(new URL(name, FOLDER), 'utf8');
      templates.set(name, source);
      return source;
    },
  };
}
