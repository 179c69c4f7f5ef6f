import path from 'node:path';
import { type Static, Type } from 'typebox';
import type { Day } from '../../../core/time/index.ts';
import { CONTENT_DIR, readYaml } from '../../foundation/reference/index.ts';

const Causes = Type.Object({
  id: Type.Literal('lateness-causes'),
  source: Type.String(),
  verified: Type.Boolean(),
  entries: Type.Array(
    Type.Object({
      code: Type.String({ pattern: '^[a-z-]+$' }),
      name: Type.String(),
      excusable: Type.Boolean(),
      validFrom: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
      validTo: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
      source: Type.String(),
      verified: Type.Boolean(),
    }),
  ),
});

/** A cause of lateness. `excusable`: outside the will of the holder; the dossier stays late all the same. */
export type Cause = Static<typeof Causes>['entries'][number];

/** The list of `content/reference/lateness-causes.yaml`, all periods. */
export function loadCauses(dir = path.join(CONTENT_DIR, 'reference')): readonly Cause[] {
  return readYaml(path.join(dir, 'lateness-causes.yaml'), Causes).entries;
}

/** The causes that may be given for a day; both bounds count. */
export function causesOn(causes: readonly Cause[], day: Day): readonly Cause[] {
  return causes.filter((cause) => cause.validFrom <= day && (cause.validTo === undefined || day <= cause.validTo));
}
