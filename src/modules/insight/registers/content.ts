import path from 'node:path';
import { CONTENT_DIR, readYaml, yamlFilesIn } from '../../foundation/reference/index.ts';
import { lintRegister } from './rules/lint.ts';
import { type RegisterDefinition, RegisterFile } from './rules/register.ts';

let loaded: readonly RegisterDefinition[] | undefined;

/**
 * The registers of `content/registers`, by file name.
 * @throws Error naming file and place where one is wrong.
 */
export function loadRegisters(dir = path.join(CONTENT_DIR, 'registers')): readonly RegisterDefinition[] {
  const registers = yamlFilesIn(dir).map((file) => {
    const register = readYaml(file, RegisterFile);
    const [finding] = lintRegister(register);
    if (finding) throw new Error(`registers/${path.basename(file)}: ${finding.path}: ${finding.message}`);
    if (`${register.id}.yaml` !== path.basename(file))
      throw new Error(`registers/${path.basename(file)}: id: ${register.id}`);
    return register;
  });
  return registers;
}

/** All registers, read once. */
export function allRegisters(): readonly RegisterDefinition[] {
  loaded ??= loadRegisters();
  return loaded;
}

export function findRegister(id: string): RegisterDefinition | undefined {
  return allRegisters().find((register) => register.id === id);
}
