/**
 * - `template-refused`: the template would reach for a package on the network.
 * - `failed`: Typst or PDF/A said no; `problems` says why. A mistake of the template, not of the data.
 * - `timeout`: the job ran longer than allowed.
 * - `busy`: too many jobs wait already.
 * - `closed`: the renderer was closed.
 */
export type DocumentErrorCode = 'template-refused' | 'failed' | 'timeout' | 'busy' | 'closed';

/** Rendering failed for a reason that is not the user's; the data itself is never part of the message. */
export class DocumentError extends Error {
  readonly code: DocumentErrorCode;
  readonly problems: readonly string[];

  constructor(code: DocumentErrorCode, problems: readonly string[] = []) {
    super([`document ${code}`, ...problems].join(': '));
    this.name = 'DocumentError';
    this.code = code;
    this.problems = problems;
  }
}
