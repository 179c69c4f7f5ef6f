import Type, { type Static } from 'typebox';

const Text = Type.String({ minLength: 1, maxLength: 600 });
const Numbers = Type.Record(Type.String(), Type.Number());
/** A unit by its statistical code on a day, because a code names another unit in another era. */
const UnitRef = Type.Object({ name: Text, gso: Type.String(), on: Type.String() }, { additionalProperties: false });

/** One publication of one index: who published which places for a year. Rows are those we know, `population` all that were ranked. */
const Publication = Type.Object(
  {
    id: Type.String(),
    family: Type.String(),
    set: Type.Optional(Type.String()),
    name: Text,
    year: Type.Integer(),
    level: Type.String(),
    owner: Text,
    max: Type.Number(),
    population: Type.Union([Type.Integer(), Type.Null()]),
    source: Text,
    verified: Type.Boolean(),
    note: Type.Optional(Text),
    rows: Type.Array(
      Type.Object(
        {
          unit: UnitRef,
          total: Type.Union([Type.Number(), Type.Null()]),
          rank: Type.Optional(Type.Integer({ minimum: 1 })),
          band: Type.Optional(Type.String()),
          parts: Type.Optional(Numbers),
          domains: Type.Optional(Numbers),
          /** The total is ours, worked out from what was published (suy ra). */
          derived: Type.Optional(Type.Boolean()),
          /** So are the percentages of the parts. */
          derivedParts: Type.Optional(Type.Boolean()),
          source: Type.Optional(Text),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type Publication = Static<typeof Publication>;

/** Figures of several units beside each other, each with its own period and source: shown, never added up or ranked. */
const Comparison = Type.Object(
  {
    id: Type.String(),
    name: Text,
    note: Text,
    units: Type.Array(Type.Object({ id: Type.String(), unit: UnitRef, source: Text }, { additionalProperties: false })),
    figures: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          name: Text,
          unit: Type.Enum(['points', 'percent', 'count']),
          values: Type.Record(
            Type.String(),
            Type.Object(
              {
                value: Type.Number(),
                period: Text,
                /** `>` where only a bound was published, `≥` of a target. */
                bound: Type.Optional(Type.Enum(['>', '≥'])),
                derived: Type.Optional(Type.Boolean()),
                note: Type.Optional(Text),
              },
              { additionalProperties: false },
            ),
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type Comparison = Static<typeof Comparison>;

export const PublishedFile = Type.Object(
  {
    publications: Type.Array(Publication),
    comparisons: Type.Optional(Type.Array(Comparison)),
  },
  { additionalProperties: false },
);

/** Faults of a file of published figures; the first word is the place. */
export function lintPublished({ publications, comparisons = [] }: Static<typeof PublishedFile>): string[] {
  const found: string[] = [];
  for (const each of publications) {
    for (const { unit, rank, total } of each.rows) {
      const place = `${each.id}/${unit.name}:`;
      if (total !== null && total > each.max) found.push(`${place} điểm ${total} lớn hơn mức tối đa ${each.max}`);
      if (rank !== undefined && each.population !== null && rank > each.population)
        found.push(`${place} hạng ${rank} ngoài ${each.population} đơn vị`);
    }
  }
  for (const each of comparisons) {
    const known = new Set(each.units.map((unit) => unit.id));
    for (const figure of each.figures) {
      for (const id of Object.keys(figure.values))
        if (!known.has(id)) found.push(`${each.id}/${figure.id}: không có đơn vị ${id}`);
    }
  }
  return found;
}
