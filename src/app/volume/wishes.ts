import { DAY_MS, type Day, type DayNumber, dayOfNumber } from '../../core/time/index.ts';
import type { Channel, DossierState } from '../../modules/onestop/dossiers/rules/state.ts';
import { type Pending, playOne } from './play-one.ts';
import type { Run } from './run.ts';
import { instantInDay } from './working-instants.ts';

/** A dossier that must turn out in a certain way, so that figures of a period are exact. */
export type Wish = {
  /** Around which day it is handed in. */
  readonly day: DayNumber;
  readonly first: DayNumber;
  readonly last: DayNumber;
  readonly deskId: string;
  readonly channel: Channel;
  readonly late: boolean;
  readonly fits: (state: DossierState) => boolean;
  /** Left out where none turns out so, instead of an error. */
  readonly optional?: boolean;
};

/** Days the day of a wish is moved by at first; it widens with every refusal, within `first` … `last`. */
const SPREAD_DAYS = 3;
const ATTEMPTS = 600;

/**
 * Plays dossiers of the wished desk until one turns out as wished; undefined where none does and the wish is optional.
 * @throws Error where none does else: the wish contradicts law, people or calendar of those days
 */
export async function fulfil(run: Run, wish: Wish): Promise<Pending | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const reach = SPREAD_DAYS + Math.floor(attempt / 10);
    const moved = wish.day + run.random.below(2 * reach + 1) - reach;
    const dayNumber = Math.min(wish.last, Math.max(wish.first, moved));
    const made = await attemptOne(run, wish, dayNumber);
    if (made) return made;
  }
  if (wish.optional) return undefined;
  throw new Error(
    `Không sinh được hồ sơ theo yêu cầu: ${dayOfNumber(wish.day)}, ${wish.channel}, một cửa ${wish.deskId}`,
  );
}

async function attemptOne(run: Run, wish: Wish, dayNumber: DayNumber): Promise<Pending | undefined> {
  const { random, book } = run;
  const day: Day = dayOfNumber(dayNumber);
  const choices = await book.choices(wish.deskId, day);
  const choice = random.pick(choices.filter((one) => one.channels.includes(wish.channel)));
  const cell = choice && (await book.cell(wish.deskId, choice, wish.channel, day));
  if (!cell) return undefined;
  const inHours = instantInDay(cell.prepared.calendar, dayNumber, random.next());
  const evening = dayNumber * DAY_MS + (10 + 4 * random.next()) * 3_600_000;
  const atMs = wish.channel === 'online' && random.chance(0.25) ? evening : inHours;
  if (atMs === undefined || atMs > run.now.getTime()) return undefined;
  return playOne(run, cell, {
    day,
    submittedAtMs: Math.floor(atMs / 1000) * 1000,
    lateShare: wish.late ? 1 : 0,
    resultMethod: wish.channel === 'online' && random.chance(0.35) ? 'electronic' : 'desk',
    fits: ({ state }) => wish.fits(state),
  });
}
