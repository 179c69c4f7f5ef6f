import type { MetricDefinition, Term } from './definition.ts';

/**
 * Counts of one bucket of the cube for some units and one period. `before`: up to the eve of the period; `end`: up to its
 * last day; `late`: up to the eve of today, where the period is not over (else as `end`).
 */
export type Cell = {
  readonly bucket: string;
  readonly channel: string;
  readonly before: number;
  readonly end: number;
  readonly late: number;
  readonly minutesBefore: number;
  readonly minutesEnd: number;
};

/** Everything the shipped terms need for some units and one period: one reading serves all metrics. */
export type Bundle = {
  readonly cells: readonly Cell[];
  /** Due today and past that instant, still open; empty where the period is over. */
  readonly lateToday: readonly { readonly channel: string; readonly answer: string; readonly n: number }[];
  /** Received in the period and late by Decision 766 on its last day. */
  readonly late766: readonly { readonly channel: string; readonly n: number }[];
};

export type Figure = {
  readonly numerator: number | null;
  readonly denominator: number | null;
};

/** The two sides of a metric; `null` numerator never happens here, an empty denominator is 0. */
export function figureOf(definition: MetricDefinition, bundle: Bundle, channel: string | undefined): Figure {
  const sum = (terms: readonly Term[], measure: 'count' | 'lateness-minutes'): number =>
    terms.reduce((total, term) => total + countOf(term, bundle, channel, measure), 0);
  return {
    numerator: sum(definition.numerator.terms, definition.numerator.measure ?? 'count'),
    denominator: definition.denominator ? sum(definition.denominator.terms, 'count') : null,
  };
}

function countOf(
  term: Term,
  bundle: Bundle,
  channel: string | undefined,
  measure: 'count' | 'lateness-minutes',
): number {
  const where = term.where ?? {};
  const within = (value: string, list: readonly string[] | undefined): boolean =>
    list === undefined || list.includes(value);
  const ofChannel = (one: { readonly channel: string }): boolean =>
    (channel === undefined || one.channel === channel) && within(one.channel, where.channel);
  const cells = bundle.cells.filter(ofChannel);
  const add = (pick: (parts: readonly string[]) => boolean, value: (cell: Cell) => number): number =>
    cells.reduce((sum, cell) => (pick(cell.bucket.split('/')) ? sum + value(cell) : sum), 0);
  const received = ([kind]: readonly string[]): boolean => kind === 'received';
  const ended = ([kind, klass = '', outcome = '', answer = '']: readonly string[]): boolean =>
    kind === 'ended' && within(klass, where.class) && within(outcome, where.outcome) && within(answer, where.answer);

  switch (term.at) {
    case 'received': {
      const all = add(received, (c) => c.end - c.before);
      if (where.onTime766 === undefined) return all;
      const late = bundle.late766.filter(ofChannel).reduce((sum, one) => sum + one.n, 0);
      return where.onTime766 ? all - late : late;
    }
    case 'ended':
      return measure === 'count'
        ? add(ended, (c) => c.end - c.before)
        : add(ended, (c) => c.minutesEnd - c.minutesBefore);
    case 'open-at-start':
      return (
        add(received, (c) => c.before) -
        add(
          ([kind]) => kind === 'ended',
          (c) => c.before,
        )
      );
    case 'open-at-end': {
      const open =
        add(received, (c) => c.end) -
        add(
          ([kind]) => kind === 'ended',
          (c) => c.end,
        );
      if (where.late === undefined) return open;
      const answered = ([, answer = '']: readonly string[]): boolean => within(answer, where.answer);
      const late =
        add(
          (parts) => parts[0] === 'late-from' && answered(parts),
          (c) => c.late,
        ) -
        add(
          (parts) => parts[0] === 'late-until' && answered(parts),
          (c) => c.end,
        ) +
        bundle.lateToday
          .filter((one) => ofChannel(one) && within(one.answer, where.answer))
          .reduce((sum, one) => sum + one.n, 0);
      return where.late ? late : open - late;
    }
  }
}
