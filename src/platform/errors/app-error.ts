import { words } from '../messages/words.ts';
import type { ErrorCode } from './registry.ts';
import { ERRORS } from './registry.ts';

export type ErrorDetails = {
  /** Values put into the message's `{{name}}` places. Never personal data. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** Problems of single fields, `path` as in the request body. */
  readonly fields?: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  /** Extra members of the problem document, e.g. the current version of a stale row. */
  readonly extra?: Readonly<Record<string, unknown>>;
};

/** An expected failure, told to the caller as `application/problem+json`. Bugs are plain errors and become a bare 500. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(code);
    this.name = 'AppError';
    this.code = code;
    this.status = ERRORS[code].status;
    this.details = details;
  }
}

/** Vietnamese text of an error with its parameters filled in. */
export function errorText(code: ErrorCode, params: Readonly<Record<string, string | number>> = {}): string {
  return words(`errors.${code}`, params);
}
