import { type Day, type DayNumber, dayNumberOf, instantAt } from '../../core/time/index.ts';
import { isLate } from '../../modules/onestop/apologies/index.ts';
import type { DossierState } from '../../modules/onestop/dossiers/rules/state.ts';
import type { System } from '../system.ts';
import { readDesks } from '../volume/cells.ts';
import type { Wish } from '../volume/wishes.ts';

/** The district the 2023 demo is about, and the two communes that recorded nothing online in 2023 (domain §10.4). */
const DISTRICT = '512-hiep-duc';
/** The commune whose people have accounts: what is late and open stands where somebody can sign in and answer for it. */
const WITH_ACCOUNTS = '20779-tan-binh';
const NOTHING_ONLINE = ['20761-hiep-thuan', '20782-que-luu'];
const START_2023 = instantAt('2023-01-01', '00:00');
const END_2023 = instantAt('2023-09-01', '00:00');

/**
 * Dossiers of the two periods by how they turn out. Whole numbers that give the seed's rates by `late-of-due`:
 * 2022: (104 + 4) late of (268 + 104 finished + 4 open due) = 108/376 = 28.72 %;
 * 1/1–31/8/2023: (26 + 4 + 6) of (424 + 26 + 4 finished + 6 open due) = 36/460 = 7.83 %.
 * The 4 `carried` are late at the end of 2022 and finished late in 2023: they count in both periods.
 * Received in 2023: 424 + 26 + 6 + 38 = 494, of them 285 online = 57.7 %; none online in 2022.
 */
const KINDS = [
  { kind: 'in-time-2022', count: 268, first: '2022-01-04', last: '2022-12-12', late: false },
  { kind: 'late-2022', count: 104, first: '2022-01-04', last: '2022-11-25', late: true },
  { kind: 'carried', count: 4, first: '2022-11-10', last: '2022-12-26', late: true },
  { kind: 'in-time-2023', count: 424, first: '2023-01-03', last: '2023-08-25', late: false },
  { kind: 'late-2023', count: 26, first: '2023-01-03', last: '2023-08-15', late: true },
  { kind: 'open-late', count: 6, first: '2023-07-10', last: '2023-08-28', late: true },
  { kind: 'open', count: 38, first: '2023-08-07', last: '2023-08-30', late: false },
] as const;
type Kind = (typeof KINDS)[number]['kind'];

const ONLINE_2023 = 285;
const RECEIVED_2023 = 494;

function turnsOut(kind: Kind, state: DossierState, now: Date): boolean {
  const { receivedAt, endedAt, dueCurrent, punctuality } = state;
  if (receivedAt === null || dueCurrent === null) return false;
  if (kind === 'open' || kind === 'open-late') {
    if (endedAt !== null) return false;
    // What is not late yet comes due after the period: the figure stands still while the demo's day goes by.
    if (kind === 'open') return dueCurrent >= END_2023;
    return (
      state.clock.status === 'running' &&
      isLate({ receivedAt, dueCurrent, endedAt, punctuality, pausedSince: null }, now)
    );
  }
  if (endedAt === null || punctuality === null) return false;
  const in2022 = endedAt < START_2023;
  switch (kind) {
    case 'in-time-2022':
      return in2022 && punctuality !== 'late';
    case 'late-2022':
      return in2022 && punctuality === 'late';
    case 'carried':
      return !in2022 && punctuality === 'late' && dueCurrent < START_2023;
    case 'in-time-2023':
      return !in2022 && punctuality !== 'late';
    case 'late-2023':
      return !in2022 && punctuality === 'late';
  }
}

/** Every third dossier is the district's own; the communes share the others evenly. */
function createTurn(district: string, communes: readonly string[]): () => string {
  let turn = 0;
  return () => {
    const index = turn++;
    return index % 3 === 0 ? district : (communes[(index - Math.floor(index / 3)) % communes.length] ?? district);
  };
}

export type TwoPeriods = {
  /** The district and everything in it. */
  readonly unitIds: readonly string[];
  readonly desks: ReadonlySet<string>;
  readonly wishes: readonly Wish[];
};

/** What to generate for Hiệp Đức, and at which desks nothing else may be. */
export async function twoPeriods(system: Pick<System, 'db' | 'organisation' | 'clock'>): Promise<TwoPeriods> {
  const [units, ids] = [await system.organisation.directory(), await system.organisation.unitIdsByKey()];
  const now = system.clock.now();
  const on: Day = '2023-08-31';
  const districtId = ids.get(DISTRICT);
  if (districtId === undefined) throw new Error(`no unit ${DISTRICT} in content/units`);
  const inside = new Set(units.reachOn(districtId, 'subtree', on));
  const desks = [...new Set((await readDesks(system.db)).map((desk) => desk.unitId))].filter((id) => inside.has(id));
  const own = units.officeOn(districtId, 'mot-cua', on)?.unitId ?? '';
  const offline = new Set(NOTHING_ONLINE.map((key) => units.officeOn(ids.get(key) ?? '', 'mot-cua', on)?.unitId ?? ''));
  const communes = desks.filter((id) => id !== own);
  const shown = [own, units.officeOn(ids.get(WITH_ACCOUNTS) ?? '', 'mot-cua', on)?.unitId ?? own];
  const nextDesk = createTurn(own, communes);
  const nextOnline = createTurn(
    own,
    communes.filter((id) => !offline.has(id)),
  );

  const planned = KINDS.flatMap(({ kind, count, first, last, late }) => {
    const [from, to] = [dayNumberOf(first), dayNumberOf(last)];
    return Array.from({ length: count }, (_, index) => ({
      kind,
      late,
      first: from,
      last: to,
      day: (from + Math.floor(((index + 0.5) * (to - from)) / count)) as DayNumber,
    }));
  }).sort((a, b) => a.day - b.day);
  let [received2023, openLate] = [0, 0];
  const wishes = planned.map(({ kind, ...wish }): Wish => {
    const of2023 = wish.first >= dayNumberOf('2023-01-01');
    const before = Math.floor((received2023 * ONLINE_2023) / RECEIVED_2023);
    if (of2023) received2023++;
    const online = of2023 && Math.floor((received2023 * ONLINE_2023) / RECEIVED_2023) > before;
    return {
      ...wish,
      deskId: (kind === 'open-late' ? shown[openLate++ % 2] : undefined) ?? (online ? nextOnline() : nextDesk()),
      channel: online ? 'online' : 'desk',
      fits: (state) => turnsOut(kind, state, now),
    };
  });
  return { unitIds: [...inside], desks: new Set(desks), wishes };
}
