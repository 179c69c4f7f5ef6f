import { useEffect, useState } from 'react';

/** The value as it was once it stood still for `delayMs`: questions to the server wait until the typing rests. */
export function useLater<T>(value: T, delayMs = 300): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return later;
}
