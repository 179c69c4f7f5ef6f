import fs from 'node:fs';
import path from 'node:path';
import type { Config } from '../../platform/config/config.ts';

/** The 2023 demo begins on Thursday 31/8/2023 at 08:30, the day of the seed's meeting. */
const START_2023 = Date.parse('2023-08-31T08:30:00+07:00');

/**
 * Shift of the business clock: none for 2026. For 2023 it is fixed at the first start and kept with the data, so that
 * the clock never goes back under dossiers already written.
 */
export function demoClockShift(config: Config): number {
  if (config.era === '2026') return 0;
  const file = path.join(config.dataDir, 'clock-shift');
  fs.mkdirSync(config.dataDir, { recursive: true });
  if (!fs.existsSync(file)) fs.writeFileSync(file, String(START_2023 - Date.now()));
  return Number(fs.readFileSync(file, 'utf8'));
}
