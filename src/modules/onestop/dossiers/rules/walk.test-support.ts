import { type CompiledCalendar, compileCalendar } from '../../../../core/working-time/index.ts';
import type { Command, CommandKind } from './commands.ts';
import type { DecisionContext, Limit, Performer, PlannedStep } from './context.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import { type Action, type DossierState, EMPTY_STATE, replay } from './state.ts';

export const DESK = 'unit-desk';
export const OFFICE = 'unit-office';
export const AUTHORITY = 'unit-authority';

/** Mon–Fri, 8 hours, but for the given days. */
export function calendarOff(...days: readonly string[]): CompiledCalendar {
  const hours = [
    ['07:00', '11:30'],
    ['13:30', '17:00'],
  ];
  const compiled = compileCalendar({
    timeZone: 'Asia/Ho_Chi_Minh',
    week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, hours])),
    exceptions: days.map((date) => ({ date, kind: 'off' })),
  });
  if (!compiled.ok) throw new Error('calendar of the tests');
  return compiled.calendar;
}
/** Mon–Fri, 8 hours. */
export const CALENDAR = calendarOff();

const days = (amount: number) => ({ unit: 'working-day' as const, amount });
const step = (id: string, kind: PlannedStep['kind'], role: string, unitId: string, amount: number): PlannedStep => ({
  id,
  name: id,
  kind,
  role,
  unitId,
  allow: days(amount),
});

/** Three working days: desk, officer, head, chairman, clerk, desk. */
export const FULL_PLAN: readonly PlannedStep[] = [
  step('tiep-nhan', 'receive', 'receiver', DESK, 0.5),
  step('tham-tra', 'process', 'officer', OFFICE, 1),
  step('soat-xet', 'review', 'head-of-office', OFFICE, 0.5),
  step('ky', 'approve', 'chairman', AUTHORITY, 0.5),
  step('vao-so', 'number', 'clerk', AUTHORITY, 0.5),
  step('tra', 'hand-over', 'returner', DESK, 0),
];

/** The same without a clerk: the signature decides. */
export const PLAN_WITHOUT_NUMBER = FULL_PLAN.filter((planned) => planned.kind !== 'number');

type Right = readonly [permission: string, unitId: string];
const person = (name: string, staff: boolean, rights: readonly Right[], more: Partial<Performer> = {}): Performer => ({
  ref: staff ? `staff:${name}` : name,
  staffId: staff ? name : null,
  title: null,
  owner: false,
  system: false,
  may: (permission, unitId) => rights.some(([p, u]) => p === permission && u === unitId),
  ...more,
});

/** Who appears in the tables. */
export const PEOPLE: Readonly<Record<string, Performer>> = {
  desk: person('desk', true, [
    ['dossier.receive', DESK],
    ['dossier.hand-over', DESK],
  ]),
  officer: person('officer', true, [['dossier.process', OFFICE]]),
  colleague: person('colleague', true, [['dossier.process', OFFICE]]),
  head: person('head', true, [
    ['dossier.review', OFFICE],
    ['dossier.process', OFFICE],
    ['dossier.reassign', OFFICE],
  ]),
  chairman: person('chairman', true, [
    ['dossier.approve', AUTHORITY],
    ['dossier.reappoint', AUTHORITY],
    ['dossier.reassign', AUTHORITY],
  ]),
  clerk: person('clerk', true, [['dossier.number', AUTHORITY]]),
  returner: person('returner', true, [['dossier.hand-over', DESK]]),
  owner: person('citizen:owner', false, [], { owner: true }),
  stranger: person('citizen:stranger', false, []),
  'other-desk': person('other-desk', true, [
    ['dossier.receive', 'unit-elsewhere'],
    ['dossier.hand-over', 'unit-elsewhere'],
  ]),
  system: person('system:deadline', false, [], { system: true }),
};

export function personNamed(name: string): Performer {
  const found = PEOPLE[name];
  if (!found) throw new Error(`nobody called ${name}`);
  return found;
}

export type World = {
  readonly plan: readonly PlannedStep[];
  readonly limit: Limit;
  readonly resultMethod: DecisionContext['resultMethod'];
  /** Left out: `CALENDAR`. */
  readonly calendar?: CompiledCalendar;
};
export const WORLD: World = {
  plan: FULL_PLAN,
  limit: { allow: days(3), supplementPolicy: 'pause' },
  resultMethod: 'desk',
};

/** Monday 21/8/2023, 08:00 in Vietnam. */
export const START = new Date('2023-08-21T01:00:00Z');

export function submission(at: Date): Action {
  return {
    kind: 'submitted',
    at,
    change: { ...EMPTY_STATE, submittedAt: at, receivedByUnitId: DESK, decidedByUnitId: AUTHORITY },
  };
}

/** A command of a kind with everything it asks for. */
export function commandOf(kind: CommandKind, more: Partial<Record<string, unknown>> = {}): Command {
  const full = {
    kind,
    forward: false,
    reason: 'Vì lý do của ca kiểm thử',
    items: [{ code: null, name: 'Giấy xác nhận', what: 'bản chính' }],
    // Whether a step goes back to a person is the service's to find out.
    ...(kind === 'return-step' ? {} : { staffId: 'officer' }),
    amountVnd: 100_000,
    result: 'granted',
    title: 'Giấy xác nhận',
    body: 'Xác nhận.',
    number: '01/UBND',
    method: 'desk',
    receiver: null,
    ...more,
  };
  return full as unknown as Command;
}

/** A dossier in the making: its actions so far and the state they replay to. */
export type Walk = { readonly state: DossierState; readonly actions: readonly Action[] };

export function begin(at: Date = START): Walk {
  const actions = [submission(at)];
  return { state: replay(actions), actions };
}

export function contextAt(now: Date, who: string, world: World = WORLD): DecisionContext {
  const { plan, limit, resultMethod, calendar = CALENDAR } = world;
  return { now, performer: personNamed(who), plan, limit, calendar, classifyRule: 'by-date', resultMethod };
}

export function attempt(walk: Walk, who: string, command: Command, now: Date, world: World = WORLD): Decision {
  return decide(command, walk.state, contextAt(now, who, world));
}

/** One step of a walk that must be legal. */
export function act(walk: Walk, who: string, command: Command, now: Date, world: World = WORLD): Walk {
  const decision = attempt(walk, who, command, now, world);
  if (!decision.ok) throw new Error(`${who} ${command.kind}: ${decision.code} ${decision.reason ?? ''}`);
  return { state: decision.state, actions: [...walk.actions, ...decision.actions] };
}

/** `desk receive`, `head assign colleague`, `officer draft-result refused`: a line of the tables. */
export function readLine(line: string): { who: string; command: Command } {
  const [who = '', kind = '', extra] = line.split(' ');
  const more =
    extra === undefined
      ? {}
      : kind === 'assign' || kind === 'forward' || kind === 'return-step'
        ? { staffId: extra }
        : kind === 'draft-result'
          ? { result: extra }
          : kind === 'receive'
            ? { forward: extra === 'forward' }
            : kind === 'hand-over'
              ? { method: extra }
              : {};
  const base = commandOf(kind as CommandKind, more);
  // `forward` without a name leaves the next step to the role.
  if (kind === 'forward' && extra === undefined) return { who, command: { kind: 'forward' } };
  return { who, command: base };
}

/** Plays lines from a submission, 30 minutes apart. */
export function play(lines: readonly string[], world: World = WORLD, from: Walk = begin()): Walk {
  let walk = from;
  let now = walk.actions.at(-1)?.at ?? START;
  for (const line of lines) {
    now = new Date(now.getTime() + 30 * 60_000);
    const { who, command } = readLine(line);
    walk = act(walk, who, command, now, world);
  }
  return walk;
}
