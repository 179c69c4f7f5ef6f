import { type StaffActor, unitsFor } from '../../core/access/actor.ts';
import { type DayNumber, dayNumberAt, dayOf, VIETNAM_ZONE } from '../../core/time/index.ts';
import type { DossierState } from '../../modules/onestop/dossiers/rules/state.ts';
import type { System } from '../system.ts';
import type { Wish } from '../volume/wishes.ts';
import type { DemoOrganisation } from './organisation.ts';

/** How many wait for each person or place of work; chance gives some of them more. */
const EACH = 2;
/** Longer than the longest procedure takes, and than offices are closed around Tết. */
const REACH_DAYS = 45;
/** Work a person is given by name, and work that waits for whoever comes first. */
const GIVEN = ['dossier.process', 'dossier.review', 'dossier.approve'];

type Waiting = { readonly key: string } & Pick<Wish, 'deskId' | 'channel' | 'fits'> & { readonly daysAgo: number };

/**
 * Dossiers that wait for the people whose accounts a demo offers, whatever day it begins: what chance alone leaves to one desk of many
 * is a handful, most of it ended or at the same step.
 */
export async function workForAll(
  { organisation, clock }: Pick<System, 'organisation' | 'clock'>,
  { accounts, homeUnitIds }: Pick<DemoOrganisation, 'accounts' | 'homeUnitIds'>,
): Promise<Wish[]> {
  const now = clock.now();
  const today = dayOf(now);
  const units = await organisation.directory();
  const waiting = new Map<string, Waiting>();
  for (const { staffId } of accounts) {
    const grants = await organisation.loadGrants(staffId, now);
    if (!grants) continue;
    const actor: StaffActor = { kind: 'staff', accountId: '', ...grants, assurance: 'password', address: '127.0.0.1' };
    for (const homeId of homeUnitIds) {
      const desk = units.officeOn(homeId, 'mot-cua', today);
      const own = new Set(units.reachOn(homeId, 'authority', today));
      if (!desk || !own.has(grants.homeUnitId)) continue;
      for (const one of waitingFor(actor, desk.unitId)) waiting.set(one.key, one);
    }
  }
  const last = dayNumberAt(now.getTime(), VIETNAM_ZONE);
  return [...waiting.values()].flatMap(({ key: _, daysAgo, ...one }) =>
    Array.from(
      { length: EACH },
      (): Wish => ({
        ...one,
        day: (last - daysAgo) as DayNumber,
        first: (last - REACH_DAYS) as DayNumber,
        last,
        late: false,
        optional: true,
      }),
    ),
  );
}

function waitingFor(actor: StaffActor, deskId: string): Waiting[] {
  const may = (permission: string): readonly string[] => unitsFor(actor, permission);
  const found: Waiting[] = [];
  if (GIVEN.some((permission) => may(permission).length > 0))
    found.push({
      key: actor.staffId,
      deskId,
      channel: 'desk',
      daysAgo: 4,
      fits: ({ endedAt, step }) => endedAt === null && step?.staffId === actor.staffId,
    });
  const numbering = may('dossier.number');
  if (numbering.length > 0)
    found.push({
      key: `number ${deskId}`,
      deskId,
      channel: 'desk',
      daysAgo: 2,
      fits: ({ endedAt, step }) => endedAt === null && step?.role === 'clerk' && numbering.includes(step.unitId),
    });
  const at = (status: DossierState['status'], channel: Wish['channel'], daysAgo: number): Waiting => ({
    key: `${status} ${deskId}`,
    deskId,
    channel,
    daysAgo,
    fits: (state) => state.status === status,
  });
  if (may('dossier.receive').includes(deskId)) found.push(at('submitted', 'online', 0));
  if (may('dossier.hand-over').includes(deskId)) found.push(at('decided', 'desk', 4));
  return found;
}
