import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;

/**
 * Level of government: `bo` ministry, `tinh` province, `huyen` district (until 30/6/2025), `xa` commune. The composition
 * root fits them to the levels of units.
 */
export const Level = Type.Union([Type.Literal('bo'), Type.Literal('tinh'), Type.Literal('huyen'), Type.Literal('xa')]);
export type Level = Static<typeof Level>;

/** How a dossier reaches the desk (kênh): national codes 1 direct, 2 online, 3 public post. */
export const Channel = Type.Union([Type.Literal('desk'), Type.Literal('online'), Type.Literal('post')]);
export type Channel = Static<typeof Channel>;

/** Area (địa bàn): `difficult` = mountainous, border, island communes for which some laws give longer limits. */
export const Area = Type.Union([Type.Literal('normal'), Type.Literal('difficult')]);
export type Area = Static<typeof Area>;

/** Units of time of contracts §1; see `core/working-time` for what each means. */
export const AllowanceUnit = Type.Union([
  Type.Literal('working-day'),
  Type.Literal('working-hour'),
  Type.Literal('clock-hour'),
  Type.Literal('day'),
  Type.Literal('month'),
  Type.Literal('same-day'),
]);
export type AllowanceUnit = Static<typeof AllowanceUnit>;

/**
 * A length of time. `amount` is in `unit` (0.5 working days is fine, at most 3 decimals) and is left out for `same-day`;
 * `cutOff` (`HH:MM`, inclusive, Vietnamese time) belongs to `same-day` only. Example: `{unit:'working-day', amount:3}`.
 */
export const TimeAllowance = Type.Object(
  {
    unit: AllowanceUnit,
    amount: Type.Optional(Type.Number({ minimum: 0, maximum: 3650 })),
    cutOff: Type.Optional(Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?$' })),
  },
  closed,
);
export type TimeAllowance = Static<typeof TimeAllowance>;

/** Lower-case identifier, stable over revisions: what a diff, a dossier and a form refer to. */
export const StableId = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._~-]{0,79}$' });

/** One case (trường hợp) of a procedure, told apart at intake. */
export const ProcedureCase = Type.Object(
  {
    /** National case code (`1.004873.01`) or an id of our own. */
    id: StableId,
    name: Type.String({ minLength: 1, maxLength: 2000 }),
    /** CEL over the form's values: true where the case applies. Left out: the clerk or the citizen chooses. */
    condition: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  closed,
);
export type ProcedureCase = Static<typeof ProcedureCase>;

/**
 * Statutory limit (thời hạn giải quyết). Qualifiers left out mean "any"; the most specific entry wins
 * (see `resolveTimeLimit`). Exactly one of `allow` and `phases` is given.
 */
export const TimeLimit = Type.Object(
  {
    case: Type.Optional(StableId),
    area: Type.Optional(Area),
    channel: Type.Optional(Channel),
    allow: Type.Optional(TimeAllowance),
    /** Two-phase limits (land with financial obligations): the second runs from proof of payment. */
    phases: Type.Optional(Type.Array(TimeAllowance, { minItems: 2, maxItems: 2 })),
    /** What a supplement does to the clock: `pause` resumes, `restart` counts the whole allowance anew. */
    supplementPolicy: Type.Optional(Type.Union([Type.Literal('pause'), Type.Literal('restart')])),
    /** Wording for the public page where the figures do not say all. */
    note: Type.Optional(Type.String({ maxLength: 4000 })),
    /** Law or decision that sets the limit. */
    source: Type.Optional(Type.String({ maxLength: 500 })),
    verified: Type.Boolean(),
  },
  closed,
);
export type TimeLimit = Static<typeof TimeLimit>;

/** Somebody who pays nothing although the fee is due (miễn). */
export const FeeExemption = Type.Object(
  {
    id: StableId,
    name: Type.String({ minLength: 1, maxLength: 500 }),
    /** CEL over the same names as the fee rule. */
    condition: Type.String({ minLength: 1, maxLength: 2000 }),
  },
  closed,
);
export type FeeExemption = Static<typeof FeeExemption>;

/** One phí or lệ phí. Either a fixed `amountVnd` or a `rule`. */
export const Fee = Type.Object(
  {
    id: StableId,
    name: Type.String({ minLength: 1, maxLength: 500 }),
    /** `fee` = phí (price of a service), `charge` = lệ phí (duty laid down by law). */
    kind: Type.Union([Type.Literal('fee'), Type.Literal('charge')]),
    /** Whole đồng. */
    amountVnd: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 })),
    /**
     * CEL giving whole đồng, over the form's fields by id, `channel` and `caseId`; repeated sections are lists:
     * `sum(documents.map(d, d.copies * 2000))`.
     */
    rule: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
    channel: Type.Optional(Channel),
    case: Type.Optional(StableId),
    description: Type.Optional(Type.String({ maxLength: 8000 })),
    payWhen: Type.Union([Type.Literal('intake'), Type.Literal('result')]),
    /** The provincial people's council sets the amount (do HĐND cấp tỉnh quyết định): ours is only the default. */
    setByProvince: Type.Optional(Type.Boolean()),
    /** A price in another currency is told, never charged by this system. Example: `{amount:10, currency:'USD'}`. */
    foreign: Type.Optional(Type.Object({ amount: Type.Number(), currency: Type.String({ maxLength: 40 }) }, closed)),
    exemptions: Type.Optional(Type.Array(FeeExemption, { maxItems: 20 })),
    source: Type.Optional(Type.String({ maxLength: 500 })),
    verified: Type.Boolean(),
  },
  closed,
);
export type Fee = Static<typeof Fee>;
