import path from 'node:path';
import { type Static, Type } from 'typebox';
import { CONTENT_DIR, readYaml } from '../reference/index.ts';

const AbsenceFile = Type.Object(
  {
    kinds: Type.Array(Type.Object({ code: Type.String(), name: Type.String() }), { minItems: 1 }),
    signing: Type.Array(Type.String()),
    deputyTitles: Type.Array(Type.String(), { minItems: 1 }),
    never: Type.Array(Type.String()),
    longestDays: Type.Integer({ minimum: 1 }),
    source: Type.String(),
    verified: Type.Boolean(),
  },
  { additionalProperties: false },
);

type AbsenceContent = Static<typeof AbsenceFile>;
let loaded: AbsenceContent | undefined;

/** `content/absence/absence.yaml`, read once per process. @throws Error naming the file. */
export function getAbsenceContent(): AbsenceContent {
  loaded ??= readYaml(path.join(CONTENT_DIR, 'absence', 'absence.yaml'), AbsenceFile);
  return loaded;
}
