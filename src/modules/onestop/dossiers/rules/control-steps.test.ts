import { expect, test } from 'vitest';
import { type ControlTurn, controlSteps, pausesOf } from './control-steps.ts';

const at = (hour: number): Date => new Date(Date.UTC(2023, 7, 21, hour));
const facts = {
  owner: 'Chủ hồ sơ',
  desk: 'Một cửa',
  authority: 'UBND',
  receivedAt: at(1),
  endedAt: null,
  returnedAt: null,
  punctuality: null,
  pauses: [],
};
const paused = (reason: 'supplement' | 'finance' | 'agency', from: number, to: number | null) => ({
  reason,
  from: at(from),
  to: to === null ? null : at(to),
});
const turn = (unit: string, from: number, to: number | null, due: number): ControlTurn => ({
  unit,
  person: null,
  startedAt: at(from),
  dueAt: at(due),
  endedAt: to === null ? null : at(to),
});
const line = (steps: ReturnType<typeof controlSteps>) =>
  steps.map((step) => `${step.handedOverBy}→${step.takenOverBy} ${step.outcome ?? ''}`.trim());

test('an open dossier goes from the owner from turn to turn', () => {
  expect(line(controlSteps([turn('Một cửa', 1, 2, 2), turn('Tư pháp', 2, null, 5)], facts))).toEqual([
    'Chủ hồ sơ→Một cửa',
    'Một cửa→Tư pháp on-time',
  ]);
});

test('an ended one goes back to the owner, with the outcome of the last turn', () => {
  const turns = [turn('Một cửa', 1, 2, 3), turn('Tư pháp', 2, 6, 5)];
  const steps = controlSteps(turns, { ...facts, endedAt: at(6), returnedAt: at(8) });
  expect(line(steps)).toEqual(['Chủ hồ sơ→Một cửa', 'Một cửa→Tư pháp early', 'Tư pháp→Chủ hồ sơ late']);
  expect(steps.at(-1)?.at).toEqual(at(8));
});

test('how long the owner lets the result wait is nobody’s outcome', () => {
  const turns = [turn('Tư pháp', 1, 4, 5), turn('Một cửa', 4, 9, 6)];
  const steps = controlSteps(turns, { ...facts, endedAt: at(4), returnedAt: at(9) });
  expect(line(steps).at(-1)).toBe('Một cửa→Chủ hồ sơ');
});

test('one from an old system without turns has its reception and its end', () => {
  expect(line(controlSteps([], facts))).toEqual(['Chủ hồ sơ→Một cửa']);
  expect(line(controlSteps([], { ...facts, endedAt: at(6), punctuality: 'late' }))).toEqual([
    'Chủ hồ sơ→Một cửa',
    'UBND→Chủ hồ sơ late',
  ]);
});

test('a pause is noted on the line of who held the dossier when it began', () => {
  const turns = [turn('Một cửa', 1, 2, 3), turn('Tư pháp', 2, 9, 5), turn('Lãnh đạo', 9, null, 12)];
  const pauses = [paused('supplement', 3, 5), paused('finance', 6, 7), paused('agency', 10, null)];
  expect(controlSteps(turns, { ...facts, pauses }).map((step) => step.pauses)).toEqual([
    [],
    pauses.slice(0, 2),
    pauses.slice(2),
  ]);
});

test('a pause at the very instant of a hand-over is the new holder’s, and without turns it stands at the reception', () => {
  const pauses = [paused('supplement', 2, 4)];
  const turns = [turn('Một cửa', 1, 2, 3), turn('Tư pháp', 2, null, 5)];
  expect(controlSteps(turns, { ...facts, pauses }).map((step) => step.pauses.length)).toEqual([0, 1]);
  expect(controlSteps([], { ...facts, pauses }).map((step) => step.pauses.length)).toEqual([1]);
});

test('pauses are read from the clock: what is open ends with the dossier or is open still', () => {
  const events = [
    { kind: 'pause', at: at(2), reason: 'supplement' },
    { kind: 'resume', at: at(4), reason: 'supplement' },
    { kind: 'next-phase', at: at(4) },
    { kind: 'pause', at: at(5), reason: 'agency' },
  ] as const;
  expect(pausesOf(events, null)).toEqual([paused('supplement', 2, 4), paused('agency', 5, null)]);
  expect(pausesOf(events, at(8)).at(-1)).toEqual(paused('agency', 5, 8));
});
