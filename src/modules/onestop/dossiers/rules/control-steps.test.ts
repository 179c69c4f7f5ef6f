import { expect, test } from 'vitest';
import { type ControlTurn, controlSteps } from './control-steps.ts';

const at = (hour: number): Date => new Date(Date.UTC(2023, 7, 21, hour));
const facts = {
  owner: 'Chủ hồ sơ',
  desk: 'Một cửa',
  authority: 'UBND',
  receivedAt: at(1),
  endedAt: null,
  returnedAt: null,
  punctuality: null,
};
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
