import { type Static, Type } from 'typebox';

/** What happens at a rung: remind the holder, tell the head, require a cause, prepare the apology. */
export const Act = Type.Union([
  Type.Literal('remind'),
  Type.Literal('tell-head'),
  Type.Literal('require-cause'),
  Type.Literal('prepare-apology'),
]);
export type Act = Static<typeof Act>;
export const Colour = Type.Union([Type.Literal('green'), Type.Literal('amber'), Type.Literal('red')]);
export type Colour = Static<typeof Colour>;
/** From harmless to grave. */
const COLOURS: readonly Colour[] = ['green', 'amber', 'red'];

/** A rung (nấc): either a share of the time allowed, or so many working days before the due date. */
export const Rung = Type.Object(
  {
    /** Stable name; a warning is made once per rung, also when its share changes later. */
    id: Type.String({ pattern: '^[a-z0-9-]{1,20}$' }),
    /** Per cent of the working time allowed, above 0 to 500. */
    share: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    /** Opening of the working day so many working days before the due date; 0: the due date itself. */
    workingDaysBefore: Type.Optional(Type.Integer({ minimum: 0, maximum: 30 })),
    /** Only for limits of at least so many working days. */
    minLimitDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 365 })),
    colour: Colour,
    acts: Type.Array(Act, { maxItems: 4 }),
  },
  { additionalProperties: false },
);
export type Rung = Static<typeof Rung>;

const Rungs = Type.Array(Rung, { maxItems: 12 });
/** The rungs of a dossier as a whole and of each of its steps. */
export const LadderDefinition = Type.Object({ dossier: Rungs, step: Rungs }, { additionalProperties: false });
export type LadderDefinition = Static<typeof LadderDefinition>;
export type Subject = keyof LadderDefinition;

/** A fault of a definition: where, and a Vietnamese sentence. */
export type LadderFault = { readonly path: string; readonly message: string };

/** What is wrong with a definition beyond its shape; empty where it can be published. Order of rungs does not matter. */
export function findLadderFaults(definition: LadderDefinition): readonly LadderFault[] {
  return (['dossier', 'step'] as const).flatMap((subject) => faultsOf(subject, definition[subject]));
}

function faultsOf(subject: Subject, rungs: readonly Rung[]): LadderFault[] {
  const faults: LadderFault[] = [];
  const seen = new Set<string>();
  const places = new Set<string>();
  for (const [index, rung] of rungs.entries()) {
    const fault = (message: string): number => faults.push({ path: `${subject}.${index}`, message });
    if (seen.has(rung.id)) fault(`Có hai nấc cùng tên “${rung.id}”.`);
    seen.add(rung.id);
    if ((rung.share === undefined) === (rung.workingDaysBefore === undefined)) {
      fault('Mỗi nấc tính theo phần trăm hoặc theo số ngày làm việc trước hạn, đúng một trong hai.');
    }
    const place = `${rung.share ?? ''}/${rung.workingDaysBefore ?? ''}`;
    if (places.has(place)) fault('Có hai nấc cùng một chỗ trên thang.');
    places.add(place);
    if (new Set(rung.acts).size !== rung.acts.length) fault('Một việc được ghi hai lần ở cùng một nấc.');
    const late = rung.share !== undefined && rung.share >= 100;
    if (rung.acts.includes('require-cause') && !late) fault('Chỉ yêu cầu nguyên nhân khi đã hết hạn (từ 100 %).');
  }
  const shares = rungs.filter((rung) => rung.share !== undefined).sort((a, b) => (a.share ?? 0) - (b.share ?? 0));
  for (const [index, rung] of shares.entries()) {
    const before = shares[index - 1];
    if (before && COLOURS.indexOf(rung.colour) < COLOURS.indexOf(before.colour)) {
      faults.push({
        path: `${subject}.${rungs.indexOf(rung)}`,
        message: `Nấc ${rung.share} % không được nhẹ màu hơn nấc ${before.share} %.`,
      });
    }
  }
  return faults;
}

/**
 * How urgent a rung is, for sorting: the colour first, the dossier before its step, then how much of the time is used.
 * @example urgencyOf({ id: '80', share: 80, colour: 'amber', acts: [] }, 'dossier') === 3080
 */
export function urgencyOf(rung: Rung, subject: Subject): number {
  const used = rung.share ?? Math.max(0, 99 - 5 * (rung.workingDaysBefore ?? 0));
  return COLOURS.indexOf(rung.colour) * 2000 + (subject === 'dossier' ? 1000 : 0) + used;
}
