import { AppError } from '../../../platform/errors/app-error.ts';
import { findAttempt, forgetAttempts, lockAttempt, saveAttempt, WHOLE_ADDRESS } from './attempt-store.ts';
import type { IdentityContext } from './context.ts';
import { addressKey } from './rules/address.ts';
import { countFailure, decideAttempt, NO_ATTEMPTS, takeBackFailure } from './rules/lockout.ts';

/** `incomplete`: right as far as it went (the one-time code is still to come): neither success nor failure. */
export type Verdict<T> =
  | { readonly outcome: 'success'; readonly value: T }
  | { readonly outcome: 'failure' }
  | { readonly outcome: 'incomplete' };

export type AttemptGuard = {
  /**
   * Runs a check of a secret unless the pair of address and login, or the whole address, is locked.
   * @throws AppError `sign-in/locked` without running it
   */
  run<T>(address: string, login: string, check: () => Promise<Verdict<T>>): Promise<Verdict<T>>;
};

/**
 * Failures are counted before the check and taken back after it, so that a hundred requests at once get no more tries
 * than one after the other. Within a process the checks of one pair queue up, so that many right sign-ins at once do
 * not lock each other out.
 */
export function createAttemptGuard(ctx: IdentityContext): AttemptGuard {
  const { db, clock, lockout } = ctx;
  const queues = new Map<string, Promise<unknown>>();

  async function inTurn<T>(key: string, run: () => Promise<T>): Promise<T> {
    const before = queues.get(key) ?? Promise.resolve();
    const mine = before.then(run, run);
    const settled = mine.catch(() => undefined);
    queues.set(key, settled);
    try {
      return await mine;
    } finally {
      if (queues.get(key) === settled) queues.delete(key);
    }
  }

  async function reserve(address: string, loginKey: Buffer): Promise<void> {
    const now = clock.now();
    const whole = decideAttempt((await findAttempt(db, address, WHOLE_ADDRESS)) ?? NO_ATTEMPTS, now);
    const pair = await db.transaction().execute(async (trx) => {
      const state = await lockAttempt(trx, address, loginKey);
      const decision = decideAttempt(state, now);
      if (decision.ok && whole.ok) {
        const next = countFailure(state, now, lockout.pairFailures, lockout.windowMinutes);
        await saveAttempt(trx, address, loginKey, next);
      }
      return decision;
    });
    const refused = !pair.ok ? pair : !whole.ok ? whole : undefined;
    if (refused) throw new AppError('sign-in/locked', { params: { minutes: refused.minutes } });
  }

  async function takeBack(address: string, loginKey: Buffer): Promise<void> {
    await db.transaction().execute(async (trx) => {
      await saveAttempt(trx, address, loginKey, takeBackFailure(await lockAttempt(trx, address, loginKey)));
    });
  }

  async function countForAddress(address: string): Promise<void> {
    await db.transaction().execute(async (trx) => {
      const state = await lockAttempt(trx, address, WHOLE_ADDRESS);
      const next = countFailure(state, clock.now(), lockout.addressFailures, lockout.windowMinutes);
      await saveAttempt(trx, address, WHOLE_ADDRESS, next);
    });
  }

  return {
    async run<T>(address: string, login: string, check: () => Promise<Verdict<T>>): Promise<Verdict<T>> {
      const source = addressKey(address);
      // A digest with the installation's key: people type passwords into the wrong box.
      const loginKey = ctx.sealer.digest('login', login);
      return inTurn(`${source} ${loginKey.toString('base64')}`, async () => {
        await reserve(source, loginKey);
        let verdict: Verdict<T>;
        try {
          verdict = await check();
        } catch (error) {
          // A bug or the database: nobody's failure.
          await takeBack(source, loginKey).catch(() => undefined);
          throw error;
        }
        if (verdict.outcome === 'success') await forgetAttempts(db, source, loginKey);
        if (verdict.outcome === 'incomplete') await takeBack(source, loginKey);
        if (verdict.outcome === 'failure') await countForAddress(source);
        return verdict;
      });
    },
  };
}
