import { useState } from 'react';

/**
 * Key of the act a form is about: made when the form opens, the same when it is sent again after a lost answer. With the
 * version seen, the next act on the changed row has a key of its own.
 */
export function useKey(version?: number): { idempotencyKey: string } {
  const [key] = useState(() => crypto.randomUUID());
  return { idempotencyKey: version === undefined ? key : `${key}-${version}` };
}
