import { type Day, dayOf } from '../../core/time/index.ts';
import { codePrefix } from '../../modules/onestop/dossiers/rules/dossier-code.ts';
import type { ResultMethod } from '../../modules/onestop/dossiers/rules/state.ts';
import type { Cell } from './cells.ts';
import { type History, playHistory } from './history.ts';
import type { Run } from './run.ts';

/** A dossier whose life is played and that waits for its code. */
export type Pending = {
  readonly cell: Cell;
  readonly history: History;
  readonly prefix: string;
  readonly day: Day;
  readonly submittedAtMs: number;
  readonly serial: number;
  readonly resultMethod: ResultMethod;
};

type Wanted = {
  readonly day: Day;
  readonly submittedAtMs: number;
  readonly lateShare: number;
  readonly resultMethod: ResultMethod;
  /** A history it refuses is thrown away, and takes no number of a register. */
  readonly fits?: (history: History) => boolean;
};

/** Plays one dossier of a cell; undefined where the rules or `fits` refuse it. */
export function playOne(run: Run, cell: Cell, wanted: Wanted): Pending | undefined {
  const { random, now } = run;
  const { prepared } = cell;
  const register = `${prepared.authority.id}:${prepared.revision.definition.code}:`;
  const results = prepared.revision.definition.results;
  const symbol = results.find((r) => r.template?.symbol)?.template?.symbol ?? 'UBND';
  const taken = new Map<string, number>();
  const history = playHistory(
    cell,
    {
      submittedAtMs: wanted.submittedAtMs,
      nowMs: now.getTime(),
      lateShare: wanted.lateShare,
      resultMethod: wanted.resultMethod,
      resultName: results[0]?.name ?? prepared.revision.definition.name,
      takeNumber: (endedAtMs) => {
        const key = register + dayOf(new Date(endedAtMs)).slice(0, 4);
        const next = (taken.get(key) ?? run.known.registers.get(key) ?? 0) + 1;
        taken.set(key, next);
        return `${String(next).padStart(2, '0')}/${symbol}`;
      },
    },
    random,
  );
  if (!history || wanted.fits?.(history) === false) return undefined;
  for (const [key, number] of taken) run.known.registers.set(key, number);
  const { status } = history.state;
  if (status !== 'returned' && status !== 'refused' && status !== 'withdrawn' && status !== 'stopped') run.open++;
  return {
    cell,
    history,
    day: wanted.day,
    prefix: codePrefix(cell.codeRule, wanted.day),
    submittedAtMs: wanted.submittedAtMs,
    serial: random.below(run.personIds.length),
    resultMethod: wanted.resultMethod,
  };
}
