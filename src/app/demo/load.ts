import { loadContent } from '../content.ts';
import { createInstallation, findInstallation } from '../installation.ts';
import type { System } from '../system.ts';
import { loadDemoOrganisation } from './organisation.ts';

/**
 * Fills a demo: content, people and accounts, and dossiers with histories to look at. Safe to repeat at every start.
 * @throws Error where the database belongs to a real installation.
 */
export async function loadDemo(system: System): Promise<void> {
  const { db, config, clock } = system;
  const found = await findInstallation(db);
  if (found && !found.demo)
    throw new Error('Cơ sở dữ liệu này thuộc một bản cài đặt thật: không chạy bản trình diễn trên đó.');
  if (found && found.era !== config.era)
    throw new Error(`Thư mục dữ liệu này thuộc bản trình diễn thời kỳ ${found.era}.`);
  await loadContent(system);
  await loadDemoOrganisation(system);
  if (found) return;
  const { generateDossiers } = await import('../volume/generate.ts');
  await generateDossiers(system, 600, { seed: 1 });
  // Last: a start cut short before this line begins again.
  await createInstallation(db, { name: 'Bản trình diễn Một Cửa', demo: true, era: config.era }, clock.now());
}
