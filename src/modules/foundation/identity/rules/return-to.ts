const MAX_LENGTH = 500;
const NOWHERE = 'http://noi-bo.invalid';

/**
 * A place inside this site to go to after sign-in, or `fallback`. Only a local path passes: `//evil.vn`, `/\evil.vn`,
 * `https://evil.vn`, tabs and other control characters that browsers drop, and the sign-in pages themselves do not.
 * @example safeReturnTo('/ho-so/1?tab=2') // '/ho-so/1?tab=2'
 */
export function safeReturnTo(wanted: unknown, fallback = '/'): string {
  if (typeof wanted !== 'string' || wanted.length > MAX_LENGTH || !wanted.startsWith('/')) return fallback;
  if (wanted.startsWith('//') || /[\\\p{Cc}]/u.test(wanted)) return fallback;
  let url: URL;
  try {
    url = new URL(wanted, NOWHERE);
  } catch {
    return fallback;
  }
  // `/a/..//evil.vn` becomes `//evil.vn` when resolved: judge what the browser would see.
  if (url.origin !== NOWHERE || url.pathname.startsWith('//')) return fallback;
  if (/^\/(dang-nhap|dang-xuat)(\/|$)/.test(url.pathname)) return fallback;
  return url.pathname + url.search + url.hash;
}
