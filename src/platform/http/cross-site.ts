import type { FastifyRequest } from 'fastify';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * True for a writing request that a browser sends from another site. Browsers tell by `Sec-Fetch-Site`; older ones by
 * `Origin`. Programs send neither and carry no cookie by accident. With SameSite=Lax cookies this closes CSRF without
 * tokens, so forms work without JavaScript and pages stay cacheable.
 */
export function isCrossSite(request: FastifyRequest): boolean {
  if (SAFE.has(request.method)) return false;
  const site = request.headers['sec-fetch-site'];
  if (typeof site === 'string') return site !== 'same-origin' && site !== 'none';
  const origin = request.headers.origin;
  if (typeof origin !== 'string') return false;
  try {
    return new URL(origin).host !== request.host;
  } catch {
    return true;
  }
}
