import fc from 'fast-check';
import type { CommandKind } from './commands.ts';
import type { Limit } from './context.ts';
import type { Decision } from './decision.ts';
import { decideMove, decideMoveBack, decideReappoint } from './due-moves.ts';
import { deriveLedger, type LedgerSegment, type LedgerTask } from './ledger.ts';
import { legalCommands } from './legal.ts';
import { EMPTY_STATE } from './state.ts';
import {
  act,
  begin,
  CALENDAR,
  calendarOff,
  commandOf,
  contextAt,
  FULL_PLAN,
  PEOPLE,
  PLAN_WITHOUT_NUMBER,
  START,
  type Walk,
  type World,
} from './walk.test-support.ts';

const days = (amount: number) => ({ unit: 'working-day' as const, amount });
const LIMITS: readonly Limit[] = [
  { allow: days(3), supplementPolicy: 'pause' },
  { allow: days(3), supplementPolicy: 'restart' },
  { allow: days(3), phases: [days(3), days(2)], supplementPolicy: 'pause' },
  { allow: { unit: 'same-day' }, supplementPolicy: 'restart' },
  { allow: { unit: 'day', amount: 10 }, supplementPolicy: 'pause' },
];

export type Pick = { readonly choice: number; readonly wait: number; readonly refuse: boolean };
export const worlds = fc.record({
  plan: fc.constantFrom(FULL_PLAN, PLAN_WITHOUT_NUMBER),
  limit: fc.constantFrom(...LIMITS),
  resultMethod: fc.constantFrom('desk', 'post', 'electronic'),
}) as fc.Arbitrary<World>;
/** Waits are whole seconds and often none at all: acts in the same second are the ones that break clocks. */
export const picks = fc.array(
  fc.record({
    choice: fc.noBias(fc.integer({ min: 0, max: 99_999 })),
    wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 * 86_400 })),
    refuse: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40, size: 'max' },
);

/** What brings a dossier on. Most steps choose among these, else no walk would ever come to a result. */
const ONWARD: readonly CommandKind[] = [
  'receive',
  'complete',
  'accept-supplement',
  'settle-finance',
  'resume',
  'draft-result',
  'forward',
  'approve',
  'number',
  'hand-over',
];

/** The ledger as the store keeps it: what each decision adds, and what it closes. */
export type Stored = { tasks: LedgerTask[]; segments: LedgerSegment[] };

function keep(stored: Stored, before: Walk, after: Walk): Stored {
  const first = before.actions.length === 0;
  const added = deriveLedger(first ? EMPTY_STATE : before.state, after.actions.slice(before.actions.length));
  const { closedTask, assignedTask, closeSegmentAt } = added;
  return {
    tasks: [
      ...stored.tasks.map((task) => {
        if (task.seq === closedTask?.seq && task.endedAt === null) return { ...task, endedAt: closedTask.at };
        return task.seq === assignedTask?.seq ? { ...task, staffId: assignedTask.staffId } : task;
      }),
      ...added.tasks,
    ],
    segments: [
      ...stored.segments.map((s) => (s.endedAt === null && closeSegmentAt ? { ...s, endedAt: closeSegmentAt } : s)),
      ...added.segments,
    ],
  };
}

const OTHER_CALENDAR = calendarOff('2023-08-23', '2023-08-28', '2023-08-29', '2023-09-01', '2023-09-12');
const DAY_MS = 86_400_000;

/**
 * Now and then a promise moves by decision: by a re-appointment, or because the calendar changed (and back again).
 * Undefined where the turn is an ordinary command's.
 */
function moveOf(walk: Walk, now: Date, choice: number, world: World): { walk: Walk; world: World } | undefined {
  const lay = (decision: Decision): Walk | undefined =>
    decision.ok ? { state: decision.state, actions: [...walk.actions, ...decision.actions] } : undefined;
  if (choice % 6 === 1) {
    const newDueAt = new Date(Math.max(now.getTime(), walk.state.dueCurrent?.getTime() ?? 0) + (choice % 8) * DAY_MS);
    const wish = { newDueAt, reason: 'Lý do', apologyId: 'a' };
    const next = lay(decideReappoint(walk.state, contextAt(now, 'system', world), wish));
    return next && { walk: next, world };
  }
  if (choice % 11 === 2) {
    const last = walk.actions.at(-1);
    const back = last && choice % 2 === 0 ? lay(decideMoveBack(walk.state, now, last, { planId: 'plan' })) : undefined;
    const to = { ...world, calendar: world.calendar === OTHER_CALENDAR ? CALENDAR : OTHER_CALENDAR };
    const move = { planId: 'plan', fromRevisionId: 'from', toRevisionId: 'to' };
    const next = back ?? lay(decideMove(walk.state, contextAt(now, 'system', to), move));
    return next && { walk: next, world: to };
  }
  return undefined;
}

/** A random legal walk; `visit` sees every state with the ledger stored so far. */
export function walkThrough(
  from: World,
  chosen: readonly Pick[],
  visit: (walk: Walk, stored: Stored, world: World) => void,
): void {
  let walk = begin();
  let world = from;
  let stored = keep({ tasks: [], segments: [] }, { state: EMPTY_STATE, actions: [] }, walk);
  let now = START;
  visit(walk, stored, world);
  for (const { choice, wait, refuse } of chosen) {
    now = new Date(now.getTime() + wait * 1000);
    const moved = moveOf(walk, now, choice, world);
    if (moved) {
      stored = keep(stored, walk, moved.walk);
      ({ walk, world } = moved);
      visit(walk, stored, world);
      continue;
    }
    const open: (readonly [string, CommandKind])[] = [];
    for (const who of Object.keys(PEOPLE)) {
      for (const kind of legalCommands(walk.state, { ...contextAt(now, who, world) })) {
        // Endings are rare in life, and would end most walks at once.
        const endings: CommandKind[] = ['withdraw', 'refuse', 'stop'];
        if (!endings.includes(kind) || choice % 9 === 0) open.push([who, kind]);
      }
    }
    const onward = open.filter(([, kind]) => ONWARD.includes(kind));
    // A draft that exists is sent on, rather than written again.
    const sent = onward.filter(([, kind]) => kind !== 'draft-result');
    const among = choice % 4 !== 0 && onward.length > 0 ? (sent.length > 0 ? sent : onward) : open;
    const picked = among[(choice >> 2) % Math.max(1, among.length)];
    if (!picked) return;
    const [who, kind] = picked;
    const extra = {
      result: refuse ? 'refused' : 'granted',
      forward: refuse,
      // Handing on and back leaves the step to the role; only an assignment names somebody.
      staffId: kind === 'forward' || kind === 'return-step' ? undefined : refuse ? 'officer' : 'colleague',
    };
    const before = walk;
    walk = act(walk, who, commandOf(kind, extra), now, world);
    stored = keep(stored, before, walk);
    visit(walk, stored, world);
  }
}
