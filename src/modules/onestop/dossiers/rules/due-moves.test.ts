import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { DecisionContext } from './context.ts';
import type { Decision } from './decision.ts';
import { decideMove, decideMoveBack, decideReappoint, findReappointFault } from './due-moves.ts';
import { type DossierState, replay } from './state.ts';
import {
  act,
  attempt,
  calendarOff,
  commandOf,
  contextAt,
  play,
  START,
  type Walk,
  WORLD,
  type World,
} from './walk.test-support.ts';

const vn = (text: string): Date => new Date(`${text}+07:00`);
const SITUATIONS = parse(readFileSync(new URL('./cases/situations.yaml', import.meta.url), 'utf8')) as Record<
  string,
  string[]
>;
const REAPPOINTABLE = parse(readFileSync(new URL('./cases/reappoint.yaml', import.meta.url), 'utf8')) as {
  readonly in: string;
  readonly who: string;
  readonly to: string;
  readonly code?: string;
}[];
const WISH = { reason: 'Chờ xác minh tại thôn', apologyId: 'apology-1' };

const lay = (walk: Walk, decision: Decision): Walk => {
  if (!decision.ok) throw new Error(decision.code);
  return { state: decision.state, actions: [...walk.actions, ...decision.actions] };
};
const reappointed = (walk: Walk, newDueAt: Date, now: Date, world: World = WORLD): Walk =>
  lay(walk, decideReappoint(walk.state, contextAt(now, 'system', world), { ...WISH, newDueAt }));

/** Opened by the officer on Mon 21/8/2023; due Thu 24/8 08:30. */
const opened = (world: World = WORLD): Walk => play(SITUATIONS['opened'] ?? [], world);

describe('who may re-appoint, when', () => {
  test.each(REAPPOINTABLE.map((row) => [`${row.in}: ${row.who} to ${row.to} → ${row.code ?? 'yes'}`, row] as const))(
    '%s',
    (_, row) => {
      const walk = play(SITUATIONS[row.in] ?? []);
      const now = new Date((walk.actions.at(-1)?.at ?? START).getTime() + 60_000);
      expect(findReappointFault(walk.state, contextAt(now, row.who), vn(row.to))).toBe(row.code);
    },
  );

  test('once in the life of a dossier', () => {
    const walk = reappointed(opened(), vn('2023-08-28T17:00:00'), vn('2023-08-23T09:00:00'));
    const again = decideReappoint(walk.state, contextAt(vn('2023-08-24T09:00:00'), 'system'), {
      ...WISH,
      newDueAt: vn('2023-08-31T17:00:00'),
    });
    expect(again).toEqual({ ok: false, code: 'dossier/reappointed' });
  });

  test('not without a reason', () => {
    const ctx = contextAt(vn('2023-08-23T09:00:00'), 'system');
    const wish = { ...WISH, reason: '  ', newDueAt: vn('2023-08-28T17:00:00') };
    expect(decideReappoint(opened().state, ctx, wish)).toEqual({ ok: false, code: 'dossier/reason-needed' });
  });
});

describe('after a re-appointment', () => {
  const pausedAndResumed = (
    walk: Walk,
    pause: string,
    resume: string,
    kind: 'supplement' | 'agency',
    world = WORLD,
  ): Walk => {
    const paused = act(
      walk,
      'officer',
      commandOf(kind === 'agency' ? 'suspend' : 'request-supplement'),
      vn(pause),
      world,
    );
    const who = kind === 'agency' ? 'officer' : 'desk';
    return act(paused, who, commandOf(kind === 'agency' ? 'resume' : 'accept-supplement'), vn(resume), world);
  };

  test('the first promise stays, the present one moves, and the log replays', () => {
    const before = opened();
    const walk = reappointed(before, vn('2023-08-28T17:00:00'), vn('2023-08-23T09:00:00'));
    expect(walk.state.dueOriginal).toEqual(before.state.dueOriginal);
    expect(walk.state.dueCurrent).toEqual(vn('2023-08-28T17:00:00'));
    // Who holds it has until the agreed date: the step is not late before the promise is.
    expect(walk.state.step?.dueAt).toEqual(vn('2023-08-28T17:00:00'));
    expect(replay(walk.actions)).toEqual(walk.state);
  });

  test('a pause moves the promise by the working time that was left', () => {
    const walk = reappointed(opened(), vn('2023-08-28T17:00:00'), vn('2023-08-23T09:00:00'));
    // Fri 25/8 15:00: 2 h of Friday and 8 h of Monday are left; counted from Thu 31/8 10:00.
    const later = pausedAndResumed(walk, '2023-08-25T15:00:00', '2023-08-31T10:00:00', 'agency');
    expect(later.state.dueCurrent).toEqual(vn('2023-09-01T14:00:00'));
    expect(later.state.reappointment?.dueAt).toEqual(vn('2023-08-28T17:00:00'));
  });

  test('a step opened under the agreed date has until that date too, and keeps a later budget of its own', () => {
    const walk = reappointed(opened(), vn('2023-08-28T17:00:00'), vn('2023-08-23T09:00:00'));
    const drafted = act(walk, 'officer', commandOf('draft-result'), vn('2023-08-23T10:00:00'));
    const sent = act(drafted, 'officer', { kind: 'forward' }, vn('2023-08-23T10:30:00'));
    expect(sent.state.step).toMatchObject({ id: 'soat-xet', dueAt: vn('2023-08-28T17:00:00') });
    // Half a day from Mon 28/8 16:00 ends on Tuesday, after the agreed date.
    const late = act(drafted, 'officer', { kind: 'forward' }, vn('2023-08-28T16:00:00'));
    expect(late.state.step?.dueAt).toEqual(vn('2023-08-29T10:00:00'));
  });

  test('a pause moves the step with the agreed date, and a new clock gives it its own budget again', () => {
    const walk = reappointed(opened(), vn('2023-08-28T17:00:00'), vn('2023-08-23T09:00:00'));
    const paused = pausedAndResumed(walk, '2023-08-25T15:00:00', '2023-08-31T10:00:00', 'agency');
    expect(paused.state.step?.dueAt).toEqual(vn('2023-09-01T14:00:00'));
    const world: World = { ...WORLD, limit: { ...WORLD.limit, supplementPolicy: 'restart' } };
    const again = reappointed(opened(world), vn('2023-09-08T17:00:00'), vn('2023-08-23T09:00:00'), world);
    const restarted = pausedAndResumed(again, '2023-08-25T15:00:00', '2023-08-28T10:00:00', 'supplement', world);
    expect(restarted.state.step?.dueAt).toEqual(vn('2023-08-29T10:00:00'));
  });

  test('pauses before it do not count again', () => {
    const paused = pausedAndResumed(opened(), '2023-08-21T15:00:00', '2023-08-22T10:00:00', 'agency');
    const walk = reappointed(paused, vn('2023-08-30T17:00:00'), vn('2023-08-23T09:00:00'));
    const later = pausedAndResumed(walk, '2023-08-30T15:00:00', '2023-08-30T16:00:00', 'agency');
    expect(later.state.dueCurrent).toEqual(vn('2023-08-31T08:00:00'));
  });

  test('a supplement that restarts counts the limit anew: the clock that was re-appointed is over', () => {
    const world: World = { ...WORLD, limit: { ...WORLD.limit, supplementPolicy: 'restart' } };
    const walk = reappointed(opened(world), vn('2023-09-08T17:00:00'), vn('2023-08-23T09:00:00'), world);
    const later = pausedAndResumed(walk, '2023-08-25T15:00:00', '2023-08-28T10:00:00', 'supplement', world);
    expect(later.state.dueCurrent).toEqual(vn('2023-08-31T10:00:00'));
  });

  test('what was late already stays late through a pause', () => {
    const walk = reappointed(opened(), vn('2023-08-25T10:00:00'), vn('2023-08-23T09:00:00'));
    const later = pausedAndResumed(walk, '2023-08-25T15:00:00', '2023-08-31T10:00:00', 'agency');
    expect(later.state.dueCurrent).toEqual(vn('2023-08-25T10:00:00'));
  });

  test('the class follows the new promise, lateness against the first one is kept beside it', () => {
    const walk = reappointed(opened(), vn('2023-08-28T17:00:00'), vn('2023-08-23T09:00:00'));
    const ended = act(walk, 'owner', commandOf('withdraw'), vn('2023-08-25T09:30:00')).state;
    expect([ended.punctuality, ended.latenessMinutes]).toEqual(['early', 0]);
    // 24/8 08:30 → 25/8 09:30: one working day and an hour.
    expect([ended.lateOriginal, ended.latenessOriginalMinutes]).toEqual([true, 540]);
  });

  test('without a re-appointment both say the same', () => {
    const ended = act(opened(), 'owner', commandOf('withdraw'), vn('2023-08-25T09:30:00')).state;
    expect([ended.punctuality, ended.lateOriginal]).toEqual(['late', true]);
    expect(ended.latenessOriginalMinutes).toBe(ended.latenessMinutes);
  });
});

describe('another calendar', () => {
  const moved = (state: DossierState, calendar: DecisionContext['calendar'], now: Date): Decision =>
    decideMove(
      state,
      { ...contextAt(now, 'system'), calendar },
      { planId: 'plan', fromRevisionId: 'a', toRevisionId: 'b' },
    );
  const HOLIDAY = calendarOff('2023-08-23', '2023-08-28');
  const now = vn('2023-08-22T09:00:00');

  test('moves dossier and step; the first promise stays', () => {
    const { state } = opened();
    const decision = moved(state, HOLIDAY, now);
    if (!decision.ok) throw new Error(decision.code);
    expect(decision.state.dueCurrent).toEqual(vn('2023-08-25T08:30:00'));
    expect(decision.state.dueOriginal).toEqual(vn('2023-08-24T08:30:00'));
  });

  test('a promise that fell on a new day off goes to the close of the next working day', () => {
    const walk = reappointed(opened(), vn('2023-08-28T10:00:00'), vn('2023-08-22T08:00:00'));
    const decision = moved(walk.state, HOLIDAY, now);
    expect(decision.ok && decision.state.dueCurrent).toEqual(vn('2023-08-29T17:00:00'));
  });

  test('a paused dossier keeps the order of its promise: resumed, it counts by the new calendar', () => {
    const paused = act(opened(), 'officer', commandOf('suspend'), vn('2023-08-21T15:00:00'));
    const decision = moved(paused.state, HOLIDAY, now);
    expect(decision.ok && decision.state.dueCurrent).toEqual(vn('2023-08-25T08:30:00'));
  });

  test('the way back gives the very dates before, once, and only as the next act', () => {
    const walk = opened();
    const there = lay(walk, moved(walk.state, HOLIDAY, now));
    const last = there.actions.at(-1);
    if (!last) throw new Error('no action');
    const back = decideMoveBack(there.state, now, last, { planId: 'plan' });
    if (!back.ok) throw new Error(back.code);
    expect(back.state).toEqual(walk.state);
    expect(back.calendarRevisionId).toBe('a');
    expect(decideMoveBack(back.state, now, back.actions[0] ?? last, { planId: 'plan' }).ok).toBe(false);
    expect(decideMoveBack(there.state, now, last, { planId: 'another plan' }).ok).toBe(false);
    expect(decideMoveBack(there.state, now, { kind: 'opened' }, { planId: 'plan' }).ok).toBe(false);
  });

  test('what has ended stays as it ended', () => {
    const ended = attempt(opened(), 'owner', commandOf('withdraw'), now);
    if (!ended.ok) throw new Error(ended.code);
    expect(moved(ended.state, HOLIDAY, now).ok).toBe(false);
  });
});
