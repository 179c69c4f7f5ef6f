import type { ReactNode } from 'react';

/** One thing that happened, told as a sentence. `when` is text already in words of the reader. */
export interface TimelineEntry {
  id: string;
  /** ISO instant for machines. */
  at: string;
  when: string;
  what: string;
  detail?: ReactNode;
  current?: boolean;
}

/** A history that reads like a story, in the order given. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className="timeline">
      {entries.map((entry) => (
        <li key={entry.id} aria-current={entry.current ? 'step' : undefined}>
          <time className="timeline__when" dateTime={entry.at}>
            {entry.when}
          </time>
          <p className="timeline__what">{entry.what}</p>
          {entry.detail ? <div className="timeline__detail">{entry.detail}</div> : null}
        </li>
      ))}
    </ol>
  );
}
