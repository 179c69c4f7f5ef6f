const NOWHERE = 'http://noi-bo.invalid';

/**
 * A place inside this site to go back to, or the home page: only a local path passes, never another host however it
 * is written (`//evil.vn`, `/\evil.vn`, control characters that browsers drop).
 */
export function safeReturnTo(wanted: string): string {
  if (!wanted.startsWith('/') || wanted.startsWith('//') || /[\\\p{Cc}]/u.test(wanted)) return '/';
  try {
    const url = new URL(wanted, NOWHERE);
    return url.origin === NOWHERE && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
  } catch {
    return '/';
  }
}
