import { describe, expect, it } from 'vitest';
import type { StaffActor } from '../../core/access/actor.ts';
import { generateDossiers } from '../volume/generate.ts';
import { openDemoSystem } from '../volume/testing.ts';
import { loadDemoOrganisation } from './organisation.ts';
import { workForAll } from './work-for-all.ts';

/** Accounts whose work is no dossier: systems, oversight, reports, fees. */
const WITHOUT_INBOX = ['quantri.hiepduc', 'kiemsoat.danang', 'tonghop.hiepduc', 'ketoan.hiepduc'];

/** Accounts with what waits in their inboxes, once somebody starts the demo of today at that instant. */
async function inboxesAt(instant: string): Promise<Readonly<Record<string, number>>> {
  const { system, clock, close } = await openDemoSystem();
  try {
    clock.set(new Date(instant));
    const people = await loadDemoOrganisation(system.organisation, '2026');
    await generateDossiers(system, 300, { seed: 1, wishes: await workForAll(system, people) });
    const counted: Record<string, number> = {};
    for (const { login, staffId } of people.accounts) {
      if (WITHOUT_INBOX.includes(login)) continue;
      const grants = await system.organisation.loadGrants(staffId, clock.now());
      const actor = {
        kind: 'staff',
        accountId: '',
        ...grants,
        assurance: 'password',
        address: '127.0.0.1',
      } as StaffActor;
      const { views } = await system.dossiers.inboxCounts(actor);
      counted[login] = views.filter(({ view }) => view !== 'unit').reduce((sum, { total }) => sum + total, 0);
    }
    return counted;
  } finally {
    await close();
  }
}

describe('the demo of today', () => {
  it.each([
    ['a working day', '2026-11-23T16:00:00+07:00'],
    ['a Monday before the offices open', '2026-11-23T06:10:00+07:00'],
    ['a Sunday', '2026-11-22T10:00:00+07:00'],
    ['the first hour of a year', '2027-01-01T00:10:00+07:00'],
    ['the middle of Tết', '2027-02-07T10:00:00+07:00'],
    ['the first of a month, long from now', '2029-03-01T08:00:00+07:00'],
  ])('gives everybody who works on dossiers something to do on %s', { timeout: 120_000 }, async (_, instant) => {
    const counted = await inboxesAt(instant);
    expect(Object.keys(counted).length).toBeGreaterThan(12);
    expect(Object.entries(counted).filter(([, total]) => total === 0)).toEqual([]);
  });
});
