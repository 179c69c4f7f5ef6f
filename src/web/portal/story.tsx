import type { StoryLine } from '../../modules/onestop/portal/rules/dossier-views.ts';
import { Timeline } from '../shared/design/timeline.tsx';
import { instantText } from './wording.ts';

/** The history of a dossier, newest first; the newest is where it stands. */
export function Story({ lines }: { lines: readonly StoryLine[] }) {
  return (
    <Timeline
      entries={lines.map((line, index) => ({
        id: line.id,
        at: line.at,
        when: instantText(line.at),
        what: line.what,
        detail: line.note ? <p>{line.note}</p> : null,
        current: index === 0,
      }))}
    />
  );
}
