import path from 'node:path';
import { CONTENT_DIR, readYaml } from '../../foundation/reference/index.ts';
import { type HealthContent, HealthFile } from './rules/definition.ts';

/** Rules and books of `content/unit-health/rules.yaml`, all periods. */
export function loadHealthContent(dir = path.join(CONTENT_DIR, 'unit-health')): HealthContent {
  return readYaml(path.join(dir, 'rules.yaml'), HealthFile);
}
