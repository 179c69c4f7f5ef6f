import type { Finding } from './rules/finding.ts';

/** How one piece of background work fares in this process since it started. */
export type TimerState = {
  readonly name: string;
  readonly everyMs: number;
  readonly runs: number;
  readonly failures: number;
  readonly lastEndedAt: Date | null;
  readonly lastMs: number | null;
  /** Of the last run; null where it went well. */
  readonly lastError: string | null;
};

/** A setting in effect, in words, without secrets. */
export type Setting = { readonly name: string; readonly value: string };

/** What the process knows of itself and its surroundings; `src/app/operation` provides it. */
export type SystemProbe = {
  /** Looks at everything anew; some seconds where the mail server is silent. Never throws: a failure is a finding. */
  findings(): Promise<readonly Finding[]>;
  timers(): readonly TimerState[];
  settings(): readonly Setting[];
  versions(): Promise<readonly Setting[]>;
  /** Lets deliveries that were given up start again; how many. */
  retryDeliveries(): Promise<number>;
  /** Hands one mail to the mail server now, past the queue; undefined where no server is set. Never throws. */
  sendTestMail(to: string): Promise<{ readonly ok: boolean; readonly detail: string } | undefined>;
};
