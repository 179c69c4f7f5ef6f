/** Why a new password is refused. */
export type PasswordProblem = 'too-short' | 'too-long' | 'too-common' | 'like-login' | 'unchanged';

export type PasswordCheck = { readonly ok: true } | { readonly ok: false; readonly problem: PasswordProblem };

/** Shortest new password, in characters as people count them. */
export const MIN_PASSWORD_LENGTH = 10;
/** Longest, so that nobody makes the server hash a book. */
export const MAX_PASSWORD_LENGTH = 200;

/**
 * Words that stand behind most guessed passwords here; compared without digits, marks and diacritics, so `MatKhau@123`,
 * `matkhau2026!` and `mật khẩu 1` are all `matkhau`. The demo's own words are among them, since they are published.
 */
const COMMON = new Set(
  (
    'password passwd matkhau matkhaumoi motcua motcuadientu hethongmotcua admin administrator quantri quantrihethong ' +
    'welcome letmein iloveyou anhyeuem emyeuanh yeuem yeuanh qwerty qwertyuiop asdfghjkl asdfgh zxcvbnm qazwsx qazwsxedc ' +
    'abc abcd abcdef abcdefgh abcdefghij xinchao vietnam vietnamvodich hanoi saigon hochiminh danang quangnam hiepduc ' +
    'ubnd uybannhandan uybannhandanxa uybannhandanhuyen congan buudien canbo congchuc vienchuc chuyenvien lanhdao ' +
    'macdinh default changeme doimatkhau test tester testing demo user nguoidung login dangnhap monkey dragon football ' +
    'bongda conyeume giadinh hanhphuc khongbiet khongcho maimaiyeuem langvang'
  ).split(' '),
);

/** Passwords are compared in one Unicode form: Vietnamese keyboards give composed or separate marks for one word. */
export function normalisePassword(typed: string): string {
  return typed.normalize('NFC');
}

const bare = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^a-z]/g, '');

/** Runs such as 0123456789, 9876543210 or aaaaaaaaaa: every step between neighbours is the same and at most one. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const step = (codes[1] ?? 0) - (codes[0] ?? 0);
  if (Math.abs(step) > 1) return false;
  // 9 → 0 goes on counting: 1234567890.
  return codes.every((code, index) => {
    const before = codes[index - 1];
    return before === undefined || code - before === step || (step === 1 && before === 57 && code === 48);
  });
}

/**
 * Judges a new password: at least 10 characters, none of the few that everybody tries first, not the login. No rule
 * about kinds of characters: such rules give `Matkhau@1` (NIST SP 800-63B §3.1.1.2).
 * @param login normalised login of the account
 * @param current the password it replaces, where known
 */
export function checkNewPassword(password: string, login: string, current?: string): PasswordCheck {
  const text = normalisePassword(password);
  const length = [...text].length;
  const refuse = (problem: PasswordProblem): PasswordCheck => ({ ok: false, problem });
  if (length < MIN_PASSWORD_LENGTH) return refuse('too-short');
  if (length > MAX_PASSWORD_LENGTH) return refuse('too-long');
  if (current !== undefined && text === normalisePassword(current)) return refuse('unchanged');
  const letters = bare(text);
  const digitsAndMarksOnly = letters.length === 0 && new Set(text).size <= 4;
  if (COMMON.has(letters) || isRun(text) || digitsAndMarksOnly || new Set(text).size < 4) return refuse('too-common');
  const ownName = bare(login);
  if (text.toLowerCase().includes(login) || (ownName.length >= 4 && letters === ownName)) return refuse('like-login');
  return { ok: true };
}
