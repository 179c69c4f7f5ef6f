import path from 'node:path';
import { CONTENT_DIR, readYaml, yamlFilesIn } from '../../foundation/reference/index.ts';
import { type MetricDefinition, MetricFile } from './rules/definition.ts';
import { lintMetrics } from './rules/lint.ts';

let loaded: readonly MetricDefinition[] | undefined;

/**
 * `content/metrics`, read and checked once per process.
 * @throws Error naming the file and the place of a mistake; a mistake of the installation.
 */
export function getMetricDefinitions(): readonly MetricDefinition[] {
  loaded ??= readContent();
  return loaded;
}

function readContent(): readonly MetricDefinition[] {
  const metrics = yamlFilesIn(path.join(CONTENT_DIR, 'metrics')).flatMap((file) => readYaml(file, MetricFile).metrics);
  const [fault] = lintMetrics(metrics);
  if (fault) throw new Error(`content/metrics ${fault.place}: ${fault.message}`);
  return metrics;
}
