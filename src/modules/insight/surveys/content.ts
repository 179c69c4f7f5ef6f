import path from 'node:path';
import { CONTENT_DIR, readYaml, yamlFilesIn } from '../../foundation/reference/index.ts';
import { type FieldGroup, GroupFile } from './rules/group.ts';
import { lintQuestionnaire, Questionnaire } from './rules/questionnaire.ts';

const DIR = path.join(CONTENT_DIR, 'surveys');
const GROUPS = 'groups.yaml';
let loaded: readonly Questionnaire[] | undefined;
let groups: readonly FieldGroup[] | undefined;

/**
 * The questionnaires shipped in `content/surveys`, by file name; read and checked once.
 * @throws Error naming file and place where one is wrong.
 */
export function contentForms(): readonly Questionnaire[] {
  loaded ??= yamlFilesIn(DIR)
    .filter((file) => path.basename(file) !== GROUPS)
    .map((file) => {
      const form = readYaml(file, Questionnaire);
      const [finding] = lintQuestionnaire(form);
      if (finding) throw new Error(`surveys/${path.basename(file)}: ${finding.path}: ${finding.message}`);
      return form;
    });
  return loaded;
}

/** Groups of fields told apart in results. */
export function fieldGroups(): readonly FieldGroup[] {
  groups ??= readYaml(path.join(DIR, GROUPS), GroupFile).groups;
  return groups;
}

/** Name of a group; of the rest too. */
export const groupName = (id: string): string =>
  fieldGroups().find((group) => group.id === id)?.name ?? 'Lĩnh vực khác';
