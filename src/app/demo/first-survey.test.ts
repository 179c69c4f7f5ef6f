import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateDossiers } from '../volume/generate.ts';
import { openDemoSystem } from '../volume/testing.ts';
import { readDemoFile } from './demo-file.ts';
import { demoHolder } from './demo-staff.ts';
import { closeFirstSurvey } from './first-survey.ts';

let demo: Awaited<ReturnType<typeof openDemoSystem>>;
beforeAll(async () => {
  demo = await openDemoSystem();
}, 120_000);
afterAll(() => demo.close());

it('the demo carries a closed survey with an index of each commune or a reason why not', async () => {
  const { system } = demo;
  await generateDossiers(system, 900, { seed: 1 });
  const directory = await system.organisation.directory();
  const units = readDemoFile('2026').home.flatMap((key) => {
    const found = directory.byCode('gso', key.slice(0, 5), '2026-11-18');
    return found ? [found.unitId] : [];
  });
  expect(units.length).toBeGreaterThan(1);
  await closeFirstSurvey(system, units);
  const [first = ''] = units;
  const editor = await demoHolder(system, directory.unitOn(first, '2026-11-18')?.parentId ?? '', 'surveys.edit');
  const { rows } = await system.surveys.list(editor, {});
  const [row] = rows;
  expect(row?.state).toBe('closed');
  const page = await system.surveys.get(editor, row?.id ?? '');
  expect(page.results?.overall.result?.n).toBeGreaterThan(50);
  expect(page.results?.units.every((unit) => unit.hidden || unit.n !== null)).toBe(true);
}, 120_000);
