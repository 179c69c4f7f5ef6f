import { AppError } from '../../../platform/errors/app-error.ts';

/** A turn of background work over the sums; before they were first made there is nothing to do. @returns whether there may be more */
export async function onceBuilt(turn: () => Promise<boolean>): Promise<boolean> {
  try {
    return await turn();
  } catch (error) {
    if (error instanceof AppError && error.code === 'metrics/building') return false;
    throw error;
  }
}
