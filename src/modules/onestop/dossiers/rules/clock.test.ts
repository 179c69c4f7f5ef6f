import { describe, expect, test } from 'vitest';
import type { ClockEvent } from '../../../../core/working-time/index.ts';
import { dossierDue, stepDue } from './clock.ts';
import type { Limit } from './context.ts';
import { act, begin, CALENDAR, commandOf, play, START, WORLD } from './walk.test-support.ts';

/** Wall time in Vietnam. */
const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+07:00`);
const days = (amount: number) => ({ unit: 'working-day' as const, amount });
const limit: Limit = { allow: days(3), supplementPolicy: 'pause' };
const due = (received: string, events: readonly ClockEvent[], own: Limit = limit): string => {
  const result = dossierDue({ calendar: CALENDAR, limit: own }, at(received), events);
  if (!result.ok) return result.reason;
  return result.dueAt ? result.dueAt.toISOString() : 'paused';
};
const step = (started: string, events: readonly ClockEvent[], own: Limit = limit, allow = days(1)): string =>
  stepDue({ calendar: CALENDAR, limit: own }, { allow }, at(started), events)?.toISOString() ?? 'paused';
const iso = (text: string): string => at(text).toISOString();
const pause = (text: string, reason: 'supplement' | 'finance' | 'agency' = 'supplement'): ClockEvent => ({
  kind: 'pause',
  at: at(text),
  reason,
});
const resume = (text: string, reason: 'supplement' | 'finance' | 'agency' = 'supplement'): ClockEvent => ({
  kind: 'resume',
  at: at(text),
  reason,
});

describe('the due date of a dossier', () => {
  test('moves by a pause', () => {
    expect(due('2023-08-21 08:00', [pause('2023-08-22 08:00'), resume('2023-08-24 08:00')])).toBe(
      iso('2023-08-28 08:00'),
    );
  });

  test('a pause at the very instant of reception pauses from there', () => {
    expect(due('2023-08-21 08:00', [pause('2023-08-21 08:00')])).toBe('paused');
    expect(due('2023-08-21 08:00', [pause('2023-08-21 08:00'), resume('2023-08-23 08:00')])).toBe(
      iso('2023-08-28 08:00'),
    );
  });

  test('a pause that ends at the instant it began leaves no trace', () => {
    expect(due('2023-08-21 08:00', [pause('2023-08-21 08:00'), resume('2023-08-21 08:00')])).toBe(
      iso('2023-08-24 08:00'),
    );
  });

  test('two pauses at the instant of reception, the second open, pause from there', () => {
    const events = [pause('2023-08-21 08:00'), resume('2023-08-21 08:00'), pause('2023-08-21 08:00', 'finance')];
    expect(due('2023-08-21 08:00', [...events, resume('2023-08-22 08:00', 'finance')])).toBe(iso('2023-08-25 08:00'));
  });

  test('restart counts the whole allowance from the resume, for supplements alone', () => {
    const restart: Limit = { ...limit, supplementPolicy: 'restart' };
    const events = [pause('2023-08-22 08:00'), resume('2023-08-24 08:00')];
    expect(due('2023-08-21 08:00', events, restart)).toBe(iso('2023-08-29 08:00'));
    const finance = [pause('2023-08-22 08:00', 'finance'), resume('2023-08-24 08:00', 'finance')];
    expect(due('2023-08-21 08:00', finance, restart)).toBe(iso('2023-08-28 08:00'));
  });

  test('the second phase counts from the proof of payment, also when that is the instant of reception', () => {
    const two: Limit = { ...limit, phases: [days(3), days(1)] };
    const next: ClockEvent = { kind: 'next-phase', at: at('2023-08-24 09:00') };
    expect(due('2023-08-21 08:00', [], two)).toBe(iso('2023-08-24 08:00'));
    expect(
      due('2023-08-21 08:00', [pause('2023-08-22 08:00', 'finance'), resume('2023-08-24 09:00', 'finance'), next], two),
    ).toBe(iso('2023-08-25 09:00'));
    expect(due('2023-08-21 08:00', [{ kind: 'next-phase', at: at('2023-08-21 08:00') }], two)).toBe(
      iso('2023-08-22 08:00'),
    );
  });
});

describe('the due date of a step', () => {
  test('moves by the pauses since it began, not by those before', () => {
    const before = [pause('2023-08-21 09:00'), resume('2023-08-21 10:00')];
    expect(step('2023-08-22 08:00', before)).toBe(iso('2023-08-23 08:00'));
    expect(step('2023-08-22 08:00', [...before, pause('2023-08-22 09:00'), resume('2023-08-24 09:00')])).toBe(
      iso('2023-08-25 08:00'),
    );
  });

  test('an event at exactly its start belongs to what was before', () => {
    expect(step('2023-08-22 08:00', [pause('2023-08-21 09:00'), resume('2023-08-22 08:00')])).toBe(
      iso('2023-08-23 08:00'),
    );
  });

  test('a step begun during a pause counts from the resume', () => {
    expect(step('2023-08-22 08:00', [pause('2023-08-21 09:00'), resume('2023-08-24 08:00')])).toBe(
      iso('2023-08-25 08:00'),
    );
    expect(step('2023-08-22 08:00', [pause('2023-08-22 08:00'), resume('2023-08-24 08:00')])).toBe(
      iso('2023-08-25 08:00'),
    );
    expect(step('2023-08-22 08:00', [pause('2023-08-21 09:00')])).toBe('paused');
  });

  test('restarts where a supplement restarts the dossier', () => {
    const events = [pause('2023-08-22 16:00'), resume('2023-08-24 08:00')];
    expect(step('2023-08-22 08:00', events)).toBe(iso('2023-08-24 10:00'));
    expect(step('2023-08-22 08:00', events, { ...limit, supplementPolicy: 'restart' })).toBe(iso('2023-08-25 08:00'));
  });

  test('without an allowance it is due at once', () => {
    expect(step('2023-08-22 08:00', [], limit, days(0))).toBe(iso('2023-08-22 08:00'));
  });
});

describe('through commands', () => {
  const FINANCE = ['desk receive forward', 'officer request-finance', 'desk settle-finance'];

  test('payment begins the second phase and leaves the first promise as it was', () => {
    const world = { ...WORLD, limit: { ...limit, phases: [days(3), days(1)] as const } };
    const { state } = play(FINANCE, world);
    expect(state.clock.events.map((event) => event.kind)).toEqual(['pause', 'resume', 'next-phase']);
    // Received 08:30, paid at 09:30: one working day from there.
    expect(state.dueCurrent?.toISOString()).toBe(iso('2023-08-22 09:30'));
    expect(state.dueOriginal?.toISOString()).toBe(iso('2023-08-24 08:30'));
  });

  test('a request in the same second as the reception does not break the clock', () => {
    let walk = begin();
    walk = act(walk, 'desk', commandOf('receive', { forward: true }), START);
    walk = act(walk, 'officer', commandOf('request-supplement'), START);
    walk = act(walk, 'owner', commandOf('accept-supplement'), new Date(START.getTime() + 3_600_000));
    expect(walk.state.dueCurrent?.toISOString()).toBe(iso('2023-08-24 09:00'));
    expect(walk.state.step?.dueAt?.toISOString()).toBe(iso('2023-08-22 09:00'));
  });

  test('an act by a machine whose clock is behind counts at the instant of the act before', () => {
    const walk = play(['desk receive forward', 'officer request-supplement']);
    const last = walk.actions.at(-1)?.at;
    const after = act(walk, 'owner', commandOf('accept-supplement'), START);
    expect(after.actions.at(-1)?.at).toEqual(last);
    expect(after.state.clock.status).toBe('running');
  });
});
