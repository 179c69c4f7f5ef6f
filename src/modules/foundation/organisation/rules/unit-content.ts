import { type Static, Type } from 'typebox';
import { addDays, type Day } from '../../../../core/time/index.ts';
import {
  CODE_SCHEMES,
  type CodeScheme,
  SUCCESSION_KINDS,
  type SuccessionKind,
  UNIT_LEVELS,
  UNIT_TYPES,
  type UnitLevel,
  type UnitType,
} from './unit.ts';
import { nameInSentence } from './unit-name.ts';

const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const anyOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.Union(values.map((value) => Type.Literal(value))));
const Sources = Type.Record(Type.String(), Type.Object({ text: Type.String(), verified: Type.Boolean() }));

const VersionShape = {
  name: Type.String({ minLength: 1 }),
  kind: Type.String({ minLength: 1 }),
  parent: Type.Optional(Type.String()),
  from: Type.Optional(DayText),
  to: Type.Optional(DayText),
};
const UnitNode = Type.Object(
  {
    key: Type.String({ minLength: 1 }),
    type: Type.Optional(anyOf(UNIT_TYPES)),
    level: Type.Optional(anyOf(UNIT_LEVELS)),
    name: Type.Optional(VersionShape.name),
    kind: Type.Optional(VersionShape.kind),
    parent: VersionShape.parent,
    from: VersionShape.from,
    to: VersionShape.to,
    versions: Type.Optional(Type.Array(Type.Object(VersionShape, { additionalProperties: false }), { minItems: 1 })),
    gso: Type.Optional(Type.String()),
    codes: Type.Optional(
      Type.Array(
        Type.Object(
          {
            scheme: anyOf(CODE_SCHEMES),
            code: Type.String(),
            from: Type.Optional(DayText),
            to: Type.Optional(DayText),
            source: Type.Optional(Type.String()),
            verified: Type.Optional(Type.Boolean()),
          },
          { additionalProperties: false },
        ),
      ),
    ),
  },
  { additionalProperties: false },
);
const SuccessionNode = Type.Object(
  {
    date: DayText,
    kind: anyOf(SUCCESSION_KINDS),
    from: Type.Array(Type.String(), { minItems: 1 }),
    to: Type.Array(Type.String()),
    source: Type.String(),
    partial: Type.Optional(Type.Boolean()),
    note: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);

/** A file of territorial units in `content/units`: short forms for one name (`name`, `kind`, `parent`) or several `versions`. */
export const UnitFile = Type.Object(
  {
    id: Type.String(),
    /** Units that state no beginning are recorded from this day on; what came before is not told. */
    recordBegins: DayText,
    sources: Sources,
    defaults: Type.Object({
      type: Type.Optional(anyOf(UNIT_TYPES)),
      level: Type.Optional(anyOf(UNIT_LEVELS)),
      to: Type.Optional(DayText),
    }),
    units: Type.Array(UnitNode),
    successions: Type.Optional(Type.Array(SuccessionNode)),
  },
  { additionalProperties: false },
);
export type UnitFile = Static<typeof UnitFile>;

const OfficeNode = Type.Object(
  {
    code: Type.String(),
    name: Type.String({ minLength: 1 }),
    kind: Type.String(),
    serves: Type.Optional(Type.Array(Type.String())),
    type: anyOf(UNIT_TYPES),
    source: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);

/** `content/units/offices.yaml`: what hangs below an administrative unit in an era, and where the templates apply. */
export const OfficeFile = Type.Object(
  {
    id: Type.String(),
    sources: Sources,
    templates: Type.Record(
      Type.String(),
      Type.Object(
        {
          name: Type.String(),
          levels: Type.Array(anyOf(UNIT_LEVELS)),
          from: DayText,
          to: Type.Optional(DayText),
          source: Type.String(),
          offices: Type.Array(OfficeNode),
        },
        { additionalProperties: false },
      ),
    ),
    apply: Type.Array(
      Type.Object({ template: Type.String(), units: Type.Array(Type.String()) }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
);
export type OfficeFile = Static<typeof OfficeFile>;
export type OfficeTemplate = OfficeFile['templates'][string];

export type ContentVersion = {
  readonly name: string;
  readonly level: UnitLevel;
  readonly type: UnitType;
  readonly kind: string;
  readonly serves: readonly string[];
  readonly parentKey: string | null;
  readonly validFrom: Day;
  readonly validTo: Day | null;
};
export type ContentCode = {
  readonly scheme: CodeScheme;
  readonly code: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly source: string | null;
  readonly verified: boolean;
};

/** A unit of content, ready to be stored: `key` finds it again on the next load. */
export type ContentUnit = {
  readonly key: string;
  readonly versions: readonly ContentVersion[];
  readonly codes: readonly ContentCode[];
};
export type ContentSuccession = {
  readonly key: string;
  readonly date: Day;
  readonly kind: SuccessionKind;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly partial: boolean;
  readonly source: string;
  readonly verified: boolean;
  readonly note: string | null;
};

const laterOf = (a: Day, b: Day): Day => (a > b ? a : b);
const earlierOf = (a: Day | null, b: Day | null): Day | null => (a === null ? b : b === null || a < b ? a : b);

/** Writes the short forms of a file out in full. Nothing is checked here; see `checkContentUnits`. */
export function expandUnitFile(file: UnitFile): {
  readonly units: readonly ContentUnit[];
  readonly successions: readonly ContentSuccession[];
} {
  const units = file.units.map((node): ContentUnit => {
    const stated = node.versions ?? [
      { name: node.name ?? '', kind: node.kind ?? '', parent: node.parent, from: node.from, to: node.to },
    ];
    const versions = stated.map(
      (v, index): ContentVersion => ({
        name: v.name,
        kind: v.kind,
        level: node.level ?? file.defaults.level ?? 'commune',
        type: node.type ?? file.defaults.type ?? 'administrative',
        serves: [],
        parentKey: v.parent ?? node.parent ?? null,
        validFrom:
          v.from ??
          (index === 0 ? (node.from ?? file.recordBegins) : addDays(stated[index - 1]?.to ?? file.recordBegins, 1)),
        validTo: v.to ?? file.defaults.to ?? null,
      }),
    );
    const [first, last] = [versions[0]?.validFrom ?? file.recordBegins, versions.at(-1)?.validTo ?? null];
    const codes: ContentCode[] = (node.codes ?? []).map((c) => ({
      scheme: c.scheme,
      code: c.code,
      validFrom: c.from ?? first,
      validTo: c.to ?? last,
      source: c.source === undefined ? null : (file.sources[c.source]?.text ?? c.source),
      verified: c.verified ?? true,
    }));
    if (node.gso !== undefined)
      codes.unshift({ scheme: 'gso', code: node.gso, validFrom: first, validTo: last, source: null, verified: true });
    return { key: node.key, versions, codes };
  });
  const successions = (file.successions ?? []).map(
    (s): ContentSuccession => ({
      key: [s.date, s.kind, s.from.join('+'), s.to.join('+')].join(' '),
      date: s.date,
      kind: s.kind,
      from: s.from,
      to: s.to,
      partial: s.partial ?? false,
      source: file.sources[s.source]?.text ?? s.source,
      verified: file.sources[s.source]?.verified ?? false,
      note: s.note ?? null,
    }),
  );
  return { units, successions };
}

/**
 * Offices of a template below one unit. They live as long as both the template and the unit do, and are named after
 * the unit (`{unit}` → `huyện Hiệp Đức`).
 */
export function officesOf(template: OfficeTemplate, unit: ContentUnit): readonly ContentUnit[] {
  return template.offices.flatMap((office): ContentUnit[] => {
    const versions = unit.versions.flatMap((v): ContentVersion[] => {
      const validFrom = laterOf(v.validFrom, template.from);
      const validTo = earlierOf(v.validTo, template.to ?? null);
      if (validTo !== null && validTo < validFrom) return [];
      const name = office.name.replace('{unit}', nameInSentence(v.name));
      return [
        {
          name,
          level: v.level,
          type: office.type,
          kind: office.kind,
          serves: office.serves ?? [],
          parentKey: unit.key,
          validFrom,
          validTo,
        },
      ];
    });
    return versions.length === 0 ? [] : [{ key: `${unit.key}/${office.code}`, versions, codes: [] }];
  });
}
