const SHAPE = /^[a-z0-9][a-z0-9._@-]{2,63}$/;

/**
 * A login as it is stored and compared: no blanks around it, lower case. `' Motcua.HiepDuc '` and `'motcua.hiepduc'`
 * are one login. Works on any text a person may type; whether it could be a login is said by `isLogin`.
 */
export function normaliseLogin(typed: string): string {
  return typed.normalize('NFC').trim().toLowerCase();
}

/** Whether a normalised text may be a login: 3–64 of `a–z 0–9 . _ @ -`, beginning with a letter or digit. */
export function isLogin(text: string): boolean {
  return SHAPE.test(text);
}
