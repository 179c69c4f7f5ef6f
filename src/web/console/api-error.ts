/** One thing wrong with what was sent: path as the server names it (`body.applicant.idNumber`), text to show. */
export interface FieldError {
  path: string;
  code: string;
  message: string;
}

/**
 * A refused or failed call. `code` is from the server's error registry (`row/missing`, `version/stale` …);
 * `network` when no answer came. `message` is Vietnamese text that may be shown as it is.
 */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldError[];
  readonly requestId: string | undefined;
  /** The whole problem+json body, for callers that know an extra member (e.g. the current version). */
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(status: number, problem: Readonly<Record<string, unknown>>, fallbackText: string) {
    super(typeof problem.detail === 'string' && problem.detail !== '' ? problem.detail : fallbackText);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
    this.code = typeof problem.code === 'string' ? problem.code : status === 0 ? 'network' : 'unknown';
    this.requestId = typeof problem.requestId === 'string' ? problem.requestId : undefined;
    this.fields = Array.isArray(problem.fields) ? problem.fields.filter(isFieldError) : [];
  }
}

function isFieldError(value: unknown): value is FieldError {
  return typeof value === 'object' && value !== null && 'path' in value && 'message' in value;
}

/** Text of a field's error, if the server named that field. The path may be given without its leading `body.`. */
export function fieldErrorText(error: unknown, path: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return error.fields.find((field) => field.path === path || field.path === `body.${path}`)?.message;
}
