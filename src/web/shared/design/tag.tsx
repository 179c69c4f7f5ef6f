import type { ReactNode } from 'react';

export type TagTone = 'grey' | 'green' | 'amber' | 'red' | 'blue';

/** A short word about a state; the word says it, the colour only helps. */
export function Tag({ tone = 'grey', children }: { tone?: TagTone; children: ReactNode }) {
  return <span className={tone === 'grey' ? 'tag' : `tag tag--${tone}`}>{children}</span>;
}
