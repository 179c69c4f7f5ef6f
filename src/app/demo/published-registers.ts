import { fileURLToPath } from 'node:url';
import Type from 'typebox';
import { parseInstant } from '../../core/time/index.ts';
import { readYaml } from '../../modules/foundation/reference/index.ts';
import { recordPublished } from '../../modules/insight/registers/index.ts';
import type { System } from '../system.ts';

const FILE = fileURLToPath(new URL('../../../db/demo/registers-2023.yaml', import.meta.url));
const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });
const Figures = Type.Object(
  {
    figures: Type.Array(
      Type.Object(
        {
          /** Code of the statistical office. */
          unit: Text,
          register: Text,
          period: Text,
          on: Text,
          values: Type.Record(Type.String(), Type.Union([Type.Number(), Type.String()])),
          evidence: Text,
          reason: Text,
        },
        closed,
      ),
    ),
  },
  closed,
);
const DEMO = { kind: 'system', name: 'demo', assurance: 'system' } as const;

/** Enters what the districts of 2023 have published into their registers, each on the day it became known. */
export async function recordPublishedRegisters(system: System): Promise<void> {
  const { db, clock, organisation, files, dossierPorts } = system;
  const directory = await organisation.directory();
  const ports = { directory: async () => directory, staffNames: dossierPorts.staffNames, files };
  for (const { unit, register, period, on, values, evidence, reason } of readYaml(FILE, Figures).figures) {
    const found = directory.byCode('gso', unit, on);
    const at = parseInstant(`${on}T08:00:00+07:00`);
    if (!found || !at) throw new Error(`db/demo/registers-2023.yaml: unit ${unit} on ${on}`);
    const place = { registerId: register, unitId: found.unitId, periodId: period };
    await recordPublished({ db, clock, ports }, DEMO, { ...place, values, evidence, reason, at });
  }
}
