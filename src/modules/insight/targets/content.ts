import path from 'node:path';
import { CONTENT_DIR, readYaml, yamlFilesIn } from '../../foundation/reference/index.ts';
import { periodOf } from '../metrics/index.ts';
import { type TargetDefinition, TargetFile } from './rules/definition.ts';
import { lintTargets, type MetricUnitOf } from './rules/lint.ts';

/**
 * The targets of `content/targets`, checked.
 * @throws Error naming the place of a mistake; a mistake of the installation.
 */
export function loadTargets(
  unitOf: MetricUnitOf,
  dir = path.join(CONTENT_DIR, 'targets'),
): readonly TargetDefinition[] {
  const targets = yamlFilesIn(dir).flatMap((file) => readYaml(file, TargetFile).targets);
  const [fault] = lintTargets(targets, unitOf, (id) => periodOf(id, 'calendar') !== undefined);
  if (fault) throw new Error(`content/targets ${fault.place}: ${fault.message}`);
  return targets;
}
