/** What visitors may do only so often; named after guests, whom it was first made for. */
export type LimitedAct = 'guestDraft' | 'guestFiling' | 'guestFile' | 'guestHold' | 'guestSurvey';

/** How often: by one address or account in an hour, and by all guests together in a minute. Bounds count. */
export type VisitLimit = { readonly addressPerHour: number; readonly allPerMinute: number };
export type PortalLimits = Readonly<Record<LimitedAct, VisitLimit>>;

/**
 * Wide enough for a commune's public computer and for the busiest minute of a province, narrow enough that nobody fills the
 * disk or the desks' lists. An installation sets its own as `portalLimits` of its settings.
 */
export const DEFAULT_LIMITS: PortalLimits = {
  guestDraft: { addressPerHour: 60, allPerMinute: 120 },
  guestFiling: { addressPerHour: 30, allPerMinute: 60 },
  guestFile: { addressPerHour: 200, allPerMinute: 600 },
  guestHold: { addressPerHour: 120, allPerMinute: 240 },
  // A counter is one address for everybody who comes.
  guestSurvey: { addressPerHour: 300, allPerMinute: 600 },
};

/**
 * Limits of an installation over the defaults. What is no whole number of at least 1 is left at its default.
 * @example readLimits({ guestDraft: { addressPerHour: 5 } }).guestDraft // { addressPerHour: 5, allPerMinute: 120 }
 */
export function readLimits(given: unknown): PortalLimits {
  const read = (act: LimitedAct): VisitLimit => {
    const own = member(given, act);
    const number = (name: keyof VisitLimit): number => {
      const value = member(own, name);
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? value : DEFAULT_LIMITS[act][name];
    };
    return { addressPerHour: number('addressPerHour'), allPerMinute: number('allPerMinute') };
  };
  return {
    guestDraft: read('guestDraft'),
    guestFiling: read('guestFiling'),
    guestFile: read('guestFile'),
    guestHold: read('guestHold'),
    guestSurvey: read('guestSurvey'),
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** Wrong facts counted so far, those under way included, by who tried and at which code. */
export type FollowTries = {
  readonly addressRecent: number;
  readonly addressDay: number;
  /** Only facts that can be guessed: four digits or a year. */
  readonly codeDay: number;
  readonly codeMonth: number;
};

/** Spans of `FollowTries`, in minutes. */
export const RECENT_MINUTES = 15;
export const DAY_MINUTES = 24 * 60;
export const MONTH_MINUTES = 30 * DAY_MINUTES;

/** Wrong facts that are borne; the bound itself still counts as borne. */
const BORNE: FollowTries = { addressRecent: 10, addressDay: 100, codeDay: 10, codeMonth: 20 };

/**
 * Whether one more fact is looked at. A year of birth has some eighty values: tries at one code are counted from
 * anywhere and over a month, so that many addresses and much patience do not help. Strangers cannot lock the owner out
 * by it: the whole identity number or telephone is no guess and is bound by the address alone.
 * @returns `address`: wait; `code`: short facts are closed at this code for now, the whole number is not.
 */
export function decideFollowTry(tries: FollowTries, isGuessable: boolean): 'look' | 'address' | 'code' {
  if (tries.addressRecent > BORNE.addressRecent || tries.addressDay > BORNE.addressDay) return 'address';
  if (isGuessable && (tries.codeDay > BORNE.codeDay || tries.codeMonth > BORNE.codeMonth)) return 'code';
  return 'look';
}

/** Whether a second fact has so few digits that trying them all is little work: fewer than nine. */
export const isGuessableFact = (digits: string): boolean => digits.length < 9;
