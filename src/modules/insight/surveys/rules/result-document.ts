import Type, { type Static } from 'typebox';
import { Day, Nullable } from '../../../../core/contract/fields.ts';

const Estimate = Type.Object({
  n: Type.Integer(),
  percent: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
});
/** `n` and `result` are null where too few have answered (`hidden`); `n` 0 with a null result: nobody has. */
const shown = { n: Nullable(Type.Integer()), hidden: Type.Boolean(), result: Nullable(Estimate) };
const Spread = Nullable(Type.Array(Type.Object({ id: Type.String(), text: Type.String(), n: Type.Integer() })));
const place = { frame: Type.Integer(), name: Type.String(), ...shown };

/** What is frozen when a survey closes: everything the results page, the export and other modules show. */
export const SurveyResults = Type.Object({
  code: Type.String(),
  name: Type.String(),
  unitName: Type.String(),
  formName: Type.String(),
  formDigest: Type.String(),
  index: Type.String(),
  source: Type.String(),
  verified: Type.Boolean(),
  finishedFrom: Day,
  finishedTo: Day,
  openFrom: Day,
  openTo: Day,
  seed: Type.String(),
  drawn: Type.Integer(),
  walkIns: Type.Integer(),
  papersDropped: Type.Integer(),
  channels: Type.Array(Type.Object({ channel: Type.String(), n: Type.Integer() })),
  minimum: Type.Integer(),
  weighted: Type.Boolean(),
  frame: Type.Integer(),
  overall: Type.Object(shown),
  factors: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), ...shown })),
  criteria: Type.Array(
    Type.Object({
      id: Type.String(),
      text: Type.String(),
      factorId: Type.String(),
      mean: Nullable(Type.Number()),
      spread: Spread,
      ...shown,
    }),
  ),
  units: Type.Array(Type.Object({ unitId: Type.String(), ...place })),
  /** What those below a unit between who holds it and those asked found together. Absent: closed before it was frozen. */
  together: Type.Optional(
    Type.Array(
      Type.Object({
        unitId: Type.String(),
        pooled: Type.Integer(),
        ...place,
        /** The same of each group of fields. Absent as above. */
        groups: Type.Optional(Type.Array(Type.Object({ groupId: Type.String(), ...place }))),
      }),
    ),
  ),
  groups: Type.Array(Type.Object({ groupId: Type.String(), target: Nullable(Type.Number()), ...place })),
  cells: Type.Array(Type.Object({ unitId: Type.String(), groupId: Type.String(), ...shown })),
  others: Type.Array(Type.Object({ id: Type.String(), text: Type.String(), spread: Spread })),
});
export type SurveyResults = Static<typeof SurveyResults>;
