import path from 'node:path';
import { type Static, Type } from 'typebox';
import { CONTENT_DIR, readYaml, yamlFilesIn } from './read-yaml.ts';

const Catalogue = Type.Object(
  {
    id: Type.String(),
    source: Type.String(),
    verified: Type.Boolean(),
    entries: Type.Array(
      Type.Object({
        code: Type.String(),
        name: Type.String(),
        key: Type.Optional(Type.String()),
        former: Type.Optional(Type.Boolean()),
      }),
    ),
  },
  { additionalProperties: false },
);

/** A national code list: statuses, channels, subject types, ministries. */
export type Catalogue = Static<typeof Catalogue>;

/** Code lists of `content/reference`, by id (`channels`, `ministries`, `national-statuses`, `subject-types`). */
export function loadCatalogues(dir = path.join(CONTENT_DIR, 'reference')): ReadonlyMap<string, Catalogue> {
  return new Map(
    yamlFilesIn(dir)
      .map((file) => readYaml(file, Catalogue))
      .map((c) => [c.id, c]),
  );
}
