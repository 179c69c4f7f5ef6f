import { fileURLToPath } from 'node:url';
import Type from 'typebox';
import { parseInstant } from '../../core/time/index.ts';
import { readYaml } from '../../modules/foundation/reference/index.ts';
import { recordPublished } from '../../modules/insight/registers/index.ts';
import type { System } from '../system.ts';

const fileOf = (era: string): string =>
  fileURLToPath(new URL(`../../../db/demo/registers-${era}.yaml`, import.meta.url));
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

/**
 * Enters what stands in the registers of an era's units from before, each on its day: of 2023 what districts have published,
 * of 2026 an entry of a commune that has been merged since, beside one of what it became.
 */
export async function recordPublishedRegisters(system: System, era: '2023' | '2026'): Promise<void> {
  const { db, clock, organisation, files, dossierPorts } = system;
  const directory = await organisation.directory();
  const ports = { directory: async () => directory, staffNames: dossierPorts.staffNames, files };
  for (const { unit, register, period, on, values, evidence, reason } of readYaml(fileOf(era), Figures).figures) {
    const found = directory.byCode('gso', unit, on);
    const at = parseInstant(`${on}T08:00:00+07:00`);
    if (!found || !at) throw new Error(`db/demo/registers-${era}.yaml: unit ${unit} on ${on}`);
    const place = { registerId: register, unitId: found.unitId, periodId: period };
    await recordPublished({ db, clock, ports }, DEMO, { ...place, values, evidence, reason, at });
  }
}
