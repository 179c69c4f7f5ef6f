import type { FastifyReply } from 'fastify';
import { contentDisposition } from './rules/file-name.ts';
import type { OpenedFile } from './service.ts';

// Chromium's own PDF viewer does not open inside a sandbox.
const PDF_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'self'";

/**
 * Answers a request with a file: never sniffed, never run as a page (no script; pictures in a sandbox), never kept by a shared cache.
 * @param how `inline` shows PDF and pictures in the browser; other types are always downloaded.
 */
export function sendFile(
  reply: FastifyReply,
  { reference, content }: OpenedFile,
  how: 'inline' | 'attachment',
): FastifyReply {
  const shownInline = how === 'inline' && /^(application\/pdf|image\/(jpeg|png))$/.test(reference.mime);
  return reply
    .header('content-type', reference.mime)
    .header('content-length', reference.size)
    .header('content-disposition', contentDisposition(reference.name, shownInline ? 'inline' : 'attachment'))
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .header('content-security-policy', reference.mime === 'application/pdf' ? PDF_POLICY : `${PDF_POLICY}; sandbox`)
    .send(content);
}
