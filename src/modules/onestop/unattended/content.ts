import path from 'node:path';
import { type Static, Type } from 'typebox';
import { CONTENT_DIR, readYaml } from '../../foundation/reference/index.ts';

const File = Type.Object(
  { minutesAfterOpening: Type.Integer({ minimum: 0, maximum: 240 }), subject: Type.String(), body: Type.String() },
  { additionalProperties: false },
);
let loaded: Static<typeof File> | undefined;

/** Text and hour of the daily check, read once per process. @throws Error naming the file. */
export function getUnattendedContent(): Static<typeof File> {
  loaded ??= readYaml(path.join(CONTENT_DIR, 'templates', 'notices', 'unattended.yaml'), File);
  return loaded;
}
