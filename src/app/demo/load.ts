import { AppError } from '../../platform/errors/app-error.ts';
import { loadContent } from '../content.ts';
import { createInstallation, findInstallation } from '../installation.ts';
import type { System } from '../system.ts';
import { giveExampleTargets } from './example-targets.ts';
import { issueFirstApologies } from './first-apologies.ts';
import { commendFirst } from './first-commendation.ts';
import { fillDesk2023, fillDesk2026 } from './first-desk.ts';
import { closeFirstSurvey, surveyDistrict } from './first-survey.ts';
import { scoreCommunes, scoreDistricts } from './index-rounds.ts';
import { loadDemoOrganisation } from './organisation.ts';
import { recordPublishedRegisters } from './published-registers.ts';
import { inventResults } from './seed-targets.ts';
import { leaveRoundUnmeasured } from './stale-round.ts';
import { twoPeriods } from './two-periods.ts';
import { unitOf } from './unit-of.ts';
import { workForAll } from './work-for-all.ts';

/** Enough to fill the board of three years; about a second. What waits in inboxes is made beside them. */
const DEMO_DOSSIERS = 900;
/** In 2023 Hiệp Đức's dossiers are planned one by one; these are of the districts around. */
const NEIGHBOURS = 250;
const DEMO = { kind: 'system', name: 'demo', assurance: 'system' } as const;

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
  const people = await loadDemoOrganisation(system.organisation, config.era);
  if (found) return;
  for (const { login, staffId, password } of people.accounts) {
    try {
      await system.identity.createDemoAccount(DEMO, { login, staffId, password });
    } catch (error) {
      // A start that was cut short made some of them already.
      if (!(error instanceof AppError && (error.code === 'account/duplicate' || error.code === 'row/duplicate')))
        throw error;
    }
  }
  await createInstallation(
    db,
    {
      name: config.era === '2023' ? 'Huyện Hiệp Đức' : 'Các xã Hiệp Đức, Việt An, Phước Trà',
      demo: true,
      era: config.era,
      settings: { homeUnitIds: people.homeUnitIds },
    },
    clock.now(),
  );
  const { generateDossiers } = await import('../volume/generate.ts');
  if (config.era === '2026') {
    await generateDossiers(system, DEMO_DOSSIERS, { seed: 1, wishes: await workForAll(system, people) });
    await giveExampleTargets(system, people.homeUnitIds);
    await closeFirstSurvey(system, people.homeUnitIds);
    await scoreCommunes(system, people.homeUnitIds);
    await leaveRoundUnmeasured(system, people.homeUnitIds);
    await recordPublishedRegisters(system, '2026');
    await commendFirst(system, people.homeUnitIds);
    await fillDesk2026(system);
    return;
  }
  const { unitIds, desks, wishes } = await twoPeriods(system);
  await generateDossiers(system, NEIGHBOURS, { seed: 1, except: desks, wishes });
  await issueFirstApologies(system, unitIds);
  await recordPublishedRegisters(system, '2023');
  await inventResults(system);
  await surveyDistrict(system);
  await scoreDistricts(system);
  // What Nông Sơn has published of commendations stays by itself.
  const unit = await unitOf(system);
  await commendFirst(system, [unit('512-hiep-duc'), unit('510-nam-giang')]);
  await fillDesk2023(system);
}
