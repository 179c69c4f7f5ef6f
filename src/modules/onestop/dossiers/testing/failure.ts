import { AppError } from '../../../../platform/errors/app-error.ts';

/** The expected failure of a use case; a bug or a success fails the test. */
export async function failure(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}
