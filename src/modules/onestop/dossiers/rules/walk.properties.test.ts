import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeFromJson } from './action-json.ts';
import { dossierDue } from './clock.ts';
import { legalCommands } from './legal.ts';
import { picks, type Stored, walkThrough, worlds } from './random-walk.test-support.ts';
import { replay } from './state.ts';
import { nationalStatus, STATUSES } from './status.ts';
import { contextAt, PEOPLE, START, type Walk, type World } from './walk.test-support.ts';

const forAll = (visit: (walk: Walk, stored: Stored, world: World) => unknown, seed?: number): void =>
  fc.assert(
    fc.property(worlds, picks, (world, chosen) => {
      walkThrough(world, chosen, visit);
    }),
    seed === undefined ? { numRuns: 200 } : { numRuns: 600, seed },
  );

test('the walks come to every state there is', () => {
  const reached = new Set<string>();
  // A seed of its own: whether chance comes by the rare states is no reason to fail.
  forAll(({ state }) => reached.add(state.status), 2025);
  expect([...reached].sort()).toEqual(Object.keys(STATUSES).sort());
});

test('replaying the log gives the state, also after a journey through JSON', () => {
  forAll(({ state, actions }) => {
    expect(replay(actions)).toEqual(state);
    const stored = actions.map(({ change }) => JSON.parse(JSON.stringify(change)) as Record<string, unknown>);
    expect(replay(stored.map((json) => ({ change: changeFromJson(json) })))).toEqual(state);
  });
});

test('the order of actions is the order of time', () => {
  forAll(({ actions }) => {
    for (const [index, action] of actions.entries()) {
      const before = actions[index - 1];
      if (before) expect(action.at.getTime()).toBeGreaterThanOrEqual(before.at.getTime());
    }
  });
});

test('at most one segment of the clock is open, and none once it has ended', () => {
  forAll(({ state }, { segments }) => {
    const open = segments.filter((segment) => segment.endedAt === null);
    const runs = state.clock.status === 'running' || state.clock.status === 'paused';
    expect(open.length).toBe(runs ? 1 : 0);
    if (runs) expect(open[0]?.kind).toBe(state.clock.status === 'running' ? 'run' : 'pause');
  });
});

test('segments follow each other without a gap and add up to the time since reception', () => {
  forAll(({ state, actions }, { segments }) => {
    for (const [index, segment] of segments.entries()) {
      const before = segments[index - 1];
      expect(segment.startedAt).toEqual(before ? before.endedAt : state.receivedAt);
    }
    if (state.receivedAt === null) return;
    const last = state.endedAt ?? actions.at(-1)?.at ?? state.receivedAt;
    const sum = segments.reduce((ms, s) => ms + (s.endedAt ?? last).getTime() - s.startedAt.getTime(), 0);
    expect(sum).toBe(last.getTime() - state.receivedAt.getTime());
  });
});

test('the first promise never changes, and a received dossier always has a promise', () => {
  fc.assert(
    fc.property(worlds, picks, (world, chosen) => {
      let promised: Date | null = null;
      walkThrough(world, chosen, ({ state }) => {
        if (promised) expect(state.dueOriginal).toEqual(promised);
        promised = state.dueOriginal;
        expect(state.receivedAt === null).toBe(state.dueOriginal === null);
        expect(state.receivedAt === null).toBe(state.dueCurrent === null);
      });
    }),
    { numRuns: 200 },
  );
});

test('walks meet every way a promise moves, and re-appoint once at most', () => {
  const met = new Set<string>();
  forAll(({ state, actions }) => {
    for (const { kind, detail } of actions) met.add(`${kind}${detail?.['back'] === true ? ' back' : ''}`);
    const count = actions.filter((action) => action.kind === 'reappointed').length;
    expect(count).toBe(state.reappointment ? 1 : 0);
    if (state.reappointment) expect(state.reappointment.dueAt > state.reappointment.previousDueAt).toBe(true);
    if (state.endedAt && state.receivedAt) {
      expect(state.lateOriginal).not.toBeNull();
      // Only a re-appointment makes the two differ.
      if (!state.reappointment) expect(state.latenessOriginalMinutes).toBe(state.latenessMinutes);
    }
  }, 2023);
  expect([...met]).toEqual(expect.arrayContaining(['reappointed', 'due-moved', 'due-moved back']));
});

test('under an agreed date the step held is never late before the promise is', () => {
  let met = 0;
  forAll(({ state }, _, world) => {
    const { reappointment, step, dueCurrent, clock } = state;
    if (!reappointment || !step?.dueAt || !dueCurrent || clock.status !== 'running') return;
    const counted = dossierDue(contextAt(START, 'system', world), state.receivedAt ?? START, clock.events);
    // A clock that began anew has ended the agreement: then budgets are those of the limit.
    if (counted.ok && counted.dueAt?.getTime() === dueCurrent.getTime()) return;
    met += 1;
    expect(step.dueAt.getTime()).toBeGreaterThanOrEqual(dueCurrent.getTime());
  }, 2023);
  expect(met).toBeGreaterThan(100);
});

test('one task is open while a step is held, none otherwise; numbers rise by one', () => {
  forAll(({ state }, { tasks }) => {
    const open = tasks.filter((task) => task.endedAt === null);
    expect(open.map((task) => task.seq)).toEqual(state.step ? [state.step.seq] : []);
    if (state.step) expect(open[0]?.staffId).toBe(state.step.staffId);
    expect(tasks.map((task) => task.seq)).toEqual(tasks.map((_, index) => index + 1));
    expect(state.stepSeq).toBe(tasks.length);
  });
});

test('what is decided has an outcome and a result; what is returned a hand-over; what ended a class if it was received', () => {
  forAll(({ state }) => {
    const { status, outcome, result } = state;
    if (status === 'decided' || status === 'returned') {
      expect(outcome).toBe(result?.kind);
      expect(result?.approvedAt).toBeDefined();
      expect(result?.issuedAt).toBeDefined();
    }
    if (status === 'returned') expect(result?.handOver?.at).toEqual(state.returnedAt);
    else expect(state.returnedAt).toBeNull();
    expect(state.endedAt !== null).toBe(state.clock.status === 'ended');
    expect(state.punctuality !== null).toBe(state.endedAt !== null && state.receivedAt !== null);
    expect(nationalStatus(status)).toBeGreaterThanOrEqual(1);
    expect(nationalStatus(status)).toBeLessThanOrEqual(10);
  });
});

test('a closed dossier has no step, no holder and nothing left to do for anybody', () => {
  forAll(({ state, actions }, _, world) => {
    if (!STATUSES[state.status].closed) return;
    expect(state.step).toBeNull();
    const now = actions.at(-1)?.at ?? START;
    for (const who of Object.keys(PEOPLE)) expect(legalCommands(state, contextAt(now, who, world))).toEqual([]);
  });
});

test('an approval never outlives a step back', () => {
  forAll(({ state }, _, world) => {
    const kind = world.plan.find((planned) => planned.id === state.step?.id)?.kind;
    if (state.status === 'processing' && kind !== 'number') expect(state.result?.approvedAt).toBeUndefined();
  });
});
