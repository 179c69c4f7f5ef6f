import { type Static, Type } from 'typebox';
import { addDays, type Day } from '../../../../core/time/index.ts';

/**
 * A regime is the law of one ASPECT on one day (contracts §4.5): which form set, which code generator, which channels.
 * It is resolved for the day that matters to the question: time limit and code by the day of reception, letterhead and
 * form by the day of the act. Never by "today".
 */
export const RegimeValues = Type.Object(
  {
    forms: Type.Object({ set: Type.String() }),
    'dossier-code': Type.Object({
      generator: Type.Union([Type.Literal('old'), Type.Literal('tt03-2025'), Type.Literal('tt04-2025')]),
      /** Which code of the unit opens the dossier code: `tt10` = 000.00.NN.Hxx, `qd20` = Hxx.NN. */
      unitScheme: Type.Union([Type.Literal('tt10'), Type.Literal('qd20')]),
      sequenceDigits: Type.Integer({ minimum: 4 }),
      example: Type.String(),
      centralised: Type.Optional(Type.Object({ generator: Type.Literal('tt04-2025'), example: Type.String() })),
    }),
    channels: Type.Object({
      desk: Type.Boolean(),
      post: Type.Boolean(),
      onlineFiling: Type.Union([Type.Literal('local-portal'), Type.Literal('national-portal')]),
      nationalPortalUrl: Type.Optional(Type.String()),
      /** Whether a marked training mode may still file locally (contracts §3). */
      trainingMode: Type.Boolean(),
      nonTerritorial: Type.Boolean(),
      processedBy: Type.Optional(Type.Array(Type.String())),
    }),
    'sign-in': Type.Object({
      accounts: Type.Array(Type.Union([Type.Literal('national-portal'), Type.Literal('vneid')])),
      guestFiling: Type.Boolean(),
    }),
    supplement: Type.Object({
      policy: Type.Union([Type.Literal('pause'), Type.Literal('restart')]),
      requestsAtIntake: Type.Integer({ minimum: 1 }),
      /** Working days the citizen is given to answer. */
      answerWorkingDays: Type.Integer({ minimum: 1 }),
      returnIneligibleWorkingDays: Type.Integer({ minimum: 1 }),
    }),
    classification: Type.Object({ rule: Type.Union([Type.Literal('by-date'), Type.Literal('by-instant')]) }),
    retention: Type.Object({ by: Type.Literal('procedure'), disposal: Type.String(), legalHold: Type.Boolean() }),
    'late-notice': Type.Object({
      /** A re-appointment is proposed at the latest this many days before the day of the due date. */
      noticeBeforeDue: Type.Object({
        amount: Type.Integer({ minimum: 0 }),
        unit: Type.Union([Type.Literal('working-day'), Type.Literal('day')]),
      }),
      reappointments: Type.Integer({ minimum: 0 }),
      publicApology: Type.Boolean(),
      /** Symbol after the number of the paper, `PXL` → `12/PXL-UBND`. */
      numberSymbol: Type.String({ pattern: '^[A-ZĐ]+$' }),
    }),
    handling: Type.Object({
      onlineAnswerWorkingHours: Type.Integer({ minimum: 1 }),
      forwardPaperWorkingDays: Type.Integer({ minimum: 1 }),
      /** Wall time in Vietnam, `HH:MM`; work received after it counts from the next working day where law says so. */
      dayCutOff: Type.String({ pattern: '^\\d{2}:\\d{2}$' }),
    }),
    levels: Type.Object({
      levels: Type.Array(Type.Union([Type.Literal('province'), Type.Literal('district'), Type.Literal('commune')])),
    }),
    'identity-papers': Type.Object({ citizenNumberLengths: Type.Array(Type.Integer()) }),
  },
  { additionalProperties: false },
);

type Values = Static<typeof RegimeValues>;
export type RegimeAspect = keyof Values;
export type RegimeValue<A extends RegimeAspect> = Values[A];

/** What an aspect says over a period. `validTo` is the last day in force (inclusive); none = still in force. */
export type RegimeEntry<A extends RegimeAspect = RegimeAspect> = {
  readonly id: string;
  readonly validFrom: Day;
  readonly validTo?: Day;
  readonly value: RegimeValue<A>;
  readonly source: string;
  readonly verified: boolean;
  readonly note?: string;
};

export type RegimeTable = { readonly [A in RegimeAspect]: readonly RegimeEntry<A>[] };

export type Resolved<A extends RegimeAspect> =
  | { readonly ok: true; readonly entry: RegimeEntry<A> }
  | { readonly ok: false; readonly code: 'regime/none-for-day'; readonly message: string };

/**
 * What an aspect says on a day. Both ends of a period are inclusive.
 * @param day a plain day, e.g. that of reception in Vietnam.
 * @example resolveRegime(table, 'forms', '2025-07-15') → the gap entry: 2018 set, `verified: false`.
 */
export function resolveRegime<A extends RegimeAspect>(table: RegimeTable, aspect: A, day: Day): Resolved<A> {
  const entries: readonly RegimeEntry<A>[] = table[aspect];
  const entry = entries.find((e) => e.validFrom <= day && (e.validTo === undefined || day <= e.validTo));
  if (entry) return { ok: true, entry };
  return { ok: false, code: 'regime/none-for-day', message: `Không có quy định “${aspect}” cho ngày ${day}.` };
}

/**
 * Periods of one aspect that overlap or leave a gap, told in Vietnamese; empty when every day from the first on has
 * exactly one answer.
 */
export function checkPeriods(
  aspect: string,
  entries: readonly { readonly id: string; readonly validFrom: Day; readonly validTo?: Day }[],
): readonly string[] {
  const sorted = [...entries].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  const problems: string[] = [];
  for (const [index, entry] of sorted.entries()) {
    const next = sorted[index + 1];
    if (entry.validTo !== undefined && entry.validTo < entry.validFrom)
      problems.push(`${aspect}/${entry.id}: ngày kết thúc trước ngày bắt đầu`);
    if (!next) {
      if (entry.validTo !== undefined) problems.push(`${aspect}/${entry.id}: không có quy định sau ${entry.validTo}`);
      continue;
    }
    if (entry.validTo === undefined || entry.validTo >= next.validFrom)
      problems.push(`${aspect}: ${entry.id} và ${next.id} chồng nhau`);
    else if (addDays(entry.validTo, 1) !== next.validFrom)
      problems.push(`${aspect}: thiếu quy định giữa ${entry.validTo} và ${next.validFrom}`);
  }
  return problems;
}
