import argon2 from '@node-rs/argon2';
import type { PasswordHasher } from './ports.ts';
import { normalisePassword } from './rules/password-policy.ts';

/** argon2id (the default algorithm), 19 MiB, two passes, one thread: about 26 ms, off the main loop. */
const SETTINGS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hasher of real installations. */
export const argon2Hasher: PasswordHasher = {
  hash: (password) => argon2.hash(normalisePassword(password), SETTINGS),
  verify: (hash, password) => argon2.verify(hash, normalisePassword(password)),
  isOutdated: (hash) => {
    const made = argon2.parseOptions(hash);
    return made.memoryCost < SETTINGS.memoryCost || made.timeCost < SETTINGS.timeCost;
  },
};
