import path from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { CONTENT_DIR, readYaml, yamlFilesIn } from './read-yaml.ts';
import { checkPeriods, type RegimeAspect, type RegimeEntry, type RegimeTable, RegimeValues } from './rules/regime.ts';

const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const RegimeFile = Type.Object(
  {
    aspect: Type.String(),
    title: Type.String(),
    entries: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          validFrom: DayText,
          validTo: Type.Optional(DayText),
          value: Type.Unknown(),
          source: Type.String({ minLength: 1 }),
          verified: Type.Boolean(),
          note: Type.Optional(Type.String()),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
  },
  { additionalProperties: false },
);

/** One file of `content/regimes`, as read. */
export type RegimeFile = Static<typeof RegimeFile>;

/**
 * Reads `content/regimes/*.yaml` into the table of regimes.
 * @throws Error where a file does not fit its aspect, an aspect is missing, or periods overlap or leave a gap.
 */
export function loadRegimes(dir = path.join(CONTENT_DIR, 'regimes')): RegimeTable {
  const files = yamlFilesIn(dir).map((file) => readYaml(file, RegimeFile));
  const table: Partial<Record<string, RegimeFile['entries']>> = {};
  for (const file of files) {
    const schema = (RegimeValues.properties as Partial<Record<string, (typeof RegimeValues.properties)[RegimeAspect]>>)[
      file.aspect
    ];
    if (!schema) throw new Error(`regimes: unknown aspect ${file.aspect}`);
    for (const entry of file.entries) {
      if (Value.Check(schema, entry.value)) continue;
      const first = Value.Errors(schema, entry.value)[0];
      throw new Error(`regimes/${file.aspect}/${entry.id}: ${first?.instancePath ?? ''} ${first?.message ?? ''}`);
    }
    const problems = checkPeriods(file.aspect, file.entries as readonly RegimeEntry[]);
    if (problems.length > 0) throw new Error(problems.join('; '));
    table[file.aspect] = file.entries;
  }
  for (const aspect of Object.keys(RegimeValues.properties)) {
    if (!table[aspect]) throw new Error(`regimes: aspect ${aspect} has no file`);
  }
  return table as unknown as RegimeTable;
}
