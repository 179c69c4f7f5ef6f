import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Type from 'typebox';
import { addDays, type Day, parseInstant } from '../../core/time/index.ts';
import { readYaml } from '../../modules/foundation/reference/index.ts';
import { recordPublished } from '../../modules/insight/registers/index.ts';
import type { System } from '../system.ts';
import { importDossiers } from '../volume/import-dossiers.ts';
import { demoHolder } from './demo-staff.ts';

const FILE = fileURLToPath(new URL('../../../db/demo/targets-2023.yaml', import.meta.url));
const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });
const Invented = Type.Object(
  {
    evidence: Text,
    dossiers: Type.Array(
      Type.Object({ unit: Text, procedure: Text, prefix: Text, count: Type.Integer(), online: Type.Integer() }, closed),
    ),
    registers: Type.Array(
      Type.Object(
        { unit: Text, register: Text, period: Text, on: Text, values: Type.Record(Type.String(), Type.Number()) },
        closed,
      ),
    ),
    results: Type.Array(
      Type.Object(
        { unit: Text, target: Text, asOf: Text, numerator: Type.Number(), denominator: Type.Number() },
        closed,
      ),
    ),
  },
  closed,
);
const DEMO = { kind: 'system', name: 'demo', assurance: 'system' } as const;
/** Year the seeds set their targets for. */
const YEAR = 2023;
const FIRST: Day = '2023-02-01';

/**
 * Gives the targets of Nam Giang and Nguyên Bình invented figures, which say so: the seeds published the goals only. What
 * metrics count is counted from invented dossiers, taken over like those of an older system.
 */
export async function inventResults(system: System): Promise<void> {
  const { db, clock, organisation, files, dossierPorts, targets } = system;
  const { evidence, dossiers, registers, results } = readYaml(FILE, Invented);
  const directory = await organisation.directory();
  const unitOn = (gso: string, day: string): string => {
    const found = directory.byCode('gso', gso, day);
    if (!found) throw new Error(`db/demo/targets-2023.yaml: unit ${gso} on ${day}`);
    return found.unitId;
  };
  await importInvented(system, dossiers);
  const ports = { directory: async () => directory, staffNames: dossierPorts.staffNames, files };
  for (const { unit, register, period, on, values } of registers) {
    const at = parseInstant(`${on}T08:00:00+07:00`);
    if (!at) throw new Error(`db/demo/targets-2023.yaml: ${on}`);
    const place = { registerId: register, unitId: unitOn(unit, on), periodId: period };
    await recordPublished({ db, clock, ports }, DEMO, { ...place, values, evidence, reason: evidence, at });
  }
  await targets.adopt();
  for (const { unit, target, asOf, numerator, denominator } of results) {
    const unitId = unitOn(unit, asOf);
    const who = await demoHolder(system, unitId, 'targets.enter');
    const { rows } = await targets.board(who, { unitId, year: YEAR });
    const row = rows.find((one) => one.name === target);
    if (!row) throw new Error(`db/demo/targets-2023.yaml: no target “${target}”`);
    await targets.enter(who, row.id, { version: row.version, asOf, numerator, denominator, evidence });
  }
}

async function importInvented(
  system: System,
  dossiers: readonly { unit: string; procedure: string; prefix: string; count: number; online: number }[],
): Promise<void> {
  const lines = dossiers.flatMap(({ unit, procedure, prefix, count, online }) =>
    Array.from({ length: count }, (_, at) => {
      const day = addDays(FIRST, Math.floor((at * 160) / count));
      // Spread evenly, so that every month has its share.
      const filedOnline = Math.floor(((at + 1) * online) / count) > Math.floor((at * online) / count);
      return JSON.stringify({
        code: `${prefix}-${String(at + 1).padStart(3, '0')}`,
        procedure,
        unit: { gso: unit },
        channel: filedOnline ? 'online' : 'desk',
        receivedAt: `${day}T08:30:00+07:00`,
        finishedAt: `${addDays(day, 14)}T10:00:00+07:00`,
        dueAt: `${addDays(day, 28)}T17:00:00+07:00`,
        returnedAt: `${addDays(day, 15)}T09:00:00+07:00`,
        status: 10,
        outcome: 'granted',
      });
    }),
  );
  const folder = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'motcua-demo-'));
  try {
    const file = path.join(folder, 'dossiers.ndjson');
    await fs.promises.writeFile(file, lines.join('\n'));
    const { errors } = await importDossiers(system, file);
    if (errors.length > 0) throw new Error(`db/demo/targets-2023.yaml: ${JSON.stringify(errors[0])}`);
  } finally {
    await fs.promises.rm(folder, { recursive: true, force: true });
  }
}
