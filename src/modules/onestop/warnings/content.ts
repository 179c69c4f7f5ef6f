import path from 'node:path';
import { type Static, Type } from 'typebox';
import { CONTENT_DIR, readYaml } from '../../foundation/reference/index.ts';
import { findLadderFaults, LadderDefinition } from './rules/definition.ts';

const LadderFile = Type.Object(
  {
    ladders: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          name: Type.String(),
          validFrom: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
          procedureCode: Type.Optional(Type.String()),
          source: Type.String({ minLength: 1 }),
          verified: Type.Boolean(),
          definition: LadderDefinition,
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
  },
  { additionalProperties: false },
);
const DigestFile = Type.Object({
  minutesAfterOpening: Type.Integer({ minimum: 0, maximum: 240 }),
  lateAfterHours: Type.Integer({ minimum: 1, maximum: 240 }),
  source: Type.String(),
  verified: Type.Boolean(),
});
const DigestTemplate = Type.Object(
  { subject: Type.String(), headSubject: Type.String(), body: Type.String() },
  { additionalProperties: false },
);

/** A ladder that comes with the program. */
export type ContentLadder = Static<typeof LadderFile>['ladders'][number];
export type WarningContent = {
  readonly ladders: readonly ContentLadder[];
  readonly digest: Static<typeof DigestFile>;
  readonly template: Static<typeof DigestTemplate>;
};

let loaded: WarningContent | undefined;

/**
 * `content/warnings` and the text of the digest, read once per process.
 * @throws Error naming the file, and the faults of a ladder; a mistake of the installation.
 */
export function getWarningContent(): WarningContent {
  loaded ??= readContent();
  return loaded;
}

function readContent(): WarningContent {
  const { ladders } = readYaml(path.join(CONTENT_DIR, 'warnings', 'ladders.yaml'), LadderFile);
  for (const one of ladders) {
    const faults = findLadderFaults(one.definition);
    if (faults[0]) throw new Error(`warnings/ladders.yaml ${one.id} ${faults[0].path}: ${faults[0].message}`);
  }
  return {
    ladders,
    digest: readYaml(path.join(CONTENT_DIR, 'warnings', 'digest.yaml'), DigestFile),
    template: readYaml(path.join(CONTENT_DIR, 'templates', 'notices', 'warning-digest.yaml'), DigestTemplate),
  };
}
