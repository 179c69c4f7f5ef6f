import Type, { type Static } from 'typebox';
import { foldVietnamese } from '../../../../core/text/fold.ts';

/** Groups of fields told apart in results: land, construction, investment, health, education, the rest. */
export const GroupFile = Type.Object(
  {
    groups: Type.Array(
      Type.Object(
        {
          id: Type.String({ pattern: '^[a-z-]{1,40}$' }),
          name: Type.String(),
          /** Codes of fields in the national catalogue. */
          codes: Type.Array(Type.String()),
          /** Parts of names of fields, without regard to accents and case: fields of later catalogues are found too. */
          names: Type.Array(Type.String()),
          /** Percent aimed at, with its source in the comment of the file. */
          target: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
        },
        { additionalProperties: false },
      ),
    ),
    source: Type.String(),
    verified: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type FieldGroup = Static<typeof GroupFile>['groups'][number];

/** Of what fits none. */
export const OTHER_GROUP = 'other';

/** The group of a field: by code first, then by a part of the name in the order of the file. */
export function groupOf(groups: readonly FieldGroup[], fieldCode: string, fieldName: string): string {
  const byCode = groups.find((group) => group.codes.includes(fieldCode));
  if (byCode) return byCode.id;
  const name = foldVietnamese(fieldName);
  return groups.find((group) => group.names.some((part) => name.includes(foldVietnamese(part))))?.id ?? OTHER_GROUP;
}
