import { isStorable, UNSTORABLE_MESSAGE } from '../../../core/text/storable.ts';
import { AppError } from '../../../platform/errors/app-error.ts';

/**
 * Refuses text that cannot be stored, for callers that do not come through a declared endpoint (portal pages, imports).
 * @throws AppError request/invalid.
 */
export function checkStorable(body: unknown): void {
  if (isStorable(body)) return;
  throw new AppError('request/invalid', {
    fields: [{ path: 'body', code: 'encoding', message: UNSTORABLE_MESSAGE }],
  });
}
