import Type, { type Static } from 'typebox';

const DAY = '^\\d{4}-\\d{2}-\\d{2}$';
const closed = { additionalProperties: false };
/** A filter: one of these values or several. */
const someOf = <const T extends readonly string[]>(...values: T) =>
  Type.Optional(Type.Array(Type.Enum(values), { minItems: 1 }));

/**
 * One group of dossiers counted. `at` says by which of their days: `received`, `ended`, `due` (present due
 * day) within the period; `open-at-start` received before it and not ended then; `open-at-end` received and not ended on its last day. Groups of one side never
 * overlap, so that their rows are the number (linter).
 */
export const DossierTerm = Type.Object(
  {
    fact: Type.Literal('dossier'),
    at: Type.Union([
      Type.Literal('received'),
      Type.Literal('ended'),
      Type.Literal('due'),
      Type.Literal('open-at-start'),
      Type.Literal('open-at-end'),
    ]),
    where: Type.Optional(
      Type.Object(
        {
          channel: someOf('desk', 'online', 'post'),
          /** Class of the ended; of the due also `open`: not ended yet. */
          class: someOf('early', 'on-time', 'late', 'open'),
          /** '': ended without an outcome of its own. */
          outcome: someOf('granted', 'refused', 'withdrawn', 'stopped', ''),
          /** Of the late: answered by an apology, exempted, or neither. */
          answer: someOf('none', 'apology', 'exempted'),
          /** Of the open at the end: whether past the present due date. */
          late: Type.Optional(Type.Boolean()),
          /** Of the ended: those whose whole processing is measured in working minutes. */
          measured: Type.Optional(Type.Literal(true)),
          /** Of the received: level of the online service of the procedure as it then was (toàn trình, một phần, không). */
          serviceLevel: someOf('full', 'partial', 'none'),
          /** Of the received: some paper used again, some paper as a file, or paper only. */
          papers: someOf('paper', 'digital', 'reused'),
          /** Of the received: nothing to pay, not paid yet, in cash, some of it moved or by card, or some of it online on a platform for payment. */
          payment: someOf('free', 'unpaid', 'cash', 'cashless', 'online'),
          /** Of the received: how the result was handed over; `none`: not yet, or there is none. */
          returned: someOf('none', 'desk', 'post', 'electronic'),
          /** Of the received: filed from an account the national identity has verified (mức 2 trở lên), or not. */
          account: someOf('verified', 'none'),
          /** Of the received: on time by the named rule of Decision 766. */
          onTime766: Type.Optional(Type.Boolean()),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type DossierTerm = Static<typeof DossierTerm>;

/** Visits of dossiers to steps, counted on the day the step was left. */
export const VisitTerm = Type.Object(
  {
    fact: Type.Literal('visit'),
    at: Type.Literal('left'),
    where: Type.Optional(
      Type.Object(
        {
          /** To the limit of the step as it was last; `untimed`: it had none, or it had passed when the dossier came. */
          class: someOf('on-time', 'late', 'untimed'),
          /** How the dossier went on; `taken-back`: who had sent it took it back before it was read. */
          way: someOf('onward', 'returned', 'taken-back'),
          /** Those whose stay is measured in working minutes. */
          measured: Type.Optional(Type.Literal(true)),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type VisitTerm = Static<typeof VisitTerm>;

/** All terms of a metric name the same fact (linter). What a fact can be counted, filtered and told apart by: `FACTS`. */
export const Term = Type.Union([DossierTerm, VisitTerm]);
export type Term = Static<typeof Term>;

/** A metric as content: what is counted over what, from when on, by which source. */
export const MetricDefinition = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,59}$' }),
    name: Type.String({ minLength: 1 }),
    /** What it says, for people. */
    meaning: Type.String({ minLength: 1 }),
    validFrom: Type.String({ pattern: DAY }),
    validTo: Type.Optional(Type.String({ pattern: DAY })),
    source: Type.String({ minLength: 1 }),
    verified: Type.Boolean(),
    note: Type.Optional(Type.String({ minLength: 1 })),
    unit: Type.Union([Type.Literal('percent'), Type.Literal('count'), Type.Literal('working-minutes')]),
    decimals: Type.Integer({ minimum: 0, maximum: 6 }),
    /** `none`: neither direction is the better one. */
    direction: Type.Union([Type.Literal('higher'), Type.Literal('lower'), Type.Literal('none')]),
    /** What nothing below the line means. There is one answer yet: no data. */
    zeroDenominator: Type.Optional(Type.Literal('no-data')),
    numerator: Type.Object(
      {
        /**
         * What is added up instead of dossiers or visits: `lateness-minutes` working minutes past the due instant,
         * `work-minutes` working minutes from reception to the end of processing, or of the stay at the step, without stops of
         * the clock.
         */
        measure: Type.Optional(
          Type.Union([Type.Literal('count'), Type.Literal('lateness-minutes'), Type.Literal('work-minutes')]),
        ),
        terms: Type.Array(Term, { minItems: 1 }),
      },
      closed,
    ),
    denominator: Type.Optional(Type.Object({ terms: Type.Array(Term, { minItems: 1 }) }, closed)),
  },
  closed,
);
export type MetricDefinition = Static<typeof MetricDefinition>;

export const MetricFile = Type.Object({ metrics: Type.Array(MetricDefinition, { minItems: 1 }) }, closed);
